"""Draws who imports whom inside a package, floor by floor, as `docs/images/extract-rooms.svg` is drawn.

    python -m tests.tools.import_picture                                  today's rooms of extraction, into the docs
    python -m tests.tools.import_picture PACKAGE FILE --root FOLDER       any package of another checkout

A room stands one floor above the highest it imports. Every arrow carries its name as a title, so that a test holds
the picture against the code.
"""

import argparse
import re
import sys
from collections.abc import Iterable
from html import escape
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[2]
PACKAGE, PICTURE = "monitor.extract", ROOT / "docs" / "images" / "extract-rooms.svg"
HEIGHT, LETTER, GAP, FLOOR, MARGIN = 26, 7.2, 14, 92, 16
STYLE = """
  text { font: 12px ui-monospace, monospace; fill: #1d2733; text-anchor: middle }
  rect { fill: #f4f6f8; stroke: #5b6b7c; rx: 4 }
  path { fill: none; stroke: #4a7ab5; stroke-opacity: .45 }
  svg { background: #fff }
"""
_ARROW = re.compile(r"<title>([\w.]+) → ([\w.]+)</title>")

Arrows = set[tuple[str, str]]


def arrows_of(package: str) -> tuple[set[str], Arrows]:
    """Return the rooms right below a package, and who of them imports whom."""
    graph = grimp.build_graph(package.partition(".")[0], cache_dir=None)
    depth = package.count(".") + 1
    inside = {module for module in graph.modules if module.startswith(f"{package}.")}
    room = {module: module.split(".")[depth] for module in inside}
    arrows = {
        (room[module], room[other])
        for module in inside
        for other in graph.find_modules_directly_imported_by(module) & inside
        if room[module] != room[other]
    }
    return set(room.values()), arrows


def floors(rooms: set[str], arrows: Arrows) -> list[list[str]]:
    """Return rooms by floor, the ground first; on each, what is imported most stands in the middle."""
    below = {room: {to for who, to in arrows if who == room} for room in rooms}
    height: dict[str, int] = {}
    while len(height) < len(rooms):
        ready = {room for room in rooms - height.keys() if below[room] <= height.keys()}
        if not ready:
            raise ValueError(f"a circle: {sorted(rooms - height.keys())}")
        height |= {room: max((height[one] for one in below[room]), default=-1) + 1 for room in ready}
    users = {room: sum(to == room for _, to in arrows) for room in rooms}
    made = [
        sorted(room for room in rooms if height[room] == floor) for floor in range(max(height.values()) + 1)
    ]
    return [_middle_out(sorted(floor, key=lambda room: (-users[room], room))) for floor in made]


def _middle_out(ordered: list[str]) -> list[str]:
    return [*ordered[1::2][::-1], *ordered[::2]]


def drawn(rooms: set[str], arrows: Arrows) -> str:
    """Return the picture as SVG."""
    levels = floors(rooms, arrows)
    widths = {room: len(room) * LETTER + 14 for room in rooms}
    wide = [sum(widths[room] + GAP for room in level) - GAP for level in levels]
    width, height = max(wide) + 2 * MARGIN, (len(levels) - 1) * FLOOR + HEIGHT + 2 * MARGIN
    place: dict[str, tuple[float, float]] = {}
    for number, (level, taken) in enumerate(zip(levels, wide, strict=True)):
        x = (width - taken) / 2
        for room in level:
            place[room] = x + widths[room] / 2, height - MARGIN - HEIGHT - number * FLOOR
            x += widths[room] + GAP
    lines = [_line(who, to, place) for who, to in sorted(arrows)]
    boxes = [_box(room, place[room], widths[room]) for room in sorted(rooms)]
    told = f"{len(rooms)} rooms on {len(levels)} floors, {len(arrows)} arrows"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img" '
        f'aria-label="{told}">\n<style>{STYLE}</style>\n' + "\n".join([*lines, *boxes]) + "\n</svg>\n"
    )


def _line(who: str, to: str, place: dict[str, tuple[float, float]]) -> str:
    (x, y), (down_x, down_y) = place[who], place[to]
    bend = (down_y - y - HEIGHT) / 2
    return (
        f'<path d="M{x:.0f} {y + HEIGHT:.0f}c0 {bend:.0f} {down_x - x:.0f} {bend:.0f} {down_x - x:.0f} '
        f'{down_y - y - HEIGHT:.0f}"><title>{escape(who)} → {escape(to)}</title></path>'
    )


def _box(room: str, at: tuple[float, float], width: float) -> str:
    x, y = at
    return (
        f'<rect x="{x - width / 2:.0f}" y="{y:.0f}" width="{width:.0f}" height="{HEIGHT}"/>'
        f'<text x="{x:.0f}" y="{y + 17:.0f}">{escape(room)}</text>'
    )


def arrows_in(picture: str) -> Arrows:
    """Return the arrows that a picture shows."""
    return set(_ARROW.findall(picture))


def main(given: Iterable[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.tools.import_picture", description=__doc__.splitlines()[0]
    )
    parser.add_argument("package", nargs="?", default=PACKAGE)
    parser.add_argument("picture", nargs="?", type=Path, default=PICTURE)
    parser.add_argument("--root", type=Path, default=ROOT)
    options = parser.parse_args(given)
    sys.path.insert(0, str(options.root))
    rooms, arrows = arrows_of(options.package)
    options.picture.write_text(drawn(rooms, arrows), "utf-8")
    print(
        f"{len(rooms)} rooms on {len(floors(rooms, arrows))} floors, {len(arrows)} arrows: {options.picture}"
    )


if __name__ == "__main__":
    main()
