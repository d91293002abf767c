"""Tables of TOML and variables of the environment -> frozen structs; every fault is reported at once.

Knows types, defaults and limits of keys (`monitor/config_values.py`), and nothing of what they mean.
"""

import json
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple, TypeGuard

from msgspec import Struct

from monitor.config_values import expanded, keys, limits

ENV_PREFIX = "MONITOR_"


def build(
    cls: type[Struct],
    file: Mapping[str, Any],
    on_top: Mapping[str, Any],
    environment: Mapping[str, str],
    faults: list[str],
) -> Any:
    """Return a class made of a file's table with another on top, None where `faults` has grown.

    `environment` is what `${NAME}` stands for. Secrets in the file are a fault.
    """
    outside = _Outside(_secrets(file, cls, ""), environment)
    return _build(cls, _merge(file, on_top), "", faults, outside)


def put(table: dict[str, Any], path: Sequence[str], value: Any) -> None:
    """Set what stands at a path of tables, making those that are missing."""
    for part in path[:-1]:
        table = table.setdefault(part, {})
    table[path[-1]] = value


def from_environment(cls: type[Struct], environment: Mapping[str, str], faults: list[str]) -> dict[str, Any]:
    """Return what MONITOR_SECTION__KEY variables say of a class, as a table of typed values."""
    table: dict[str, Any] = {}
    for name, text in sorted(environment.items()):
        if not name.startswith(ENV_PREFIX):
            continue
        path = name.removeprefix(ENV_PREFIX).lower().split("__")
        hint = hint_of(cls, path)
        if hint is None:
            if len(path) > 1:  # MONITOR_X alone may belong to another program
                faults.append(f"environment {name}: no such key {'.'.join(path)}")
            continue
        try:
            put(table, path, _parse(text, hint))
        except ValueError as error:
            faults.append(f"environment {name}: {error}")
    return table


def hint_of(cls: type[Struct], path: Sequence[str]) -> Any:
    """Return the type of the value at a path of keys; None where there is no such key."""
    key = keys(cls).get(path[0])
    if key is None or path[0] == "base":
        return None
    if len(path) == 1:
        return None if _is_table(key.hint) else key.hint
    return hint_of(key.hint, path[1:]) if _is_table(key.hint) else None


def _is_table(hint: Any) -> TypeGuard[type[Struct]]:
    return isinstance(hint, type) and issubclass(hint, Struct)


def _parse(text: str, hint: Any) -> Any:
    """Read an environment variable's text as the type a key wants."""
    options = _options(hint)
    if type(None) in options and text == "":
        return None
    if any(typing.get_origin(option) is tuple for option in options):
        if text.lstrip().startswith("["):
            return json.loads(text)
        return [part.strip() for part in text.split(",") if part.strip()]
    readers: tuple[tuple[type, Callable[[str], Any]], ...] = ((bool, _parse_bool), (int, int), (float, float))
    for kind, reader in readers:
        if kind in options:
            try:
                return reader(text)
            except ValueError:
                raise ValueError(f"{text!r} is not {_name(kind)}") from None
    return text


def _parse_bool(text: str) -> bool:
    words = {
        "1": True,
        "true": True,
        "yes": True,
        "on": True,
        "0": False,
        "false": False,
        "no": False,
        "off": False,
    }
    if text.lower() not in words:
        raise ValueError(text)
    return words[text.lower()]


def _options(hint: Any) -> tuple[Any, ...]:
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        return typing.get_args(hint)
    return (hint,)


def _secrets(table: Mapping[str, Any], cls: type[Struct], path: str) -> frozenset[str]:
    """Return the dotted paths of environment-only keys that a file holds nevertheless."""
    found = set()
    for name, key in keys(cls).items():
        if name not in table:
            continue
        dotted = f"{path}{name}"
        if key.has("env_only"):
            found.add(dotted)
        elif _is_table(key.hint) and isinstance(table[name], dict):
            found |= _secrets(table[name], key.hint, f"{dotted}.")
    return frozenset(found)


class _Outside(NamedTuple):
    """What building needs to know beside the table: secrets a file holds, and the environment."""

    secrets: frozenset[str]
    environment: Mapping[str, str]


