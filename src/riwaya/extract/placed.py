"""Where: the places that a text names, each with how exactly it is known.

A name (`named`, or a name of a gazetteer behind a word that says what it is) is read with the words around it that say where it lies (قرية,
ريف … الشرقي, شمال). Names that are clear by themselves are settled first; they then help to tell the others: those of the same sentence,
else those of the whole text. A part of a town without the town's name beside it is in the town that was named last before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from riwaya.extract.named import Named
from riwaya.extract.scan import Scan
from riwaya.lang.tables import Words
from riwaya.model import Location, Place, PlaceMention
from riwaya.places.grammar import Word, grammar
from riwaya.places.keys import words_of
from riwaya.places.layers import Gazetteers
from riwaya.places.locate import locate
from riwaya.places.space import kilometres

_LEADING = frozenset(("kind", "part", "inside", "after", "line", "near", "direction", "middle", "countryside", "waste", "between"))
_NAMING = frozenset(("kind", "part"))  # roles of words behind which a name of a gazetteer is one, though nothing else says so
_PARTS = frozenset(("part", "inside"))
_MOST_LEADS = 4  # words or phrases before a name that say where it lies
_LONGEST = 4  # words of a name that only a gazetteer knows
_HOST = 8  # tokens from a name to the place that it may lie in
_COMPANY = 12  # places of a text that help to tell another
_MARKS = ("mark", "bracket")
_ACROSS = 30.0  # kilometres from a town's point within which its parts lie
_AND, _THE = "و", "ال"
_DUAL = "ي"  # the ending of a word in the dual before what it governs
_FEMININE, _FEMININE_ALONE = "ت", "ه"  # a ta marbuta before an ending, and in normal form
_SEVERAL = 3  # places in one country that make it the text's
_SMALL = frozenset(("town", "village", "settlement", "neighbourhood", "camp", "site", "mountain", "base", "bridge", "dam", "field"))
_LARGE = 200_000  # people: a town known abroad
_TOWNS = frozenset(("city", "town", "village"))


class Phrase(NamedTuple):
    """A place's name at tokens [first, after), and the words [start, end) that it is read with; the first of those may lead it."""

    first: int
    after: int
    start: int
    end: int
    lead: Word | None
    lead_word: str = ""  # where it stands before another name, and this one is joined to that by و


def places(scan: Scan, names: Sequence[Named], gazetteers: Gazetteers, words: Words) -> tuple[PlaceMention, ...]:
    """The places of a text in its order, none inside another. One that cannot be told is there too, and says why."""
    finder = _Finder(scan, gazetteers, words)
    phrases = finder.phrases(names)
    return tuple(
        PlaceMention(scan.reading.span(one.first, one.after), scan.reading.span(one.start, one.end), where)
        for one, where in zip(phrases, finder.settle(phrases), strict=True)
    )


