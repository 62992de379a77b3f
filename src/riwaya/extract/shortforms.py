"""What a definite short form stands for: التنظيم, الحركة, المرصد, المصادر. The latest party that its noun fits best."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import takewhile

from riwaya.extract.parties import Found, Parties, Party, Tokens
from riwaya.extract.scan import Scan

_HEADS = 2  # how well a noun fits a party whose name it, or a noun of its meaning, heads
_NEAR = 3  # sentences back within which who acts or speaks goes before who is only mentioned
_LATEST = 4  # places where a party was seen among which the one of a source is looked for
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
    before = [(party, parties.fits(noun, party)) for party in parties.latest()]
    best = max((fit for _, fit in before), default=0)
    fitting = [party for party, fit in before if fit and fit == best]
    if not fitting:
        _without_antecedent(parties, one, sources)
    elif len(fitting) > 1 and _joined(scan, *fitting[:2]):
        one.why = "two that are named together fit"
    else:
        one.party = _foremost(scan, one.start, fitting, sources)
        one.why = f"the latest before it that {noun.noun} fits"


def _foremost(scan: Scan, at: int, fitting: Sequence[Party], sources: Sequence[Tokens]) -> Party:
    """Of the parties that fit, latest first: the latest that acts or speaks in the sentences right before, or the latest."""
    if len(fitting) > 1:
        here = bisect_left(scan.starts, at)
        since = scan.starts[max(0, here - _NEAR - 1)]
        for party in fitting:
            if any(_acts(scan, place, sources) for place in takewhile(since.__le__, reversed(party.seen))):
                return party
    return fitting[0]


def _acts(scan: Scan, place: int, sources: Sequence[Tokens]) -> bool:
    """Whether what is named at a token acts or speaks there: the source of a claim, or where a clause's subject stands."""
    spoke = bisect_left(sources, (place + 1, 0)) - 1
    if spoke >= 0 and place < sources[spoke][1]:
        return True
    before = place - 1
    return before < 0 or scan.classes[before] in _OPENS or scan.verb(before)


def _without_antecedent(parties: Parties, one: Found, sources: Sequence[Tokens]) -> None:
    """A short form with nothing before it that it fits: a source is the latest that spoke; in a headline, the one the report names."""
    noun = one.short
    assert noun is not None
    if noun.source and not noun.many:
        spoke = bisect_left(sources, (one.start, 0)) - 1
        party = _at(parties, sources[spoke]) if spoke >= 0 and sources[spoke][1] <= one.start else None
        if party is not None:
            one.party, one.why = party, "the latest source before it"
            return
    later = [] if noun.many else parties.headed(noun.noun)
    if len(later) == 1:
        one.party, one.why = later[0], f"the only one in the text whose name has {noun.noun}"
    else:
        one.why = "several behind it fit" if later else "nobody before it fits"


def _at(parties: Parties, tokens: Tokens) -> Party | None:
    """The party that is seen first within these tokens."""
    seen = [(place, party) for party in parties.latest() for place in party.seen[-_LATEST:] if tokens[0] <= place < tokens[1]]
    return min(seen, key=lambda one: one[0])[1] if seen else None


def _joined(scan: Scan, latest: Party, other: Party) -> bool:
    """Whether the party seen last is joined by و to the other, which stands right before it."""
    place, before = latest.seen[-1], other.seen[-1]
    return place <= before + (other.name[1] - other.name[0]) + 2 and scan.words[place].startswith(_AND)
