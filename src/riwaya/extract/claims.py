"""Every claim of one article: its cue, who gives it, in which words, how and through whom.

Five questions are asked of each word that may report: does it report, where does its source stand, where does that phrase end, where do the
reported words begin, where do they end. Each is answered by a small linear model over what the tables say of the words around it, and by
the encoder (`scan.context`). Then the sources of the whole text are told apart and given one name each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log
from typing import TypeVar

from riwaya.extract import contents, sources
from riwaya.extract.cues import Form
from riwaya.extract.decide import SURE, Models
from riwaya.extract.manner import FORMS, addressee, attitude, form_features
from riwaya.extract.phrases import plain
from riwaya.extract.scan import Scan
from riwaya.extract.speakers import Cast, Entity
from riwaya.extract.spot import cue_features
from riwaya.model import Claim, Source, Span

THRESHOLD = -0.3  # log-odds from which a word counts as reporting; learned with the weights
_FAR_AHEAD = 3.0  # log-odds
_CLOSE = 1.5  # log-odds within which a reading of the source is weighed with the content
_HOPELESS = 5.0  # log-odds: an option that the encoder holds so much less likely than its best one is not looked at
_READINGS = 3  # so many of them
_RELAYED = frozenset(("عن", "قول", "تصريحات", "تصريح", "تصريحا", "لسان", "كلام", "اقوال"))  # behind these stands whose words are passed on
_NOWHERE = (-1, -1)
_Place = TypeVar("_Place", sources.Option, contents.Opening)


@dataclass(eq=False, slots=True)
class Draft:
    """A claim in token numbers, while its parts are being found."""

    cue: int
    form: Form
    chance: float
    source: tuple[int, int] = _NOWHERE
    content: tuple[tuple[int, int], ...] = ()
    how: str = ""
    relayer: tuple[int, int] | None = None
    speaker: Entity | None = None
    outer: Draft | None = None

    def covers(self, other: Draft) -> bool:
        """Whether the other's cue stands in this claim's content."""
        return any(first <= other.cue < after for first, after in self.content)

    def size(self) -> int:
        """Tokens of content."""
        return sum(after - first for first, after in self.content)


def spot(scan: Scan, models: Models, threshold: float) -> list[Draft]:
    """Every token whose log-odds of reporting exceed the threshold, with its likeliest reading."""
    found = []
    for i in range(scan.size):
        forms = scan.cues[i]
        if forms and (said := scan.context.word("cue", i)) > threshold - SURE:
            chance = said + models.score("cue", cue_features(scan, i, forms[0]))
            if chance > threshold:
                found.append(Draft(i, forms[0], chance))
    return found


def draft(scan: Scan, models: Models, *, threshold: float = THRESHOLD) -> list[Draft]:
    """The claims of a text in token numbers, in the order of their cues."""
    return drafted(scan, models, threshold=threshold)[0]


def drafted(scan: Scan, models: Models, *, threshold: float = THRESHOLD) -> tuple[list[Draft], Cast]:
    """The claims of a text in token numbers, in the order of their cues; and who speaks in it."""
    drafts = spot(scan, models, threshold)
    cues = frozenset(one.cue for one in drafts if one.chance > 0)
    for one in drafts:
        find_parts(scan, models, one, cues)
    drafts = [one for one in drafts if one.content]
    return drafts, name_speakers(scan, models, drafts)


def find_parts(scan: Scan, models: Models, one: Draft, cues: frozenset[int]) -> None:
    """Fill in the source and the content: of the likeliest places of the source, the one with which the content's beginning fits best."""
    readings = sources_of(scan, models, one, cues)
    others = contents.next_cues(scan, one.cue, cues)
    best: tuple[float, tuple[int, int], contents.Opening] | None = None
    for likelihood, source in readings:
        hopeful = likely(scan, "opening", one.cue, contents.openings(scan, one.cue, _end(one, source)))
        scores = [
            said + models.score("opening", contents.opening_features(scan, one.cue, one.form, opening, source, others))
            for said, opening in hopeful
        ]
        top = max(scores)
        if len(readings) > 1:
            likelihood += top - log_sum(scores)
        if best is None or likelihood > best[0]:
            best = likelihood, source, hopeful[scores.index(top)][1]
    assert best is not None
    one.source = best[1]
    one.relayer = relayer(scan, one)
    fill_content(scan, models, one, best[2], cues)


def likely(scan: Scan, decision: str, cue: int, options: Iterable[_Place]) -> list[tuple[float, _Place]]:
    """What the encoder says of each option of a cue's decision, without the hopeless ones."""
    found = list(options)
    said = scan.context.pairs(decision, cue, [option.start for option in found])
    least = max(said, default=0.0) - _HOPELESS
    return [one for one in zip(said, found, strict=True) if one[0] >= least]