class _Finder:
    def __init__(self, scan: Scan, gazetteers: Gazetteers, words: Words) -> None:
        self.scan, self.gazetteers, self.words = scan, gazetteers, words
        self.grammar = grammar(words)

    # -- names, and the words that they are read with

    def phrases(self, names: Sequence[Named]) -> list[Phrase]:
        """The names of places with the words around them."""
        taken = [False] * (self.scan.size + 1)
        for one in names:
            taken[one.first : one.after] = [True] * (one.after - one.first)
        starts = {one.first for one in names}
        found = [(one.first, one.after) for one in names if one.kind == "place" and not self.leads(one, starts) and not self.generic(one)]
        found += self.told(taken)
        phrases = [self.phrase(first, after) for first, after in sorted(found)]
        more = [*self.joined(phrases, taken), *self.again(phrases, taken)]
        return sorted((*phrases, *more), key=lambda one: one.first)

    def leads(self, one: Named, starts: Collection[int]) -> bool:
        """Whether what was tagged as a name is only the word that leads the next one (سد before الفرات)."""
        return one.after - one.first == 1 and one.after in starts and _lead(self.words, self.scan.words[one.first]) is not None

    def generic(self, one: Named) -> bool:
        """Whether what was tagged as a name is only a noun for a kind of place: تلة, السد. Behind another, it is a name: مدينة بلد."""
        word = self.scan.words[one.first]
        before = self.lead_before(one.first)
        if one.after - one.first > 1 or (before is not None and before[1].role == "kind"):
            return False
        return _lead(self.words, word) is not None or _lead(self.words, word.removeprefix(_THE)) is not None

    def joined(self, phrases: Sequence[Phrase], taken: list[bool]) -> Iterator[Phrase]:
        """The second of two names behind a word in the dual: والحرية of حيي الوحدة والحرية."""
        scan = self.scan
        for one in phrases:
            k = one.after
            dual = one.lead is not None and one.lead.role in _NAMING and self.dual(scan.words[one.first - 1])
            if dual and not taken[k] and scan.words[k][:1] == _AND and not scan.classes[k] and not scan.cues[k]:
                taken[k] = True
                yield Phrase(k, k + 1, k, k + 1, one.lead, scan.words[one.first - 1])

    def dual(self, word: str) -> bool:
        """Whether a word is the dual of one that says what a place is: حيي, مدينتي; not حي itself."""
        lead, stem = _lead(self.words, word), word.removesuffix(_DUAL)
        singulars = (stem, stem.removesuffix(_FEMININE) + _FEMININE_ALONE) if stem.endswith(_FEMININE) else (stem,)
        single = next(filter(None, (_lead(self.words, one) for one in singulars)), None) if stem != word else None
        return lead is not None and single is not None and single.group == lead.group

    def again(self, phrases: Sequence[Phrase], taken: Sequence[bool]) -> Iterator[Phrase]:
        """Names of the text where a preposition stands before them and nothing else told them: في الطبقة beside مدينة الطبقة.

        Not a name by which the place is known besides, if it is an ordinary word: في الثورة need not be the town.
        """
        scan = self.scan
        known = {scan.words[one.first] for one in phrases if one.after - one.first == 1 and len(scan.words[one.first]) > 3}
        for word in known:
            for k in scan.places.get(word, ()):
                if not taken[k] and k > 0 and scan.classes[k - 1] == "preposition" and self.may_stand_alone(word):
                    yield self.phrase(k, k + 1)

    def may_stand_alone(self, word: str) -> bool:
        """Whether a word is a place's own name, or no ordinary word."""
        return any(not one.hit.noun or "".join(words_of(one.place.name)) == word for one in self.gazetteers.named(word))

    def told(self, taken: list[bool]) -> list[tuple[int, int]]:
        """Names that a gazetteer knows behind a word that says what they are, where nothing else told them."""
        scan, found = self.scan, []
        for k in range(scan.size - 1):
            lead = _lead(self.words, scan.words[k])
            if lead is None or lead.role not in _NAMING or taken[k] or taken[k + 1] or scan.classes[k + 1]:
                continue
            if after := self.known(k + 1, taken):
                found.append((k + 1, after))
                taken[k + 1 : after] = [True] * (after - k - 1)
        return found

    def known(self, first: int, taken: Sequence[bool]) -> int:
        """Where the longest name of a gazetteer ends that begins at a token; 0 where none begins there."""
        scan = self.scan
        if not self.gazetteers.begins(scan.words[first]):
            return 0
        after = first + 1
        while after < scan.size and after - first < _LONGEST and not scan.classes[after] and not taken[after]:
            after += 1
        return next((end for end in range(after, first, -1) if self.gazetteers.named(" ".join(scan.words[first:end]))), 0)

    def phrase(self, first: int, after: int) -> Phrase:
        """A name with the words before it that say what it is or where it lies from it, and the side behind it."""
        start, lead = first, None
        for _ in range(_MOST_LEADS):
            found = self.lead_before(start)
            if found is None:
                break
            start, lead = found
            if lead.role == "between":
                break
        end = after
        side = _lead(self.words, self.scan.words[after])
        if lead is not None and lead.role == "countryside" and side is not None and side.role == "side":
            end += 1
        return Phrase(first, after, start, end, lead)

    def lead_before(self, start: int) -> tuple[int, Word] | None:
        """The word or phrase that ends right before a token and leads what begins there."""
        scan = self.scan
        last = start - 1
        if last >= 0 and scan.classes[last] in _MARKS and scan.words[last] not in ")]}»”":
            last -= 1
        if last < 0:
            return None
        lead = _lead(self.words, scan.words[last])
        if lead is not None and lead.role in _LEADING:
            return last, lead
        if last > 0 and scan.words[last] in self.grammar.seconds:
            lead = _lead(self.words, f"{scan.words[last - 1]} {scan.words[last]}")
            if lead is not None and lead.length > 1 and lead.role in _LEADING:
                return last - 1, lead
        return None

    # -- where they are

    def settle(self, phrases: Sequence[Phrase]) -> list[Location]:
        """Where each is: first those that are clear by themselves, then the others in the company of those."""
        texts = [self.text(one) for one in phrases]
        alone = [_alone(text, self.gazetteers, self.words) for text in texts]
        clear = [where.place if where.runner_up is None or where.score >= 0.9 else None for where in alone]
        company = _Company(self.scan, phrases, clear)
        found: list[Location] = []
        for number, where in enumerate(alone):
            if (town := self.town_of(number, phrases, found)) is not None:
                found.append(_part(texts[number], where, town))
                continue
            if clear[number] is None:
                near = company.of(phrases[number])
                where = locate(texts[number], self.gazetteers, near=near, words=self.words) if near else where
            if where.place is None:
                where = self.hosted(number, phrases, texts, where)
            found.append(where)
        theatre, countries = _theatre(found)
        return [_elsewhere(where, theatre) if theatre and _stray(where, countries, theatre) else where for where in found]

    def text(self, one: Phrase) -> str:
        """The words of a phrase."""
        words = self.scan.reading.span(one.start, one.end).of(self.scan.reading.raw)
        return f"{one.lead_word} {words[1:]}" if one.lead_word else words

    def town_of(self, number: int, phrases: Sequence[Phrase], where: Sequence[Location]) -> Location | None:
        """Where the town is that a part of a town lies in, if its name stands before in the same paragraph."""
        one = phrases[number]
        if one.lead is None or one.lead.role not in _PARTS:
            return None
        for other in range(number - 1, max(-1, number - _COMPANY), -1):
            if "\n" in self.scan.words[phrases[other].after : one.start]:
                return None
            place = where[other].place
            if place is not None and place.kind in _TOWNS and (where[other].where_prec or 9) <= 2 and not where[other].detail:
                return where[other]
        return None

    def hosted(self, number: int, phrases: Sequence[Phrase], texts: Sequence[str], alone: Location) -> Location:
        """Where a phrase is that no gazetteer knows: by the place that follows it closely."""
        one, behind = phrases[number], number + 1
        if (
            behind < len(phrases)
            and phrases[behind].start - one.end <= _HOST
            and self.scan.sentence(one.first) == self.scan.sentence(phrases[behind].first)
        ):
            found = _alone(f"{texts[number]}، {texts[behind]}", self.gazetteers, self.words)
            if found.place is not None:
                return found
        return alone


