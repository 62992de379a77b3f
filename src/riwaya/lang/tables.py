"""Tables of words: TOML files of `[[entry]]` rows, checked as they are loaded.

A table is `ar/<name>.toml`. Each row is one word (or one list of words of one meaning) and what the rules need to know of it. Words are
written as they are spelled; they are folded where rules look, and no two rows of a table may fold to the same key.

A user's folder may hold files of the same names, whose rows are laid over the packaged ones. Where the key is a name (a group, a cue), a
row whose name stands already adds its words to that row, and its other fields take the place of that row's. Where the key is the words
themselves, a word that stands already moves to the user's row. `without = [...]` before the rows takes words out of the packaged table.

TOML is slow to parse, so the packaged tables stand once more, checked, in `ar/tables.json` (`make tables` writes it). It is read only
where it was made from these very files, so it never says anything else than they do.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from riwaya.errors import WordsError
from riwaya.text.normal import fold

Row = Mapping[str, Any]
PACKAGED = Path(__file__).parent / "ar"
COMPILED = PACKAGED / "tables.json"
_LEARNED = ("classes.txt",)  # read beside the tables, and as much a part of what is known of words
_WITHOUT = "without"


class Shape(NamedTuple):
    """What a table's rows hold: the field that is the key (a string or a list of strings), and every field's type.

    `tokens` are the fields whose words the rules look up as one token each; `blank` those whose words may be empty. `check` says what
    else is wrong with a whole row, or `None`.
    """

    key: str
    fields: Mapping[str, type]
    required: frozenset[str] = frozenset()
    choices: Mapping[str, frozenset[str]] = {}
    tokens: frozenset[str] = frozenset()
    blank: frozenset[str] = frozenset()
    check: Callable[[Row], str | None] = lambda row: None


class Words:
    """All tables. `digest` identifies what is known of words: every table, classes.txt, and a user's tables; it goes into every output.

    Compared and hashed by identity, so that what is compiled from it can be cached.
    """

    def __init__(self, tables: Mapping[str, tuple[Row, ...]], digest: str) -> None:
        self.tables = tables
        self.digest = digest

    def rows(self, table: str) -> tuple[Row, ...]:
        """The rows of a table, in file order. KeyError for a table that does not exist."""
        return self.tables[table]


def load(extra: Path | None = None) -> Words:
    """Read the packaged tables, and `extra`'s rows over them. WordsError names the file and row that breaks a rule."""
    return _load(extra)


@cache
def _load(extra: Path | None) -> Words:
    packaged = _packaged()
    tables = _compiled(packaged) or {name: _entries(name, data) for name, data in packaged.items() if name not in _LEARNED}
    digest = _digest(packaged)
    if extra is not None:
        own = {name: _bytes(extra / f"{name}.toml") for name in tables if (extra / f"{name}.toml").exists()}
        tables = {**tables, **{name: _laid_over(name, tables[name], data) for name, data in own.items()}}
        digest = _digest({"": digest.encode(), **own})
    return Words({name: tuple(rows) for name, rows in tables.items()}, digest)


def _packaged() -> dict[str, bytes]:
    """The packaged files, by their names; of tables without the ending."""
    from riwaya.lang.shapes import SHAPES

    return {name: _bytes(PACKAGED / (name if name in _LEARNED else f"{name}.toml")) for name in (*SHAPES, *_LEARNED)}


def _digest(files: Mapping[str, bytes]) -> str:
    hashed = blake2b(digest_size=6)
    for name, data in files.items():
        hashed.update(f"{name} {len(data)} ".encode())
        hashed.update(data)
    return hashed.hexdigest()


