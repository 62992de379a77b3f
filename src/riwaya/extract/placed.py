"""Where: the places that a text names, each with how exactly it is known.

A name (`named`, or a name of a gazetteer behind a word that says what it is) is read with the words around it that say where it lies (قرية,
ريف … الشرقي, شمال). Names that are clear by themselves are settled first; they then help to tell the others: those of the same sentence,
else those of the whole text. A part of a town without the town's name beside it is in the town that was named last before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from riwaya.extract.named import Named
from riwaya.extract.scan import Scan
from riwaya.lang.tables import Words
from riwaya.model import Location, Place, PlaceMention
from riwaya.places.grammar import Word, grammar
from riwaya.places.layers import Gazetteers
from riwaya.places.locate import locate

_LEADING = frozenset(("kind", "part", "inside", "after", "line", "near", "direction", "middle", "countryside", "waste", "between"))
_NAMING = frozenset(("kind", "part"))  # roles of words behind which a name of a gazetteer is one, though nothing else says so
_PARTS = frozenset(("part", "inside"))
_MOST_LEADS = 4  # words or phrases before a name that say where it lies
_LONGEST = 4  # words of a name that only a gazetteer knows
_HOST = 8  # tokens from a name to the place that it may lie in
_COMPANY = 12  # places of a text that help to tell another
_MARKS = ("mark", "bracket")
_TOWNS = frozenset(("city", "town", "village"))


class Phrase(NamedTuple):
    """A place's name at tokens [first, after), and the words [start, end) that it is read with; the first of those may lead it."""

    first: int
    after: int
    start: int
    end: int
    lead: Word | None


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
        found = [(one.first, one.after) for one in names if one.kind == "place"]
        found += self.told(taken)
        found.sort()
        return [self.phrase(first, after) for first, after in found]

    def told(self, taken: Sequence[bool]) -> list[tuple[int, int]]:
        """Names that a gazetteer knows behind a word that says what they are, where nothing else told them."""
        scan, found = self.scan, []
        for k in range(scan.size - 1):
            lead = _lead(self.words, scan.words[k])
            if lead is None or lead.role not in _NAMING or taken[k] or taken[k + 1] or scan.classes[k + 1]:
                continue
            if after := self.known(k + 1, taken):
                found.append((k + 1, after))
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
        found: list[Location] = []
        for number, where in enumerate(alone):
            if clear[number] is None:
                where = self.in_company(number, phrases, texts, clear, where)
            if where.place is None:
                where = self.hosted(number, phrases, texts, [*found, *alone[number:]], where)
            found.append(where)
        return found

    def text(self, one: Phrase) -> str:
        """The words of a phrase."""
        return self.scan.reading.span(one.start, one.end).of(self.scan.reading.raw)

    def in_company(
        self, number: int, phrases: Sequence[Phrase], texts: Sequence[str], clear: Sequence[Place | None], alone: Location
    ) -> Location:
        """Where a phrase is, given the places of its sentence; without any, those of the text."""
        first, after = self.scan.sentence(phrases[number].first)
        beside = [place for other, place in zip(phrases, clear, strict=True) if place is not None and first <= other.first < after]
        near = beside or [place for place in dict.fromkeys(clear) if place is not None]
        return locate(texts[number], self.gazetteers, near=near[:_COMPANY], words=self.words) if near else alone

    def hosted(self, number: int, phrases: Sequence[Phrase], texts: Sequence[str], where: Sequence[Location], alone: Location) -> Location:
        """Where a phrase is that no gazetteer knows: by the place that follows it closely, or for a part of a town, that came before."""
        one = phrases[number]
        behind = number + 1
        if (
            behind < len(phrases)
            and phrases[behind].start - one.end <= _HOST
            and self.scan.sentence(one.first) == self.scan.sentence(phrases[behind].first)
        ):
            found = _alone(f"{texts[number]}، {texts[behind]}", self.gazetteers, self.words)
            if found.place is not None:
                return found
        if one.lead is not None and one.lead.role in _PARTS:
            for other in range(number - 1, -1, -1):
                town = where[other].place
                if town is not None and town.kind in _TOWNS:
                    return locate(f"{texts[number]}، {town.name}", self.gazetteers, near=(town,), words=self.words)
        return alone


@lru_cache(maxsize=20_000)
def _lead(words: Words, text: str) -> Word | None:
    """What a word, or two, says of the name behind it."""
    found = grammar(words).at(text.split(" "), 0) if text else None
    return found if found is not None and found.length == text.count(" ") + 1 else None


@lru_cache(maxsize=20_000)
def _alone(text: str, gazetteers: Gazetteers, words: Words) -> Location:
    """Where a phrase is, by itself."""
    return locate(text, gazetteers, words=words)
