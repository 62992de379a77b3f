"""What must hold of everything that is read, whatever the text: for `bench/corpus.py`, `bench/fuzz.py` and the tests of hostile text.

`faults` looks at one article's annotations, `outputs` at what every format and `explain` make of them. Both tell what is wrong in words,
and nothing where nothing is. `shrunk` finds the least of a text that still goes wrong.
"""

from __future__ import annotations

import csv
import io
import json
import re
import time
import traceback
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import riwaya
from riwaya.model import Annotations, Claim, PlaceMention, Span
from riwaya.show.formats import FORMATS, Format, Look, writer
from riwaya.show.steps import show_steps

_PIECE = re.compile(r"\w+|\s|[^\w\s]")
LOOKS = (Look(), Look(language="en", by="speaker", columns=17, color=True, terminal=True, bom=False))


def faults(found: Annotations) -> Iterator[str]:
    """What is wrong with the annotations of one article: spans, what lies in what, the order, what the site's furniture gave."""
    text = found.article.text
    for claim in found.claims:
        yield from _claim(claim, text)
    for what in (found.quantities, found.times, found.names, found.actors, found.places):
        yield from (f"{type(one).__name__}: {fault}" for one in what for fault in _span(one.span, text))
    yield from _values(found)
    yield from _order("claims", [claim.cue for claim in found.claims])
    yield from _order("quantities", [quantity.span for quantity in found.quantities])
    yield from _order("times", [time.span for time in found.times])
    yield from _order("actors", [actor.span for actor in found.actors])
    yield from _order("places", [place.span for place in found.places])
    yield from _apart(found)
    known = {*found.quantities, *found.times, *found.actors, *found.places}
    if any(one not in known for claim in found.claims for one in _held(claim)):
        yield "a claim holds a quantity, a time, an actor or a place that the article does not"
    yield from (fault for place in found.places for fault in _place(place, text))


def _held(claim: Claim) -> Iterator[object]:
    """What a claim counts, dates, names, and where and when it is."""
    yield from (*claim.quantities, *claim.times, *claim.actors, *claim.places)
    yield from (one for one in (claim.where, claim.when) if one is not None)


def _place(mention: PlaceMention, text: str) -> Iterator[str]:
    yield from (f"phrase: {fault}" for fault in _span(mention.phrase, text))
    if not mention.phrase.holds(mention.span):
        yield "a place outside the phrase that it is read with"
    where = mention.location
    exact = (where.lat, where.lon, where.where_prec, where.radius)
    if where.place is None and any(one is not None for one in exact):
        yield "a point of no place"
    if where.place is not None and (None in exact or where.where_prec not in range(1, 8) or not where.radius):
        yield "a place without a point, a precision or a radius"
    if not where.why or not 0 <= where.score <= 1:
        yield "a place without a reason, or of an impossible score"


def _claim(claim: Claim, text: str) -> Iterator[str]:
    held = {"cue": [claim.cue], "source": [claim.source.span], "addressee": [claim.addressee], "content": claim.content}
    yield from (f"{name}: {fault}" for name, spans in held.items() for span in spans if span is not None for fault in _span(span, text))
    yield from _order("content", claim.content)
    if not claim.content or not claim.rule:
        yield "a claim without content or without a rule"
    if any(span.start < claim.cue.end and claim.cue.start < span.end for span in claim.content):
        yield "a claim's content holds its own cue"
    inside = (*claim.quantities, *claim.times, *claim.actors, *claim.places)
    if any(not any(span.holds(one.span) for span in claim.content) for one in inside):
        yield "a claim's quantity, time, actor or place lies outside its content"
    if (claim.where is None) != (claim.where_from == "unknown") or (claim.when is None) != (claim.when_from == "unknown"):
        yield "a claim's where or when without its scope"
    if (claim.source.name is not None and not claim.source.name.strip()) or not all(name.strip() for name in claim.chain):
        yield "a name without a letter"


def _span(span: Span, text: str) -> Iterator[str]:
    if not 0 <= span.start < span.end <= len(text):
        yield f"the span {span.start}:{span.end} is empty or outside the text"
    elif not span.of(text).strip():
        yield f"the span {span.start}:{span.end} holds no words"


def _values(found: Annotations) -> Iterator[str]:
    for quantity in found.quantities:
        if quantity.low is not None and quantity.high is not None and not quantity.low <= quantity.high:
            yield f"a quantity from {quantity.low} to {quantity.high}"
        if not quantity.rule or (quantity.of is not None and quantity.of not in found.article.text):
            yield "a quantity without a rule, or of words that are not the text's"
    for when in found.times:
        if (when.start is not None and when.end is not None and when.start > when.end) or not when.rule:
            yield f"a time from {when.start} to {when.end}, by {when.rule!r}"


def _order(name: str, spans: Sequence[Span]) -> Iterator[str]:
    if any(after.start < before.start for before, after in pairwise(spans)):
        yield f"{name} out of order"


