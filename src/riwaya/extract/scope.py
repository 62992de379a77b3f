"""Where and when what a claim says is: not where its speaker is, nor when the words were said.

A place that the content names governs it where it is said to be one (in, near, a town of): the most exact of those, else another place
named there that is no country, for a country's name mostly stands for its government. Without one, the place that opens the sentence before
the cue, else that of the claim before, of the same speaker in the same paragraph. A time the content names governs it likewise; a time
beside the cue tells when the words were said, and is left alone. What none of these tells is unknown.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from riwaya.extract.scan import Scan
from riwaya.model import Claim, PlaceMention, Scope, Span, TimeExpression
from riwaya.text.normal import fold

_IN = ("preposition", "aside")  # classes of the words that stand before a place
_STUCK = "بل"  # prepositions that are attached
_OPENING = 60  # tokens before a cue among which a sentence's opening is looked for
_AREA = 4  # UCDP precision of a governorate: what is more exact is a point or a district
_COUNTRY = 6


def placed_in(claims: Sequence[Claim], scan: Scan, places: Sequence[PlaceMention]) -> tuple[Claim, ...]:
    """The claims with where and when what they say is. `places` are those of the whole text, in its order."""
    found: list[Claim] = []
    for claim in claims:
        before = found[-1] if found and _goes_on(scan, found[-1], claim) else None
        where, where_from = _where(claim, scan, places, before)
        when, when_from = _when(claim, before)
        found.append(replace(claim, where=where, where_from=where_from, when=when, when_from=when_from))
    return tuple(found)


def _goes_on(scan: Scan, before: Claim, claim: Claim) -> bool:
    """Whether a claim goes on from the one before it: the same speaker's, in the same paragraph."""
    return before.source.name == claim.source.name and "\n" not in scan.reading.raw[before.cue.end : claim.cue.start]


def _where(claim: Claim, scan: Scan, places: Sequence[PlaceMention], before: Claim | None) -> tuple[PlaceMention | None, Scope]:
    if inside := _governing(claim.places, scan):
        return inside, "content"
    if opening := _governing(_before_cue(claim, scan, places), scan, stated=True):
        return opening, "sentence"
    if before is not None and before.where is not None:
        return before.where, "passage"
    return None, "unknown"


def _governing(places: Sequence[PlaceMention], scan: Scan, *, stated: bool = False) -> PlaceMention | None:
    """The place that governs what names these: the most exact of those said to be one; without any, where that need not be `stated`, the
    first that is no country."""
    known = [one for one in places if one.location.place is not None]
    said = [one for one in known if _said(one, scan)]
    exact = [one for one in said if (one.location.where_prec or _COUNTRY) < _COUNTRY]
    if exact:
        return min(exact, key=lambda one: (one.location.where_prec or _COUNTRY) >= _AREA)
    if not stated and (other := next((one for one in known if one.location.where_prec != _COUNTRY), None)):
        return other
    return said[0] if said else None


def _said(one: PlaceMention, scan: Scan) -> bool:
    """Whether the words say that something is there: a word that leads the name, or a preposition before or attached to it."""
    if one.phrase.start < one.span.start:
        return True
    at = bisect_left(scan.reading.starts, one.span.start)
    if at > 0 and scan.classes[at - 1] in _IN:
        return True
    word, place = scan.words[at], one.location.place
    return word[0] in _STUCK and place is not None and fold(place.name)[:1] not in (word[0], "")


def _before_cue(claim: Claim, scan: Scan, places: Sequence[PlaceMention]) -> list[PlaceMention]:
    """The places named in the claim's sentence before its cue, outside its source and its content."""
    cue = bisect_left(scan.reading.starts, claim.cue.start)
    first = max(scan.sentence(cue)[0], cue - _OPENING)
    span = Span(scan.reading.starts[first], claim.cue.start)
    kept = [*claim.content, *((claim.source.span,) if claim.source.span else ())]
    return [one for one in _within(span, places) if not any(held.holds(one.span) for held in kept)]


def _when(claim: Claim, before: Claim | None) -> tuple[TimeExpression | None, Scope]:
    dated = next((one for one in claim.times if one.type in ("DATE", "TIME")), None)
    if dated is not None:
        return dated, "content"
    if before is not None and before.when is not None and (before.when.start or before.when.end):
        return before.when, "passage"
    return None, "unknown"


def _within(span: Span, found: Sequence[PlaceMention]) -> Sequence[PlaceMention]:
    first, after = (bisect_left(found, edge, key=lambda one: one.span.start) for edge in span)
    return [one for one in found[first:after] if span.holds(one.span)]
