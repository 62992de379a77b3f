"""What a definite short form stands for: التنظيم, الحركة, المرصد, المصادر. The latest party that its noun fits best."""

from __future__ import annotations

from collections.abc import Sequence

from riwaya.extract.parties import Found, Parties, Party, latest_before
from riwaya.extract.scan import Scan

_HEADS = 2  # how well a noun fits a party whose name it, or a noun of its meaning, heads
_AND = "و"


def resolve(scan: Scan, parties: Parties, one: Found, sources: Sequence[int]) -> None:
    """Give a short form its party, or the reason why it has none. `sources`: the tokens where sources of claims begin, in order."""
    noun = one.short
    if noun is None or _label(scan, one):
        one.why = "a label"
        return
    before = [(place, party, parties.fits(noun, party)) for place, party in latest_before(parties.all, one.start)]
    best = max((fit for _, _, fit in before), default=0)
    fitting = [(place, party) for place, party, fit in before if fit and (fit == best or (fit >= _HEADS and best == _HEADS))]
    if not fitting:
        _look_ahead(parties, one)
        return
    if len(fitting) > 1 and _joined(scan, fitting[0][0], fitting[1]):
        one.why = "two that are named together fit"
        return
    _take(one, fitting[0][1], f"the latest before it that {noun.noun} fits")


def _take(one: Found, party: Party, why: str) -> None:
    party.seen.append(one.start)
    one.party, one.why = party, why


def _look_ahead(parties: Parties, one: Found) -> None:
    """For a short form with nothing before it, as in a headline: the only party behind it whose name has its noun."""
    assert one.short is not None
    later = [party for party in parties.all if parties.fits(one.short, party) >= _HEADS + 1]
    if len(later) == 1:
        _take(one, later[0], f"the only one in the text whose name has {one.short.noun}")
    else:
        one.why = "nobody before it fits" if not later else "several behind it fit"


def _joined(scan: Scan, place: int, other: tuple[int, Party]) -> bool:
    """Whether the party at `place` is joined by و to the other, which stands before it."""
    at, party = other
    return at < place <= at + (party.name[1] - party.name[0]) + 2 and scan.words[place].startswith(_AND)


def _label(scan: Scan, one: Found) -> bool:
    """Whether a short form is a label before a colon at the start of a line (المصدر: …)."""
    return scan.words[one.after] == ":" and (one.start == 0 or scan.words[one.start - 1] == "\n")
