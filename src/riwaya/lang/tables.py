"""Tables of words: TOML files of `[[entry]]` rows, checked as they are loaded.

A table is `ar/<name>.toml`. Each row is one word (or one list of words of one meaning) and what the rules need to know of it. Words are
written as they are spelled; they are folded on loading, and no two rows of a table may fold to the same key. A user's folder may hold
files of the same names; its rows are added, and a row whose key stands already replaces the packaged one.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from riwaya.errors import WordsError
from riwaya.text.normal import fold

Row = Mapping[str, Any]
PACKAGED = Path(__file__).parent / "ar"


@dataclass(frozen=True, slots=True)
class Shape:
    """What a table's rows hold: the field that is the key (a string or a list of strings), and every field's type.

    `tokens` are the fields whose words the rules look up as one token each; `blank` those whose words may be empty. `check` says what
    else is wrong with a row, or `None`.
    """

    key: str
    fields: Mapping[str, type]
    required: frozenset[str] = frozenset()
    choices: Mapping[str, frozenset[str]] = field(default_factory=dict)
    tokens: frozenset[str] = frozenset()
    blank: frozenset[str] = frozenset()
    check: Callable[[Row], str | None] = field(default=lambda row: None)


@dataclass(frozen=True, eq=False)  # compared and hashed by identity, so that what is compiled from it can be cached
class Words:
    """All tables, folded where rules look. `digest` identifies their contents; it goes into every output."""

    tables: Mapping[str, tuple[Row, ...]]
    digest: str

    def rows(self, table: str) -> tuple[Row, ...]:
        """The rows of a table, in file order. KeyError for a table that does not exist."""
        return self.tables[table]


@cache
def load(extra: Path | None = None) -> Words:
    """Read the packaged tables, and `extra`'s rows over them. WordsError names the file and row that breaks a rule."""
    from riwaya.lang.shapes import SHAPES

    hashed = hashlib.sha256()
    tables: dict[str, tuple[Row, ...]] = {}
    for name, shape in SHAPES.items():
        rows = _read(PACKAGED / f"{name}.toml", shape, hashed)
        if extra is not None and (extra / f"{name}.toml").exists():
            added = _read(extra / f"{name}.toml", shape, hashed)
            keys = {key for row in added for key in keys_of(row, shape)}
            rows = [row for row in rows if not keys & set(keys_of(row, shape))] + added
        tables[name] = tuple(rows)
    return Words(tables, hashed.hexdigest()[:12])


def check(folder: Path) -> list[str]:
    """Everything wrong with a user's folder of tables, a line each; empty when it can be used."""
    from riwaya.lang.shapes import SHAPES

    if not folder.is_dir():
        return [f"{folder}: not a folder"]
    wrong = []
    files = sorted(folder.glob("*.toml"))
    if not files:
        wrong.append(f"{folder}: holds no .toml table")
    for path in files:
        if path.stem not in SHAPES:
            wrong.append(f"{path.name}: no such table; there are {', '.join(SHAPES)}")
            continue
        try:
            rows = _parse(path, path.read_bytes())
        except (OSError, WordsError) as error:
            wrong.append(str(error) if isinstance(error, WordsError) else f"{path.name}: {error}")
        else:
            wrong += map(str, _faults(path.name, rows, SHAPES[path.stem]))
    return wrong


def keys_of(row: Row, shape: Shape) -> Iterator[str]:
    """The folded keys of a row."""
    value = row[shape.key]
    for word in [value] if isinstance(value, str) else value:
        yield fold(word)


def _read(path: Path, shape: Shape, hashed: Any) -> list[Row]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise WordsError(path.name, str(error)) from error
    hashed.update(data)
    rows = _parse(path, data)
    for fault in _faults(path.name, rows, shape):
        raise fault
    return rows


def _parse(path: Path, data: bytes) -> list[Row]:
    try:
        table = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WordsError(path.name, str(error)) from error
    if extras := set(table) - {"entry"}:
        raise WordsError(path.name, f"only [[entry]] rows belong here, not {', '.join(sorted(extras))}")
    rows = table.get("entry", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise WordsError(path.name, "entry should be rows, each under [[entry]]")
    return rows


def _faults(name: str, rows: list[Row], shape: Shape) -> Iterator[WordsError]:
    """Every row that breaks a rule, by the first rule that it breaks."""
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        where = f"{name}, entry {number}"
        try:
            _check_row(where, row, shape)
        except WordsError as error:
            yield error
            continue
        for key in keys_of(row, shape):
            if not key.strip():
                yield WordsError(where, "an empty word")
            elif key in seen:
                yield WordsError(where, f"{key} stands already in entry {seen[key]}")
            seen.setdefault(key, number)


def _check_row(where: str, row: Row, shape: Shape) -> None:
    for name in shape.required | {shape.key}:
        if name not in row:
            raise WordsError(where, f"{name} is missing")
    for name, value in row.items():
        if name not in shape.fields:
            raise WordsError(where, f"{name} is not a field of this table; there are {', '.join(shape.fields)}")
        if not isinstance(value, shape.fields[name]) or (isinstance(value, bool) and shape.fields[name] is not bool):
            raise WordsError(where, f"{name} should be of type {shape.fields[name].__name__}")
        values = value if isinstance(value, list) else [value]
        if isinstance(value, list):
            _check_words(where, name, value, shape)
        allowed = shape.choices.get(name)
        if allowed and not set(values) <= allowed:
            raise WordsError(where, f"{name} should be of {', '.join(sorted(allowed))}")
    if fault := shape.check(row):
        raise WordsError(where, fault)


def _check_words(where: str, name: str, words: list[Any], shape: Shape) -> None:
    if not all(isinstance(word, str) for word in words):
        raise WordsError(where, f"{name} should be a list of words")
    if not words:
        raise WordsError(where, f"{name} is an empty list")
    if name not in shape.blank and not all(fold(word).strip() for word in words):
        raise WordsError(where, f"an empty word in {name}")
    if name in shape.tokens and (several := next((word for word in words if len(word.split()) > 1), None)):
        raise WordsError(where, f"{name}: {several} is more than one word")