def _theatre(found: Sequence[Location]) -> tuple[str, Mapping[str, set[str]]]:
    """The country in which most of a text's places lie, if several do, else an empty string; and the places of each country."""
    counted = Counter(where.place.country for where in found if where.place is not None and where.place.country)
    places: dict[str, set[str]] = {}
    for where in found:
        if where.place is not None:
            places.setdefault(where.place.country, set()).add(where.place.id)
    country, most = counted.most_common(1)[0] if counted else ("", 0)
    return country if most >= _SEVERAL and most * 2 > counted.total() else "", places


def _stray(where: Location, countries: Mapping[str, set[str]], theatre: str) -> bool:
    """Whether a small place lies in a country of which the text names nothing else, while most of its places lie in another."""
    place = where.place
    if place is None or place.country in (theatre, "") or place.kind not in _SMALL or place.population > _LARGE:
        return False
    return len(countries[place.country]) == 1


class _Company:
    """The places that are clear by themselves, by their sentences."""

    def __init__(self, scan: Scan, phrases: Sequence[Phrase], clear: Sequence[Place | None]) -> None:
        self.scan = scan
        self.beside: dict[int, list[Place]] = {}
        for one, place in zip(phrases, clear, strict=True):
            if place is not None:
                self.beside.setdefault(scan.sentence(one.first)[0], []).append(place)
        self.all = [place for place in dict.fromkeys(clear) if place is not None][:_COMPANY]

    def of(self, one: Phrase) -> list[Place]:
        """Those of a phrase's sentence; without any, the first of the text."""
        return self.beside.get(self.scan.sentence(one.first)[0], self.all)[:_COMPANY]


def _part(text: str, alone: Location, town: Location) -> Location:
    """Where a part of a town is: itself if it is known there, else at the town's point (UCDP precision 1), kept as a detail."""
    assert town.place is not None
    if alone.place is not None and kilometres(alone.place, town.place) <= _ACROSS:
        return alone
    why = f"a part of {town.place.name}, which stands before it in its paragraph; {town.why}"
    return replace(town, score=round(town.score * 0.9, 3), detail=text, why=why)


def _elsewhere(where: Location, theatre: str) -> Location:
    """A place that was found in another country than the text's: not known."""
    assert where.place is not None
    told = f"{where.place.name} ({where.place.kind}, {where.place.country}) is far from what the text is about ({theatre})"
    return Location(score=where.score, runner_up=(where.place, where.score), why=told)


@lru_cache(maxsize=20_000)
def _lead(words: Words, text: str) -> Word | None:
    """What a word, or two, says of the name behind it."""
    table = grammar(words)
    if not text or not table.may_lead(text.partition(" ")[0]):
        return None
    found = table.at(text.split(" "), 0)
    return found if found is not None and found.length == text.count(" ") + 1 else None


@lru_cache(maxsize=20_000)
def _alone(text: str, gazetteers: Gazetteers, words: Words) -> Location:
    """Where a phrase is, by itself."""
    return locate(text, gazetteers, words=words)