def _apart(found: Annotations) -> Iterator[str]:
    """What stands inside what it may not: a quantity or a time in a time, anything in furniture."""
    times = [time.span for time in found.times]
    if any(after.start < before.end for before, after in pairwise(times)):
        yield "a time over another"
    if any(_in(quantity.span, times) for quantity in found.quantities):
        yield "a quantity in a time"
    furniture = [passage.span for passage in found.article.passages if passage.kind == "furniture"]
    spans = [*times, *(quantity.span for quantity in found.quantities), *(claim.cue for claim in found.claims)]
    spans += [one.span for one in (*found.names, *found.actors, *found.places)]
    if any(_in(Span(span.start, span.start + 1), furniture) for span in spans):
        yield "something read in the site's furniture"


def _in(span: Span, others: Sequence[Span]) -> bool:
    """Whether one of `others`, which are in order and apart, holds a span."""
    at = bisect_right(others, span.start, key=lambda other: other.start) - 1
    return at >= 0 and others[at].holds(span)


def outputs(found: Annotations) -> Iterator[str]:
    """What is wrong with what the formats and `explain` make of annotations; they may raise as well."""
    for name in FORMATS:
        for look in LOOKS:
            yield from (f"{name}: {fault}" for fault in _output(written(found, name, look), name, found))
    row = json.loads(written(found, "jsonl", LOOKS[0]))
    if _plain(found) and riwaya.from_row(row) != found:
        yield "jsonl: its row does not come back as it was"
    yield from _steps(found)


def written(found: Annotations, name: Format, look: Look) -> str:
    """One article in one format."""
    to = writer(name, look)
    return to.begin() + to.add(found) + to.end()


def _output(text: str, name: Format, found: Annotations) -> Iterator[str]:
    try:
        text.encode()
    except UnicodeEncodeError:
        yield "has no bytes in UTF-8"
    if "\x00" in text or ("\x1b" in text and name != "ledger"):
        yield "holds a control character"
    if name == "jsonl" and len(text.splitlines()) != 1:
        yield "is not one line"
    if name == "annotations" and json.loads(text)["total"] != len(found.claims) + len(found.places) + len(found.actors):
        yield "does not hold every claim and mention"
    if name == "geojson" and len(json.loads(text)["features"]) != len(found.claims):
        yield "does not hold every claim"
    if name == "csv":
        rows = list(csv.reader(io.StringIO(text, newline="")))
        if len(rows) != len(found.claims) + 1 or len({len(row) for row in rows}) != 1:
            yield "is not a row a claim"


def _plain(found: Annotations) -> bool:
    """Whether a row can hold the text and the numbers: no surrogates, no number without end."""
    numbers = (end for quantity in found.quantities for end in (quantity.low, quantity.high) if end is not None)
    return not any("\ud800" <= char <= "\udfff" for char in found.article.text) and all(abs(number) < 1e300 for number in numbers)


def _steps(found: Annotations) -> Iterator[str]:
    article = found.article
    steps = riwaya.explain(article)
    show_steps(article, steps, LOOKS[1]).encode()
    for step in steps:
        yield from (f"explain: {fault}" for fault in _span(step.span, article.text))
    made = {step.span for step in steps if step.outcome == "claim"}
    if any(claim.cue not in made for claim in found.claims):
        yield "explain: a claim without a step"
    named = [place.phrase for place in found.places] + [actor.span for actor in found.actors]
    if Counter(step.span for step in steps if step.outcome in ("place", "actor")) != Counter(named):
        yield "explain: a place or an actor without a step"


def counts(found: Annotations) -> Counter[str]:
    """How much was read: claims by the kind of their source, by form and by attitude, quantities by bound, times by type."""
    counted: Counter[str] = Counter()
    for claim in found.claims:
        counted.update((f"source {claim.source.kind}", f"form {claim.form}", f"attitude {claim.attitude}"))
    counted.update(f"quantity {quantity.bound}" for quantity in found.quantities)
    counted.update(f"time {time.type}" for time in found.times)
    counted.update(f"place at precision {place.location.where_prec}" for place in found.places)
    counted.update(f"actor by {actor.how}{'' if actor.resolved else ', open'}" for actor in found.actors)
    return counted


def shrunk(text: str, fails: Callable[[str], bool], *, seconds: float = 20.0) -> str:
    """The least of `text` that still fails, found in so much time: pieces are left out, ever smaller ones, while it goes on failing."""
    until = time.monotonic() + seconds
    parts = _PIECE.findall(text)
    size = max(1, len(parts) // 2)
    while time.monotonic() < until:
        at = 0
        before = len(parts)
        while at < len(parts) and time.monotonic() < until:
            rest = parts[:at] + parts[at + size :]
            if fails("".join(rest)):
                parts = rest
            else:
                at += size
        if size > 1:
            size //= 2
        elif len(parts) == before:
            whole = list("".join(parts))
            if len(whole) == len(parts):
                break
            parts = whole
    return "".join(parts)


def signature(error: BaseException) -> str:
    """An error by its type and the innermost of our own functions that it passed through."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "riwaya" in frame.filename]
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno} {frames[-1].name}" if frames else "elsewhere"
    return f"{type(error).__name__} in {where}"
