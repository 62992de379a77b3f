"""What the tables know of the names in a text: which tokens stand in a place's name, a person's, or a body's, by the longest name there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from riwaya.extract.actornames import LOCAL, SURE, ActorNames, Start, actor_names, read_as, without_clitics
from riwaya.lang.tables import Words
from riwaya.places.keys import hashed, seated
from riwaya.places.layers import Gazetteers, packaged

if TYPE_CHECKING:
    from riwaya.extract.scan import Scan

NOTHING, PLACE, PERSON, BODY = 0, 1, 3, 5
"""The flag of the first token of a name; of its others, one more."""
FLAGS = 7
_LONGEST = 4  # tokens of a place's name that are looked at
_REMEMBERED = 60_000  # words whose names are kept


class KnownNames:
    """The names of the packaged gazetteer and of the table of actors, as they are met in running text."""

    def __init__(self, words: Words, gazetteers: Gazetteers) -> None:
        self.actors: ActorNames = actor_names(words)
        self.gazetteers = gazetteers
        self._met: dict[str, tuple[tuple[Start, ...], tuple[str, ...]] | None] = {}
        self._names: dict[str, bool] = {}
        keys = [layer.known for layer in gazetteers.layers]
        self._tight = frozenset[int]().union(*(one.names for one in keys))
        self._firsts = frozenset[int]().union(*(one.firsts for one in keys))

    def flags(self, scan: Scan) -> list[int]:
        """The flag of each token. Where a place's name and an actor's begin together, the longer counts; of two as long, the actor's."""
        found = [NOTHING] * scan.size
        free = 0
        met, words, classes = self._met, scan.words, scan.classes
        for i in range(scan.size):
            word = words[i]
            if classes[i] or i < free:
                continue
            one = met[word] if word in met else self._meet(word)
            if one is None:
                continue
            after, flag = self._actor(scan, i, one[0]) if one[0] else (i, NOTHING)
            if one[1] and (end := self._place(scan, i, one[1])) > after:
                after, flag = end, PLACE
            if after > i:
                found[i:after] = [flag, *[flag + 1] * (after - i - 1)]
                free = after
        return found

    def _meet(self, word: str) -> tuple[tuple[Start, ...], tuple[str, ...]] | None:
        """What actors' names begin with a word, and with which of its forms, without what may be attached to it, places' names do."""
        told = self.actors.tell(word)
        begins = tuple(form for form in without_clitics(word) if len(form) > 1 and hashed(seated(form)) in self._firsts)
        starts = told.starts if told is not None else ()
        found = (starts, begins) if starts or begins else None
        if len(self._met) < _REMEMBERED:
            self._met[word] = found
        return found

    def _place(self, scan: Scan, i: int, begins: Sequence[str]) -> int:
        """Where the longest place's name ends that begins at token i; i where none does."""
        last = i + 1
        while last < min(scan.size, i + _LONGEST) and not scan.classes[last]:
            last += 1
        for end in range(last, i, -1):
            rest = scan.words[i + 1 : end]
            if any(self._is_name(" ".join((first, *rest))) for first in begins):
                return end
        return i

    def _is_name(self, name: str) -> bool:
        known = self._names.get(name)
        if known is None:
            known = hashed(seated(name.replace(" ", ""))) in self._tight
            known = known and any(one.hit.spelling != "loose" and not one.hit.noun for one in self.gazetteers.named(name))
            if len(self._names) < _REMEMBERED:
                self._names[name] = known
        return known

    def _actor(self, scan: Scan, i: int, starts: Sequence[Start]) -> tuple[int, int]:
        """Where the longest name of an actor ends that begins at token i, and the flag of what it names; (i, NOTHING) where none does."""
        best, readings = i, tuple[int, ...]()
        for start in starts:
            for end in range(min(scan.size, i + start.longest), i, -1):
                rest = self.actors.spelled(" ".join(scan.words[i + 1 : end]))
                if found := start.readings.get(rest):
                    if end > best:
                        best, readings = end, found
                    break
        sure = read_as(readings, SURE, LOCAL)
        if not sure:
            return i, NOTHING
        sort = self.actors.actor(sure[0]).sort
        return (best, PERSON if sort == "person" else BODY) if sort != "office" else (i, NOTHING)


@cache
def known_names(words: Words) -> KnownNames:
    """The names known with these tables; made once."""
    return KnownNames(words, packaged())