def _end(one: Draft, source: tuple[int, int]) -> int:
    return source[1] if source[0] > one.cue else one.cue


def log_sum(scores: list[float]) -> float:
    """The logarithm of the sum of the exponentials: what a score is measured against to be a log-probability."""
    top = max(scores)
    return top + log(sum(exp(score - top) for score in scores))


def sources_of(scan: Scan, models: Models, one: Draft, cues: frozenset[int]) -> list[tuple[float, tuple[int, int]]]:
    """The likeliest token ranges of a cue's source, (-1, -1) for unexpressed, each with its log-probability."""
    weighed = starts(scan, models, one, cues)
    total = log_sum([score for score, _ in weighed])
    top = max(weighed)[0]
    found: list[tuple[float, tuple[int, int]]] = []
    for score, start in weighed:
        if score < top - _CLOSE:
            continue
        if start < 0:
            found.append((score - total, _NOWHERE))
            continue
        if one.form.group == "relay" and start == one.cue + 1:
            start = next((k + 1 for k in range(start + 1, min(start + 12, scan.size - 1)) if scan.words[k] in _RELAYED), start)
        found += [(score - total + chance, (start, end)) for chance, end in sources.phrase_ends(scan, models, start, one.cue, one.form)]
    found.sort(reverse=True)
    return [reading for reading in found[:_READINGS] if reading[0] >= found[0][0] - _CLOSE]


def starts(scan: Scan, models: Models, one: Draft, cues: frozenset[int]) -> list[tuple[float, int]]:
    """Where the source may begin (-1: unexpressed), with scores. Places before the cue are weighed where none behind it is far ahead."""
    where = sources.setting(scan, one.cue, cues)

    def weigh(options: Iterable[sources.Option]) -> list[tuple[float, int]]:
        return [
            (said + models.score("source", sources.option_features(scan, one.cue, one.form, option, where)), option.start)
            for said, option in likely(scan, "source", one.cue, options)
        ]

    nearby = weigh(sources.options_behind(scan, one.cue))
    best = max(nearby)
    unexpressed = next((score for score, start in nearby if start < 0), best[0] - _HOPELESS)
    if best[1] < 0 or best[0] - unexpressed < _FAR_AHEAD:
        nearby += weigh(sources.options_before(scan, one.cue))
    return nearby


def relayer(scan: Scan, one: Draft) -> tuple[int, int] | None:
    """Who relays the account (نقلت … عن …): the phrase between the cue and the word behind which its source stands."""
    if one.form.group != "relay" or one.source[0] <= one.cue + 1 or scan.words[one.source[0] - 1] not in _RELAYED:
        return None
    first, after = one.cue + 1, one.source[0] - 1
    while first < after and scan.classes[first]:
        first += 1
    return (first, sources.trim(scan, first, after)) if first < after else None


def fill_content(scan: Scan, models: Models, one: Draft, opening: contents.Opening, cues: frozenset[int]) -> None:
    """Fill in the token ranges of the content that begins at this opening."""
    cue, form = one.cue, one.form
    one.how = opening.how
    if opening.how != "before":
        stretch = contents.stretch(scan, cue, form, opening)
        spans = [(opening.start, contents.ending(scan, models, stretch, cues))]
    else:
        first = contents.beginning(scan, models, cue, form)
        spans = [(first, contents.before_cue(scan, first, cue))]
        end = max(_end(one, one.source), cue + 1)
        if models.score("resumes", contents.resume_features(scan, cue, form, end)) > 0:
            spans.append((contents.skip(scan, end), scan.sentence(cue)[1]))
    one.content = tuple(tight for first, after in spans if (tight := tighten(scan, first, after))[1] > tight[0])


def tighten(scan: Scan, first: int, after: int) -> tuple[int, int]:
    """A content without the marks and stops at its edges; an opening mark stays where its quotation closes within."""
    edge = ("comma", "stop", "colon", "dash")
    changed = True
    while changed and first < after:
        changed = False
        while first < after and (scan.classes[first] in edge or _opens_alone(scan, first, after)):
            first, changed = first + 1, True
        while first < after and (scan.classes[after - 1] in edge or _unmatched(scan, first, after)):
            after, changed = after - 1, True
    if scan.classes[after] == "mark" and sources.closes_within(scan, first, after):
        after += 1
    return first, after


def _opens_alone(scan: Scan, first: int, after: int) -> bool:
    """Whether the content begins with a mark that wraps all of it, or that belongs to nothing in it."""
    if scan.classes[first] != "mark":
        return False
    close = scan.closes.get(first, first)
    return close == first or close >= after - 2


