"""The list of a site's files, night after night, is what a dictionary of names and keys would be."""

import random
import re
from contextlib import closing

import pytest

from monitor.report import file_list, sorted_lines
from monitor.report.file_list import EarlierFiles, WrittenFiles, listed

NUMBER = re.compile(r"(?:-p[0-9]+)?\.html\Z")


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    """Many blocks, and many runs of lines, of some dozen files."""
    monkeypatch.setattr(sorted_lines, "_BLOCK", 5)
    monkeypatch.setattr(sorted_lines, "_AT_ONCE", 300)
    monkeypatch.setattr(file_list, "_IN_MEMORY", 7)


def names(rng, count):
    some = []
    for _ in range(count):
        number = rng.randrange(60)
        some.append(
            rng.choice(
                [
                    f"sources/{number % 4:02x}/s{number}.html",
                    f"hosts/h{number % 9}{rng.choice(['', '-p2', '-p13', '-1', '-žito'])}.html",
                    f"documents/d{number}.html",
                    f'odd/"a","b{number % 3}{rng.choice(["", chr(0xDC80)])}.txt',
                    f"top{number % 5}.html",
                ]
            )
        )
    return dict.fromkeys(some)


def put(folder, site):
    """Have a folder hold the files of a site, empty, and no others."""
    for path in folder.rglob("*"):
        if path.is_file() and path.name != "list":
            path.unlink()
    for name in site:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def whole(path):
    with closing(EarlierFiles(path)) as earlier:
        return earlier.whole(("sources/", "hosts/"))


def write(path, earlier, written, **options):
    """Write a list as a night does: beside the one that is read still."""
    earlier.write(path.with_name("new"), written, **options)
    path.with_name("new").replace(path)


def read(path):
    earlier = EarlierFiles(path)
    told = {name: [k for k in ("", "a", "b", "c") if earlier.holds(listed(name, k))] for name in earlier}
    assert len(told) == len(list(earlier))
    assert all(earlier.names(name) for name in told)
    earlier.close()
    return {name: key for name, (key,) in told.items()}


@pytest.mark.parametrize("seed", range(6))
def test_nights_of_files_that_come_change_stand_and_go(tmp_path, seed, monkeypatch):
    rng, site, path = random.Random(seed), {}, tmp_path / "list"
    for _ in range(8):
        earlier, written = EarlierFiles(path), WrittenFiles()
        after = {}
        for name in rng.sample(sorted(site), rng.randrange(len(site) + 1)):
            written.keep(listed(name, site[name]))
            after[name] = site[name]
        new = {name: rng.choice(["", "a", "b", "c"]) for name in names(rng, rng.choice([0, 2, 40]))}
        new = {name: key for name, key in new.items() if name not in after}
        for name, key in new.items():
            written.add(name, key)
        assert list(written) == sorted(new, key=lambda name: listed(name, ""))
        assert sorted(earlier.gone(written)) == sorted(site.keys() - after.keys() - new.keys())
        write(path, earlier, written, under_way=True)
        assert read(path) == dict.fromkeys(site.keys() | new.keys(), "") | after
        write(path, earlier, written)
        site = after | new
        assert read(path) == site
        put(tmp_path, [name for name in site if "\udc80" not in name])
        with monkeypatch.context() as patch:
            patch.setattr(EarlierFiles, "there", lambda *_: pytest.fail("the sums tell"))
            assert whole(path)
        below = sorted(name for name in site if name.startswith(("sources/", "hosts/")))
        for name in rng.sample(below, min(3, len(below))):
            (tmp_path / name).unlink()
            assert not whole(path)
            (tmp_path / name).with_suffix(".mine").touch()
            assert not whole(path)
            (tmp_path / name).touch()
            assert whole(path)
        for one in (earlier, written):
            one.close()


@pytest.mark.parametrize("seed", range(3))
def test_what_is_not_touched_stands_unseen(tmp_path, seed):
    rng, path = random.Random(seed), tmp_path / "list"
    site = dict.fromkeys(names(rng, 90), "a")
    written = WrittenFiles()
    for name in site:
        written.add(name, "a")
    with closing(EarlierFiles(path)) as earlier:
        write(path, earlier, written)
    pages = frozenset(name for name in site if name.startswith("sources/") and rng.random() < 0.2)
    stems = frozenset({"hosts/h1", "hosts/h3", "hosts/h88"})

    def touched(name):
        return name in pages or NUMBER.sub("", name) in stems

    earlier, nothing = EarlierFiles(path), WrittenFiles()
    earlier.keep_below(("sources/", "hosts/"), [*pages, *stems], touched)
    gone = {n for n in site if not n.startswith(("sources/", "hosts/")) or touched(n)}
    assert set(earlier.gone(nothing)) == gone
    assert {"hosts/h1-1.html", "hosts/h1.html"} & site.keys() - gone <= {"hosts/h1-1.html"}
    write(path, earlier, nothing)
    assert read(path) == {name: "a" for name in site if name not in gone}
    for one in (earlier, written, nothing):
        one.close()


def test_a_list_that_somebody_edited_names_what_it_says(tmp_path):
    path, written = tmp_path / "list", WrittenFiles()
    for number in range(30):
        written.add(f"sources/{number}.html", "a")
    with closing(EarlierFiles(path)) as earlier:
        write(path, earlier, written)
    written.close()
    listing = path.read_bytes()
    lines = listing.splitlines(keepends=True)
    every = [f"sources/{number}.html" for number in range(30)]
    path.write_bytes(b"".join(lines[3:]))
    assert read(path) == {name: "a" for name in every if listed(name, "a") not in lines[:3]}
    path.write_bytes(b"".join(lines[::-1]))
    assert read(path) == dict.fromkeys(every, "a")
    path.write_bytes(listing.replace(b'.html","a"', b'.html","b"', 1))
    assert list(read(path).values()).count("b") == 1
    path.write_bytes(listing[: len(listing) // 2])
    assert read(path) == {}