def _compiled(packaged: Mapping[str, bytes]) -> Mapping[str, Sequence[Row]] | None:
    """The rows of the packaged tables as they were compiled, or None where they were compiled from others."""
    try:
        compiled = json.loads(COMPILED.read_bytes())
        tables: Mapping[str, Sequence[Row]] = compiled["tables"]
        return tables if compiled["made from"] == _digest(packaged) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def compile_tables() -> str:
    """What `COMPILED` should hold: all rows of the packaged tables, a row a line. WordsError for one that breaks a rule."""
    packaged = _packaged()
    tables = []
    for name, data in packaged.items():
        if name not in _LEARNED:
            rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in _entries(name, data))
            tables.append(f'"{name}": [\n{rows}\n]')
    return f'{{"made from": "{_digest(packaged)}", "tables": {{\n{",".join(tables)}\n}}}}\n'


def check(folder: Path) -> list[str]:
    """Everything wrong with a user's folder of tables, a line each; empty when it can be used."""
    packaged = load().tables
    if not folder.is_dir():
        return [f"{folder}: not a folder"]
    wrong = []
    files = sorted(folder.glob("*.toml"))
    if not files:
        wrong.append(f"{folder}: holds no .toml table")
    for path in files:
        if path.stem not in packaged:
            wrong.append(f"{path.name}: no such table; there are {', '.join(packaged)}")
            continue
        wrong += map(str, _faults_of(path, packaged[path.stem]))
    return wrong


def _faults_of(path: Path, packaged: Sequence[Row]) -> list[WordsError]:
    """Everything wrong with a user's table."""
    from riwaya.lang.shapes import SHAPES

    shape = SHAPES[path.stem]
    named = shape.fields[shape.key] is str
    try:
        table = _table(path.stem, _bytes(path))
        known = frozenset(fold(row[shape.key]) for row in packaged) if named else frozenset()
        if found := list(_faults(path.stem, table, shape, known)):
            return found
        _laid_over(path.stem, packaged, _bytes(path))
    except WordsError as error:
        return [error]
    return []


def keys_of(row: Row, shape: Shape) -> Iterator[str]:
    """The folded keys of a row."""
    value = row[shape.key]
    for word in [value] if isinstance(value, str) else value:
        yield fold(word)


# -- a user's rows over the packaged ones


def _laid_over(name: str, packaged: Sequence[Row], data: bytes) -> list[Row]:
    """The packaged rows of a table with a user's over them."""
    from riwaya.lang.shapes import SHAPES

    shape, table = SHAPES[name], _table(name, data)
    rows = _without(name, packaged, shape, table.get(_WITHOUT, []))
    if shape.fields[shape.key] is list:
        own = _checked(name, table, shape)
        taken = {key for row in own for key in keys_of(row, shape)}
        left = (_less(row, shape, taken, (shape.key,)) for row in rows)
        return [*(row for row in left if row is not None), *own]
    laid = {fold(row[shape.key]): row for row in rows}
    for row in _checked(name, table, shape, frozenset(laid)):
        key = fold(row[shape.key])
        laid[key] = _merged(laid[key], row, shape) if key in laid else row
    return list(laid.values())


def _without(name: str, rows: Sequence[Row], shape: Shape, words: Any) -> list[Row]:
    """The rows without these words; a row of which no key is left is left out."""
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise WordsError(f"{name}.toml", f"{_WITHOUT} should be a list of words")
    known = {fold(word) for row in rows for value in row.values() for word in ([value] if isinstance(value, str) else _strings(value))}
    for word in words:
        if fold(word) not in known:
            raise WordsError(f"{name}.toml", f"{_WITHOUT}: {word} is no word of the packaged table")
    left = (_less(row, shape, set(map(fold, words)), tuple(shape.fields)) for row in rows) if words else iter(rows)
    return [row for row in left if row is not None]


def _less(row: Row, shape: Shape, words: set[str], fields: Sequence[str]) -> Row | None:
    """A row without some words in these of its lists; None where its key is one of them, or the last of its key."""
    found = {
        name: [word for word in value if fold(str(word)) not in words] if name in fields and isinstance(value, list) else value
        for name, value in row.items()
    }
    key = found[shape.key]
    return None if not key or (isinstance(key, str) and fold(key) in words) else found