def _build(cls: type[Struct], table: Any, path: str, faults: list[str], outside: _Outside) -> Any:
    """Build one struct from one table, appending every fault to `faults`."""
    name = path.rstrip(".") or "the file"
    if not isinstance(table, Mapping):
        faults.append(f"{name}: must be a table")
        return None
    known = {name: key for name, key in keys(cls).items() if not key.has("internal")}
    values: dict[str, Any] = {}
    for key, raw in table.items():
        dotted = f"{path}{key}"
        if key not in known:
            import difflib  # for whoever mistyped; a start does without

            near = difflib.get_close_matches(str(key), known, n=1)
            advice = f"did you mean {near[0]}? " if near else ""
            faults.append(f"{dotted}: unknown key; {advice}allowed: {', '.join(sorted(known))}")
            continue
        if dotted in outside.secrets:
            variable = ENV_PREFIX + dotted.upper().replace(".", "__")
            faults.append(f"{dotted}: keep secrets out of the file; set the environment variable {variable}")
            continue
        fault, value = _value(raw, known[key].hint, dotted, faults, outside)
        if not fault and value is not None and known[key].has("expand"):
            fault, value = expanded(value, outside.environment)
        fault = fault or limits(value, known[key])
        if fault:
            faults.append(f"{dotted}: {fault}")
        values[key] = value
    missing = [name for name, key in known.items() if key.required and name not in table]
    faults.extend(f"{path}{key}: required" for key in missing)
    if faults:
        return None
    try:
        return cls(**values)
    except (ValueError, TypeError) as error:
        faults.append(f"{name}: {error}")
        return None


def _value(raw: Any, hint: Any, dotted: str, faults: list[str], outside: _Outside) -> tuple[str | None, Any]:
    """Return (fault, value) for one key; nested faults go to `faults`."""
    options = _options(hint)
    if raw is None and type(None) in options:
        return None, None
    for option in options:
        origin = typing.get_origin(option)
        if _is_table(option):
            return None, _build(option, raw, f"{dotted}.", faults, outside)
        if origin is tuple:
            return _list(raw, typing.get_args(option)[0], dotted, faults, outside)
        if origin in (dict, Mapping):
            return _table(raw, typing.get_args(option)[1], dotted, faults, outside)
        if isinstance(option, type) and issubclass(option, StrEnum):
            if raw in list(option):
                return None, option(raw)
            return f"{raw!r} is not allowed; allowed: {', '.join(option)}", None
        if option is float and isinstance(raw, int | float) and not isinstance(raw, bool):
            return None, float(raw)
        if option is bool and isinstance(raw, bool):
            return None, raw
        if option is date and isinstance(raw, date) and not isinstance(raw, datetime):
            return None, raw
        if option in (int, str) and isinstance(raw, option) and not isinstance(raw, bool):
            return None, raw
    return (
        f"{raw!r} is not {' or '.join(_name(option) for option in options if option is not type(None))}",
        None,
    )


def _list(raw: Any, item: Any, dotted: str, faults: list[str], outside: _Outside) -> tuple[str | None, Any]:
    if not isinstance(raw, list | tuple):
        return "must be a list", None
    values = []
    for index, entry in enumerate(raw):
        fault, value = _value(entry, item, f"{dotted}[{index}]", faults, outside)
        if fault:
            return f"[{index}]: {fault}", None
        values.append(value)
    return None, tuple(values)


def _table(raw: Any, item: Any, dotted: str, faults: list[str], outside: _Outside) -> tuple[str | None, Any]:
    if not isinstance(raw, Mapping):
        return "must be a table", None
    values = {}
    for key, entry in raw.items():
        fault, value = _value(entry, item, f'{dotted}."{key}"', faults, outside)
        if fault:
            return f'"{key}": {fault}', None
        values[key] = value
    return None, values


def _name(kind: Any) -> str:
    names = {bool: "true or false", int: "a whole number", float: "a number", str: "a text", date: "a date"}
    return names.get(kind, str(kind))


def _merge(low: Mapping[str, Any], high: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(low)
    for key, value in high.items():
        below = merged.get(key)
        merged[key] = _merge(below, value) if isinstance(value, dict) and isinstance(below, dict) else value
    return merged
