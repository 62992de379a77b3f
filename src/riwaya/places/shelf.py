"""A user's gazetteers: files of places, imported into one folder, each under a name. The packaged gazetteer lies under them.

An import is measured and can be done again and undone: the same bytes make the same file, with the same digest; an import under a name
that stands already takes its place, once it is whole; what is removed is gone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from riwaya.errors import PlacesError
from riwaya.lang.tables import Words
from riwaya.lang.tables import load as load_words
from riwaya.places.formats import reader, recognised
from riwaya.places.formats.row import Read, Refused
from riwaya.places.grammar import Grammar, grammar
from riwaya.places.layers import Gazetteers, packaged
from riwaya.places.store import About, Gazetteer, Named, build, load

_ENDING = ".gaz"
_NAME = re.compile(r"[\w-]{1,40}")
_SHOWN = 5  # lines told for each reason


class Import(NamedTuple):
    """What an import did: rows read, places and names kept, and for each reason how many were refused, and their first lines."""

    name: str
    format: str
    digest: str
    read: int
    places: int
    names: int
    refused: tuple[tuple[str, int, tuple[int, ...]], ...] = ()


def import_file(path: Path, folder: Path, *, name: str | None = None, format: str | None = None, words: Words | None = None) -> Import:
    """Import a file of places into a folder. PlacesError, and nothing changed, where it is not what it should be or gives no place."""
    title = _titled(name if name is not None else re.sub(r"[^\w-]+", "-", path.stem).strip("-"))
    kind = format or recognised(path)
    tally = _Tally()
    kept = list(tally.through(reader(kind)(path), grammar(words or load_words())))
    if not kept:
        worst = next(iter(tally.told()), None)
        told = f"; {worst[1]} rows have {worst[0]}, the first in line {worst[2][0]}" if worst else ""
        raise PlacesError(str(path), f"none of the {tally.read} rows gives a place{told}")
    folder.mkdir(parents=True, exist_ok=True)
    made_from = f"{kind} {_digest(path)}"
    target = folder / f"{title}{_ENDING}"
    digest = build(target, kept, About(title, "", made_from))
    return Import(title, kind, digest, tally.read, len(kept), load(target).names, tuple(tally.told()))


def imported(folder: Path) -> list[Gazetteer]:
    """The gazetteers of a folder, by name. PlacesError where one cannot be read."""
    return [load(path) for path in sorted(folder.glob(f"*{_ENDING}"))] if folder.is_dir() else []


def remove(folder: Path, name: str) -> None:
    """Remove a gazetteer from a folder. PlacesError where there is none of this name."""
    path = folder / f"{_titled(name)}{_ENDING}"
    if not path.exists():
        there = ", ".join(sorted(path.stem for path in folder.glob(f"*{_ENDING}"))) or "none"
        raise PlacesError(name, f"no gazetteer of this name was imported; there are: {there}")
    path.unlink()


def with_imports(folder: Path | None) -> Gazetteers:
    """A folder's gazetteers over the packaged one."""
    own = imported(folder) if folder else []
    return Gazetteers((*own, *packaged().layers)) if own else packaged()


class _Tally:
    """Counts rows, and keeps of each id the first."""

    def __init__(self) -> None:
        self.read = 0
        self.reasons: Counter[str] = Counter()
        self.lines: dict[str, list[int]] = {}

    def through(self, rows: Iterator[Read | Refused], words: Grammar) -> Iterator[Named]:
        """The places of the rows that give one."""
        seen: set[str] = set()
        for row in rows:
            self.read += 1
            if isinstance(row, Refused):
                self.refuse(row.line, row.reason)
            elif row.place.id in seen:
                self.refuse(row.line, "an id that stands already")
            else:
                seen.add(row.place.id)
                yield Named(row.place, row.names, words.bares(row.names, row.place.kind))

    def refuse(self, line: int, reason: str) -> None:
        """Count a row that gives no place; what differs from row to row in a reason stands behind its colon."""
        reason = reason.split(":")[0]
        self.reasons[reason] += 1
        if self.reasons[reason] <= _SHOWN:
            self.lines.setdefault(reason, []).append(line)

    def told(self) -> Iterator[tuple[str, int, tuple[int, ...]]]:
        """Each reason, how often, and its first lines; the commonest first."""
        return ((reason, count, tuple(self.lines[reason])) for reason, count in self.reasons.most_common())


def _titled(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise PlacesError(name or "name", "a gazetteer's name has 1 to 40 letters, digits, - and _")
    return name


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        made = blake2b(digest_size=6)
        while block := file.read(1 << 20):
            made.update(block)
    return made.hexdigest()