def _merged(packaged: Row, own: Row, shape: Shape) -> Row:
    """A packaged row with a user's: lists are added to lists, all else takes the place of what was."""
    merged = {**packaged, **own, shape.key: packaged[shape.key]}
    for name, value in own.items():
        if isinstance(value, list) and name in packaged:
            known = {fold(str(word)) for word in packaged[name]}
            merged[name] = [*packaged[name], *(word for word in value if fold(str(word)) not in known)]
    return merged


def _strings(value: Any) -> list[str]:
    return [word for word in value if isinstance(word, str)] if isinstance(value, list) else []


# -- reading and checking one table


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WordsError(path.name, str(error)) from error


def _entries(name: str, data: bytes) -> list[Row]:
    """The rows of a packaged table."""
    from riwaya.lang.shapes import SHAPES

    return _checked(name, _table(name, data), SHAPES[name])


def _table(name: str, data: bytes) -> dict[str, Any]:
    """A table as it stands. WordsError where it is no TOML or holds more than rows and `without`."""
    import tomllib

    try:
        table = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WordsError(f"{name}.toml", str(error)) from error
    if extras := set(table) - {"entry", _WITHOUT}:
        raise WordsError(f"{name}.toml", f"only [[entry]] rows and {_WITHOUT} belong here, not {', '.join(sorted(extras))}")
    return table


def _checked(name: str, table: Mapping[str, Any], shape: Shape, known: frozenset[str] = frozenset()) -> list[Row]:
    """The rows of a table, each checked; one whose key is among the `known` need not be whole. WordsError with the row's number."""
    for fault in _faults(name, table, shape, known):
        raise fault
    rows: list[Row] = table.get("entry", [])
    return rows


def _faults(name: str, table: Mapping[str, Any], shape: Shape, known: frozenset[str]) -> Iterator[WordsError]:
    """Every row that breaks a rule, by the first that it breaks."""
    rows = table.get("entry", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        yield WordsError(f"{name}.toml", "entry should be a row, [[entry]]")
        return
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        where = f"{name}.toml, entry {number}"
        try:
            _check_row(where, row, shape, known)
        except WordsError as error:
            yield error
            continue
        for key in keys_of(row, shape):
            if not key.strip():
                yield WordsError(where, "an empty word")
            elif key in seen:
                yield WordsError(where, f"{key} stands already in entry {seen[key]}")
            seen.setdefault(key, number)


def _check_row(where: str, row: Row, shape: Shape, known: frozenset[str]) -> None:
    for name, value in row.items():
        if name == _WITHOUT:
            raise WordsError(where, f"{_WITHOUT} stands before the first [[entry]]")
        if name not in shape.fields:
            raise WordsError(where, f"{name} is not a field of this table; there are {', '.join(shape.fields)}")
        if not isinstance(value, shape.fields[name]) or (isinstance(value, bool) and shape.fields[name] is not bool):
            raise WordsError(where, f"{name} should be of type {shape.fields[name].__name__}")
        allowed = shape.choices.get(name)
        values = value if isinstance(value, list) else [value]
        if isinstance(value, list):
            _check_words(where, name, value, shape)
        if allowed and not set(values) <= allowed:
            raise WordsError(where, f"{name} should be of {', '.join(sorted(allowed))}")
    adds = fold(str(row.get(shape.key, ""))) in known
    needed = {shape.key} if adds else shape.required | {shape.key}
    for name in shape.fields:
        if name in needed and name not in row:
            raise WordsError(where, f"{name} is missing")
    if not adds and (fault := shape.check(row)):
        raise WordsError(where, fault)


def _check_words(where: str, name: str, words: list[Any], shape: Shape) -> None:
    if not all(isinstance(word, str) for word in words):
        raise WordsError(where, f"{name} should be a list of words")
    if not words:
        raise WordsError(where, f"{name} is an empty list")
    if name not in shape.blank and name != shape.key and not all(fold(word).strip() for word in words):
        raise WordsError(where, f"an empty word in {name}")
    if name in shape.tokens and (several := next((word for word in words if len(word.split()) > 1), None)):
        raise WordsError(where, f"{name}: {several} is more than one word")