def _unmatched(scan: Scan, first: int, after: int) -> bool:
    """Whether the last token is a mark or bracket that opens there, or closes what opened before the content."""
    if scan.classes[after - 1] == "mark":
        return not sources.closes_within(scan, first, after - 1)
    return scan.words[after - 1] in "([{" or (
        scan.words[after - 1] in ")]}" and not any(scan.words[k] in "([{" for k in range(first, after - 1))
    )


def nest(drafts: list[Draft]) -> None:
    """Find the smallest claim around each: the one in whose content its cue stands. A sweep over contents and cues in order."""
    spans = sorted(((first, after, k) for k, one in enumerate(drafts) for first, after in one.content), reverse=True)
    around: list[tuple[int, int]] = []
    for one in drafts:
        while spans and spans[-1][0] <= one.cue:
            _first, after, k = spans.pop()
            around.append((after, k))
        around = [(after, k) for after, k in around if after > one.cue]
        holders = [drafts[k] for _, k in around if drafts[k] is not one]
        one.outer = min(holders, key=Draft.size, default=None)


def name_speakers(scan: Scan, models: Models, drafts: list[Draft]) -> Cast:
    """Give every claim its speaker, and find which claim it stands in. Who speaks in the text."""
    cast = Cast(scan, models)
    nest(drafts)
    for one in drafts:
        if one.source != _NOWHERE:
            one.speaker = cast.named(one.source, one.cue, one.form, nested=one.outer is not None)
        else:
            within = one.outer.speaker if one.outer else None
            one.speaker = cast.unexpressed(one.cue, one.form, within, nested=one.outer is not None)
    settled = cast.settle()
    for one in drafts:
        if one.speaker in settled:
            one.speaker = settled[one.speaker]
    return cast


def finish(scan: Scan, models: Models, drafts: list[Draft]) -> tuple[Claim, ...]:
    """The drafts as claims, in raw offsets."""
    return tuple(_claim(scan, models, one) for one in drafts)


def _claim(scan: Scan, models: Models, one: Draft) -> Claim:
    span = scan.reading.span
    form = models.name("form", FORMS, form_features(scan, one.cue, list(one.content)))
    told = addressee(scan, one.cue, one.form, one.source, one.content[0][0])
    return Claim(
        cue=span(one.cue, one.cue + 1),
        source=_source(scan, models, one),
        content=tuple(span(first, after) for first, after in one.content),
        form=form,  # type: ignore[arg-type]  # one of FORMS
        attitude=attitude(one.form),
        addressee=span(*told) if told else None,
        chain=_chain(scan, one),
        rule=rule(one),
    )


def rule(one: Draft) -> str:
    """The readable name of how this claim was found: the cue's group and part, where its source and its content stood."""
    side = "unexpressed" if one.source == _NOWHERE else "after" if one.source[0] > one.cue else "before"
    return f"{one.form.group} {one.form.part}, source {side}, content by {one.how}"


def _chain(scan: Scan, one: Draft) -> tuple[str, ...]:
    """Through whom the account came, nearest first: the relayer, then each claim around this one that another source gives."""
    names: list[str] = []
    if one.relayer:
        names.append(_text(scan, one.relayer))
    outer, inner = one.outer, one
    while outer is not None and outer.covers(one) and outer.size() >= inner.size():
        if outer.speaker is not None and outer.speaker is not one.speaker:
            name = _text(scan, outer.speaker.name)
            if name not in names:
                names.append(name)
        outer, inner = (outer.outer, outer) if outer.outer is not inner else (None, outer)
    return tuple(names)


def _text(scan: Scan, tokens: tuple[int, int]) -> str:
    return " ".join(plain(scan, scan.reading.span(*tokens).of(scan.reading.raw)).split())


def _source(scan: Scan, models: Models, one: Draft) -> Source:
    entity = one.speaker
    span: Span | None = scan.reading.span(*one.source) if one.source != _NOWHERE else None
    if entity is None:
        return Source(span)
    return Source(span, _text(scan, entity.name), entity.kind, _naming(scan, entity))  # type: ignore[arg-type]


def _naming(scan: Scan, entity: Entity) -> str:
    if entity.kind == "person":
        return "named"
    if entity.kind == "anonymous":
        first = scan.words[entity.name[0]]
        return (
            "collective"
            if first.endswith(("ون", "ين", "ات"))
            or (scan.heads[entity.name[0]] == "people" and first.startswith(("مصادر", "المصادر", "شهود")))
            else "anonymous"
        )
    return "institutional" if entity.kind in ("organisation", "media", "document") else "unspecified"
