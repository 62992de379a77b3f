"""What a definite short form stands for: التنظيم, الحركة, المرصد, المصادر. The latest party that its noun fits best."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from riwaya.extract.parties import Found, Parties, Party, Tokens, latest_before
from riwaya.extract.scan import Scan

_HEADS = 2  # how well a noun fits a party whose name it, or a noun of its meaning, heads
_NEAR = 3  # sentences back within which who acts or speaks goes before who is only mentioned
_AND = "و"
_OF = "من"
_OPENS = frozenset(("stop", "comma", "colon", "that", "joined that", "contrast", "edge"))


def resolve(scan: Scan, parties: Parties, one: Found, sources: Sequence[Tokens]) -> None:
    """Give a short form its party, or the reason why it has none. `sources`: the tokens of the sources of claims, in order."""
    noun = one.short
    assert noun is not None
    if scan.words[one.after] == ":" and scan.words[one.start - 1] in ("\n", ""):
        one.why = "a label"
        return
    if noun.many and scan.words[one.start - 1] == _OF:
        one.why = "some of many"
        return
    before = [(place, party, parties.fits(noun, party)) for place, party in latest_before(parties.all, one.start)]
    best = max((fit for _, _, fit in before), default=0)
    fitting = [(place, party) for place, party, fit in before if fit and fit == best]
    if not fitting:
        _without_antecedent(scan, parties, one, sources)
    elif len(fitting) > 1 and _joined(scan, fitting[0][0], fitting[1]):
        one.why = "two that are named together fit"
    else:
        _take(one, _foremost(scan, one.start, fitting, sources), f"the latest before it that {noun.noun} fits")


def _take(one: Found, party: Party, why: str) -> None:
    party.seen.append(one.start)
    one.party, one.why = party, why


def _foremost(scan: Scan, at: int, fitting: Sequence[tuple[int, Party]], sources: Sequence[Tokens]) -> Party:
    """Of the parties that fit, latest first: the latest that acts or speaks in the sentences right before, or the latest."""
    if len(fitting) > 1:
        here = bisect_left(scan.starts, at)
        for _, party in fitting:
            places = [place for place in party.seen if place < at and here - bisect_left(scan.starts, place) <= _NEAR]
            if any(_acts(scan, place, sources) for place in places):
                return party
    return fitting[0][1]


def _acts(scan: Scan, place: int, sources: Sequence[Tokens]) -> bool:
    """Whether what is named at a token acts or speaks there: the source of a claim, or where a clause's subject stands."""
    if any(first <= place < after for first, after in sources):
        return True
    before = place - 1
    return before < 0 or scan.classes[before] in _OPENS or scan.verb(before)


def _without_antecedent(scan: Scan, parties: Parties, one: Found, sources: Sequence[Tokens]) -> None:
    """A short form with nothing before it that it fits: a source is the latest that spoke; in a headline, the one the report names."""
    noun = one.short
    assert noun is not None
    if noun.source and not noun.many:
        spoke = next((tokens for tokens in reversed(sources) if tokens[1] <= one.start), None)
        party = _at(parties, spoke) if spoke is not None else None
        if party is not None:
            _take(one, party, "the latest source before it")
            return
    later = [party for party in parties.all if party.actor is not None and not noun.many and parties.fits(noun, party) > _HEADS]
    if len(later) == 1:
        _take(one, later[0], f"the only one in the text whose name has {noun.noun}")
    else:
        one.why = "several behind it fit" if later else "nobody before it fits"


def _at(parties: Parties, tokens: Tokens) -> Party | None:
    """The party that is seen first within these tokens."""
    seen = [(place, party) for party in parties.all for place in party.seen if tokens[0] <= place < tokens[1]]
    return min(seen, key=lambda one: one[0])[1] if seen else None


def _joined(scan: Scan, place: int, other: tuple[int, Party]) -> bool:
    """Whether the party at `place` is joined by و to the other, which stands before it."""
    at, party = other
    return at < place <= at + (party.name[1] - party.name[0]) + 2 and scan.words[place].startswith(_AND)
