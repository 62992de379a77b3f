"""Look-ups over the tables of actors: which actors a run of words names, and what a word says of actors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple, TypeVar

from riwaya.lang.tables import Row, Words
from riwaya.model import Actor, Sector
from riwaya.text.normal import fold, normalise

_SERVANT, _JOINED = "عبد ال", "عبدال"  # عبد الله and عبدالله
_FATHER, _CASES = "ابو ", ("ابي ", "ابا ")
_FIRST_CLITICS, _SECOND_CLITICS = "وف", "بلك"
_TO_THE, _THE = "لل", "ال"
_AGREEING = ("", "ه", "ين")
_ENDINGS = ("ه", "ون", "ين", "يه", "يين", "يون")
_Kept = TypeVar("_Kept")
_REMEMBERED = 60_000  # words whose readings are kept


class ShortForm(NamedTuple):
    """A noun that stands, with the article, for somebody named before.

    `source` where that is a source without a name; `many` where it is of several, so that it means only what this text has called so;
    `common` where it is often a word for nobody.
    """

    noun: str
    heads: frozenset[str]
    kinds: frozenset[str]
    kind: Sector | None
    source: bool
    many: bool
    common: bool


Readings = dict[str, tuple[int, ...]]
"""What follows the first word of a name, with whom it then names (`reading`)."""
SURE, LOCAL, WEAK = range(3)


def reading(number: int, how: int) -> int:
    """The reading of a name as the actor of a row: SURE, LOCAL (where the text speaks of the actor's country) or WEAK. One number."""
    return 3 * number + how


def read_as(readings: Sequence[int], *how: int) -> list[int]:
    """The numbers of the rows that a name is read as, in these ways; in any where none is given."""
    return [one // 3 for one in readings if not how or one % 3 in how]


class Start(NamedTuple):
    """A first word of names: what may follow it, the words right behind it, and the tokens of the longest name, itself included."""

    readings: Readings
    seconds: frozenset[str]
    longest: int


class Told(NamedTuple):
    """What the tables say of one token of a text.

    `starts` are the names' first words that it may be. `noun` is what it is a short form of,
    `definite` whether it stands with the article. `country` is the code of the country it speaks of.
    """

    starts: tuple[Start, ...] = ()
    noun: ShortForm | None = None
    definite: bool = False
    country: str = ""
    introduces: bool = False


class _Memory(dict[str, _Kept]):
    """What was worked out for the words met so far."""

    def __init__(self, work_out: Callable[[str], _Kept]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, word: str) -> _Kept:
        found = self._work_out(word)
        if len(self) < _REMEMBERED:
            self[word] = found
        return found


class ActorNames:
    """The tables `actors` and `actorwords`, folded and turned into look-ups."""

    def __init__(self, words: Words) -> None:
        self._rows: Sequence[Row] = words.rows("actors")
        roles: dict[str, list[Row]] = {}
        for row in words.rows("actorwords"):
            roles.setdefault(row["role"], []).append(row)
        self.shorts = {noun.noun: noun for role in ("short form", "unnamed source") for row in roles[role] for noun in _short_forms(row)}
        self.epithets = frozenset(_folded(roles["epithet"]))
        self._governs = frozenset(_folded(roles["governs"]))
        self.between = frozenset(_folded(roles["between"]))
        self._introduces = frozenset(_folded(roles["introduces"]))
        self._spellings = [(fold(word), fold(row["words"][0])) for row in roles["spelling"] for word in row["words"][1:]]
        self._countries = dict(_countries(roles["country"]))
        self._names = self._compiled()
        self._told: _Memory[Told | None] = _Memory(self._tell)
        self.spelling: _Memory[str] = _Memory(self.spelled)
        self._actors: dict[int, Actor] = {}
        self._heads: dict[str, frozenset[str]] = {}
        self.ids = {row["id"]: number for number, row in enumerate(self._rows)}

    # -- names

    def spelled(self, words: str) -> str:
        """Folded words, each in the first of its spellings."""
        for spelling, first in self._spellings:
            if spelling in words:
                words = words.replace(spelling, first)
        return words

    def _compiled(self) -> dict[str, Readings]:
        """The names, by their first words."""
        names: list[str] = []
        readings: list[int] = []
        for number, row in enumerate(self._rows):
            for how, ones in enumerate((_names(row), row.get("local"), row.get("weak"))):
                if ones:
                    names += ones
                    readings += [reading(number, how)] * len(ones)
        folded = self.spelled(_as_read("\n".join(names))).split("\n")
        found: dict[str, Readings] = {}
        for name, read in chain(zip(folded, readings, strict=True), _variants(folded, readings)):
            first, _, rest = name.partition(" ")
            begun = found.get(first)
            if begun is None:
                found[first] = {rest: (read,)}
            elif rest in begun:
                begun[rest] = (*begun[rest], read)
            else:
                begun[rest] = (read,)
        return found

    def actor(self, number: int) -> Actor:
        """The actor of a row."""
        if number not in self._actors:
            self._actors[number] = _actor(self._rows[number])
        return self._actors[number]

    def by_id(self, name: str) -> Actor | None:
        """The actor of this id."""
        return self.actor(self.ids[name]) if name in self.ids else None

    def holders(self, office: str, year: int) -> list[Actor]:
        """Who held an office in a year; several where it changed hands."""
        return [
            self.actor(number)
            for number, row in enumerate(self._rows)
            for held, since, until in map(_office, row.get("offices", ()))
            if held == office and since <= year <= (until or year)
        ]

    def heads(self, actor: Actor) -> frozenset[str]:
        """The short forms' nouns that head one of an actor's names: a name of it is تنظيم …."""
        if actor.id not in self._heads:
            firsts = (self.spelled(fold(name)).split(" ")[0] for name in _names(self._rows[self.ids[actor.id]]))
            nouns = (self.noun(word) for word in firsts)
            self._heads[actor.id] = frozenset(noun.noun for noun in nouns if noun is not None)
        return self._heads[actor.id]

    # -- words

    def noun(self, word: str) -> ShortForm | None:
        """The short form's noun that a folded word is, with or without the article."""
        return self.shorts.get(word) or self.shorts.get(word.removeprefix(_THE))

    def governs(self, word: str) -> bool:
        """Whether a folded word goes on to say more of somebody, and is no part of a name: التابعة, المدعومة, المعروفة."""
        bare = word.removeprefix(_THE)
        return word in self._introduces or any(bare.removesuffix(ending) in self._governs for ending in _AGREEING)

    def tell(self, token: str) -> Told | None:
        """What the tables say of a normal token; `None` where they say nothing."""
        return self._told[token]

    def tell_all(self, tokens: Iterable[str]) -> list[tuple[int, Told]]:
        """The numbers of the tokens of which the tables say something, with what they say."""
        return [(i, told) for i, told in enumerate(map(self._told.__getitem__, tokens)) if told is not None]

    def _start(self, first: str) -> Start:
        readings = self._names[first]
        seconds = frozenset(rest.partition(" ")[0] for rest in readings)
        return Start(readings, seconds, max(rest.count(" ") + 2 if rest else 1 for rest in readings))

    def _tell(self, token: str) -> Told | None:
        forms = [self.spelled(form) for form in without_clitics(token)]
        starts = tuple(self._start(form) for form in forms if form in self._names)
        noun, definite = next(((noun, form not in self.shorts) for form in forms if (noun := self.noun(form))), (None, False))
        country = next((self._countries[form] for form in forms if form in self._countries), "")
        told = Told(starts, noun, definite, country, token in self._introduces)
        return told if told != Told() else None


def without_clitics(token: str) -> Iterator[str]:
    """A normal token as it stands, then without what may be attached to its front: والتنظيم, للتنظيم, وبالتنظيم → التنظيم."""
    yield token
    if len(token) < 4:
        return
    if token[0] in _FIRST_CLITICS:
        yield token[1:]
        token = token[1:] if token[1] in _SECOND_CLITICS else token
    if token.startswith(_TO_THE):
        yield _THE + token[2:]
    if token[0] in _SECOND_CLITICS and len(token) > 3:
        yield token[1:]


def with_clitics(word: str) -> Iterator[str]:
    """A normal word as it stands, and with what may be attached to its front."""
    for second in ("", *_SECOND_CLITICS):
        form = _TO_THE + word.removeprefix(_THE) if second == _TO_THE[0] and word.startswith(_THE) else second + word
        yield form
        yield from (first + form for first in _FIRST_CLITICS)


@cache
def actor_names(words: Words) -> ActorNames:
    """The look-ups of these tables, compiled once."""
    return ActorNames(words)


def _as_read(names: str) -> str:
    """Names in their normal form, their words parted as a text's are where they are looked for: dashes by themselves, no other marks."""
    folded = normalise(names).text.replace(" - ", "-").replace("-", " - ")
    return folded.replace("'", " ").replace("(", "").replace(")", "").replace(". ", " ")


def _names(row: Row) -> list[str]:
    """The names that are an actor's alone."""
    return [row["name"], *((row["en"],) if "en" in row else ()), *row.get("also", ())]


def _variants(names: Sequence[str], readings: Sequence[int]) -> Iterator[tuple[str, int]]:
    """Other spellings of folded names, with their readings: عبدالله for عبد الله, أبي and أبا for أبو."""
    for name, read in zip(names, readings, strict=True):
        if _SERVANT in name:
            yield name.replace(_SERVANT, _JOINED), read
        if name.startswith(_FATHER):
            yield from ((case + name[len(_FATHER) :], read) for case in _CASES)


def _short_forms(row: Row) -> Iterator[ShortForm]:
    nouns = [fold(word) for word in row["words"]]
    heads = frozenset((*nouns, *map(fold, row.get("heads", ()))))
    source = row["role"] == "unnamed source"
    kinds, many, common = frozenset(row.get("kinds", ())), row.get("many", False), row.get("common", False)
    yield from (ShortForm(noun, heads, kinds, row.get("kind"), source, many, common) for noun in nouns)


def _folded(rows: Sequence[Row]) -> Iterator[str]:
    return (fold(word) for row in rows for word in row["words"])


def _countries(rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    for row in rows:
        for word in map(fold, row["words"]):
            for form in (word, *(word + ending for ending in _ENDINGS)):
                yield form, row["group"]
                yield _THE + form, row["group"]


def _actor(row: Row) -> Actor:
    return Actor(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        sort=row.get("sort", "body"),
        en=row.get("en", ""),
        country=row.get("country", ""),
        since=row.get("from"),
        until=row.get("to"),
        follows=row.get("follows"),
        offices=tuple(_office(office) for office in row.get("offices", ())),
        wikidata=row.get("wikidata"),
    )


def _office(words: str) -> tuple[str, int, int | None]:
    office, _, years = words.partition(" ")
    since, _, until = years.partition("-")
    return office, int(since), int(until) if until else None
