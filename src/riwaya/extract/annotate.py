"""Everything read in one article: claims with their sources, quantities and times; and why."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from riwaya.extract import actors, placed, quantities, reasons, times
from riwaya.extract.claims import THRESHOLD, Draft, drafted, finish, rule, spot
from riwaya.extract.decide import Models, load_models
from riwaya.extract.named import named
from riwaya.extract.numbers import Numerals, lexicon
from riwaya.extract.scan import Scan, scan
from riwaya.extract.scope import placed_in
from riwaya.extract.spot import cue_features
from riwaya.lang.tables import Words, load
from riwaya.model import ActorMention, Annotations, Article, Claim, Name, PlaceMention, Quantity, Span, Step, TimeExpression
from riwaya.places.layers import Gazetteers, packaged
from riwaya.text.words import read

RULES_VERSION = "1"
"""Raised when a change to the rules may change what is read; part of `Annotations.made_by`, with the digests of words and weights."""
_NEAR = 2.5  # log-odds below the threshold within which a word is a near miss
_TOLD = 4  # reasons given for and against
_Found = TypeVar("_Found", Quantity, TimeExpression, ActorMention, PlaceMention, Name)


class _Read(NamedTuple):
    """An article as it was read, and on the way to that: its tokens, and its claims in token numbers and whole."""

    annotations: Annotations
    seen: Scan
    drafts: list[Draft]
    claims: tuple[Claim, ...]


def annotate(article: Article, *, words: Words | None = None, gazetteers: Gazetteers | None = None) -> Annotations:
    """Read an article. `words` are the tables to read with, `gazetteers` where places are looked up; the packaged ones if none are given.

    Never fails on a text. Nothing is read in the passages that are the site's furniture. A quantity that stands inside a time (45 يوما) is
    none.
    """
    return _read(article, load() if words is None else words, packaged() if gazetteers is None else gazetteers).annotations


def _read(article: Article, tables: Words, gazetteers: Gazetteers) -> _Read:
    models = load_models()
    reading = read(article.text)
    furniture = _furniture(article)
    numbers = Numerals(reading, lexicon(tables))
    when = _outside(times.find(reading, tables, published=article.published, numbers=numbers), furniture)
    counts = _outside(quantities.find(reading, tables, numbers=numbers, times=[time.span for time in when]), furniture)
    seen = scan(reading, tables, [time.span for time in when])
    names = named(seen)
    where = _outside(placed.places(seen, names, gazetteers, tables), furniture)
    drafts, cast = drafted(seen, models)
    claims = finish(seen, models, drafts)
    sources = [claim.source.span for claim in claims if claim.source.span is not None]
    who = _outside(actors.find(seen, tables, sources, cast, names), furniture)
    annotations = Annotations(
        article=article,
        claims=placed_in(_claims(claims, furniture, counts, when, who, where), seen, where),
        quantities=tuple(counts),
        times=tuple(when),
        names=tuple(_outside([Name(reading.span(one.first, one.after), one.kind) for one in names], furniture)),
        actors=tuple(who),
        places=tuple(where),
        made_by=made_by(tables, models, gazetteers),
    )
    return _Read(annotations, seen, drafts, claims)


def _furniture(article: Article) -> list[Span]:
    return [passage.span for passage in article.passages if passage.kind == "furniture"]


def made_by(words: Words, models: Models, gazetteers: Gazetteers) -> str:
    """What read an article: the version of the rules, and the digests of the words, the weights and the gazetteers."""
    return f"riwaya rules {RULES_VERSION}, words {words.digest}, weights {models.digest}, places {gazetteers.digest}"


def explain(
    article: Article, *, words: Words | None = None, gazetteers: Gazetteers | None = None, at: int | None = None
) -> tuple[Step, ...]:
    """Each word that reports, and each that nearly did, with what spoke for and against it; each place and actor, with why it is that one.

    `at` (a code point of the text) keeps the claims and near misses whose cue, source or content covers it, and what is named there.
    """
    done = _read(article, load() if words is None else words, packaged() if gazetteers is None else gazetteers)
    found = done.annotations
    named = [(step, [step.span]) for step in (*reasons.placed(found.places), *reasons.acting(found.actors))]
    steps = sorted([*_steps(done, load_models(), _furniture(article)), *named], key=lambda told: told[0].span)
    return tuple(step for step, spans in steps if at is None or any(span.start <= at < span.end for span in spans))


# -- claims


def _claims(
    claims: Sequence[Claim], furniture: Sequence[Span], counts: Sequence[Quantity], when: Sequence[TimeExpression],
    who: Sequence[ActorMention], where: Sequence[PlaceMention],
) -> list[Claim]:  # fmt: skip
    """The claims outside the furniture, with what their contents count, date and name."""
    found = []
    for claim in claims:
        content = tuple(_before(span, furniture) for span in claim.content)
        content = tuple(span for span in content if span.end > span.start)
        if content and not any(span.start <= claim.cue.start < span.end for span in furniture):
            named = replace(claim, content=content, actors=tuple(_in(content, who)), places=tuple(_in(content, where)))
            found.append(replace(named, quantities=tuple(_in(content, counts)), times=tuple(_in(content, when))))
    return found


def _before(span: Span, furniture: Sequence[Span]) -> Span:
    """A content up to the furniture that it runs into."""
    cut = min((other.start for other in furniture if span.start < other.end and other.start < span.end), default=span.end)
    return Span(span.start, max(span.start, min(span.end, cut)))


def _in(content: Sequence[Span], found: Sequence[_Found]) -> Iterator[_Found]:
    for span in content:
        first, after = (bisect_left(found, edge, key=_start) for edge in span)
        for one in found[first:after]:
            if span.holds(one.span):
                yield one


def _start(one: Quantity | TimeExpression | ActorMention | PlaceMention | Name) -> int:
    return one.span.start


def _outside(found: Sequence[_Found], furniture: Sequence[Span]) -> list[_Found]:
    return [one for one in found if not any(span.start <= one.span.start < span.end for span in furniture)] if furniture else list(found)


# -- why


def _steps(done: _Read, models: Models, furniture: Sequence[Span]) -> Iterator[tuple[Step, list[Span]]]:
    """Each step with the spans that it is about."""
    seen = done.seen
    made = {one.cue for one in done.drafts}
    for one, claim in zip(done.drafts, done.claims, strict=True):
        if not any(span.start <= claim.cue.start < span.end for span in furniture):
            spans = [claim.cue, *claim.content, *((claim.source.span,) if claim.source.span else ())]
            yield Step(claim.cue, rule(one), "claim", _reason(seen, models, one), _words(seen, one)), spans
    for one in spot(seen, models, THRESHOLD - _NEAR):
        span = seen.reading.span(one.cue, one.cue + 1)
        if one.cue not in made:
            yield Step(span, f"{one.form.group} {one.form.part}", "near miss", _reason(seen, models, one), (one.form.cue,)), [span]


def _reason(seen: Scan, models: Models, one: Draft) -> str:
    """The log-odds of reporting, and the features that weighed most each way; `context` is the encoder's share."""
    weights = models.weights["cue"]
    told = [(weights.get(name, 0.0), name) for name in set(cue_features(seen, one.cue, one.form))]
    weighed = sorted([*told, (seen.context.word("cue", one.cue), "context")], reverse=True)
    speaks_for = ", ".join(f"{name} {weight:+.1f}" for weight, name in weighed[:_TOLD] if weight > 0)
    against = ", ".join(f"{name} {weight:+.1f}" for weight, name in weighed[: -_TOLD - 1 : -1] if weight < 0)
    return f"reports with log-odds {one.chance:.1f} (needs {THRESHOLD}); for: {speaks_for or 'nothing'}; against: {against or 'nothing'}"


def _words(seen: Scan, one: Draft) -> tuple[str, ...]:
    """The table's word for the cue, and the head of the source phrase with its class."""
    if one.source[0] < 0:
        return (one.form.cue,)
    head = seen.heads[one.source[0]]
    return one.form.cue, f"{seen.lexicon.bare(seen.words[one.source[0]])}{f' ({head})' if head else ''}"
