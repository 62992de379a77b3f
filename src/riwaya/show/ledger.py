"""The ledger in a terminal: each claim of an article, who gave it, in which words, through whom, how sure, with what it counts and dates,
where and when that is, and who acts in it.

Numbers in brackets are `start:end` in code points of the raw text, so that `text[start:end]` is what stands before them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from riwaya.model import Annotations, Claim, PlaceMention, Quantity, Scope, Source, Span, TimeExpression
from riwaya.show.clean import one_line, visible
from riwaya.show.formats import Look
from riwaya.show.grouped import actors, places
from riwaya.show.labels import Labels, load_labels, title
from riwaya.show.lines import RTL_OFF, RTL_ON, Line, Piece, paint, wrap

_INDENT = "    "
_RULE = "─"


class Ledger:
    """Writes an article's ledger after another's."""

    def __init__(self, look: Look | None = None) -> None:
        self.look = look or Look()
        self.labels = load_labels(self.look.language)

    def begin(self) -> str:
        """Nothing."""
        return ""

    def add(self, annotations: Annotations) -> str:
        """The article's ledger, with an empty line after it."""
        written = []
        rtl = False
        for line, arabic in _Entries(annotations, self.labels, self.look).lines():
            if self.look.terminal and arabic != rtl:
                written.append(RTL_ON if arabic else RTL_OFF)
                rtl = arabic
            written.append(paint(line, color=self.look.color, rtl=arabic) + "\n")
        return "".join(written) + (RTL_OFF if rtl else "") + "\n"

    def end(self) -> str:
        """Nothing."""
        return ""


Marked = tuple[Line, bool]  # a line, and whether it runs from right to left


class _Fact(NamedTuple):
    """Words of the text with what they are: `label: words [at] = value` in Arabic, `label value [at]: words` in English."""

    label: str
    words: str
    span: Span | None = None
    value: str = ""
    style: str = "plain"


class _Entries:
    """One article's ledger, as lines."""

    def __init__(self, annotations: Annotations, labels: Labels, look: Look) -> None:
        self.annotations = annotations
        self.article = annotations.article
        self.text = annotations.article.text
        self.labels = labels
        self.look = look

    def lines(self) -> Iterator[Marked]:
        """The whole ledger."""
        yield [Piece(_RULE * self.look.columns, "faint")], self.labels.rtl
        yield from self._head()
        if not self.annotations.claims:
            yield from self._own([Piece(self.labels["no_claims"])])
        elif self.look.by == "speaker":
            yield from self._by_speaker()
        else:
            for place, claim in enumerate(self.annotations.claims, 1):
                yield [], self.labels.rtl
                yield from self._own([Piece(f"{place}. ", "faint"), *self._speaker(claim.source)])
                yield from self._entry(claim)
        yield from self._rest()

    def _head(self) -> Iterator[Marked]:
        article, labels = self.article, self.labels
        name = one_line(title(article))
        yield from self._own([Piece(name, "strong")], arabic=name != one_line(article.id))
        if article.outlet:
            yield from self._own([Piece(one_line(article.outlet), "faint")], arabic=True)
        date = f"{labels['published']}: {labels.day(article.published)}" if article.published else labels["unpublished"]
        yield from self._own([Piece(date, "faint")])
        if article.url:
            yield from self._own([Piece(one_line(article.url), "faint")])
        found = self.annotations
        speakers = {claim.source.name for claim in found.claims} - {None}
        counts = {"claims": len(found.claims), "speakers": len(speakers), "quantities": len(found.quantities), "times": len(found.times)}
        counts |= {"actors": len(actors(found.actors)), "places": len(places(found.places, self.text))}
        yield from self._own([Piece(" · ".join(f"{labels[name]} {count}" for name, count in counts.items()))])

    def _by_speaker(self) -> Iterator[Marked]:
        """Claims under their speakers, speakers in the order in which they are first heard."""
        groups: dict[str | None, list[tuple[int, Claim]]] = {}
        for place, claim in enumerate(self.annotations.claims, 1):
            groups.setdefault(claim.source.name, []).append((place, claim))
        for claims in groups.values():
            yield [], self.labels.rtl
            told = Piece(f"{self.labels['claims']} {len(claims)} · ", "faint")
            yield from self._own([told, *self._speaker(fullest([claim.source for _, claim in claims]))])
            for place, claim in claims:
                yield from self._entry(claim, f"{place}. ")

    def _speaker(self, source: Source) -> list[Piece]:
        name = Piece(one_line(source.name), "strong") if source.name else Piece(self.labels["nobody"], "alert")
        known = self.labels["comma"].join(map(one_line, self.labels.who(source)))
        return [name, Piece(f" ({known})", "faint")] if self.labels.rtl else [Piece(f"{known}: ", "faint"), name]

    def _entry(self, claim: Claim, number: str = "") -> Iterator[Marked]:
        yield from self._said(claim, number)
        for span in claim.content:
            yield from self._own([Piece(visible(span.of(self.text)).strip()), _at(span)], deep=2, arabic=True)
        for quantity in claim.quantities:
            yield from self._quantity(quantity, 2)
        yield from self._placed(claim)
        yield from self._facts(list(self._actors(claim)), deep=2)

    def _placed(self, claim: Claim) -> Iterator[Marked]:
        """The times and places of the content: the ones that say when and where it is first, wherever they stand."""
        if claim.when:
            yield from self._time(claim.when, 2, "when", claim.when_from)
        for time in claim.times:
            if time != claim.when:
                yield from self._time(time, 2)
        if claim.where:
            yield from self._place(claim.where, 2, "where", claim.where_from)
        for place in claim.places:
            if place != claim.where:
                yield from self._place(place, 2)

    def _actors(self, claim: Claim) -> Iterator[_Fact]:
        """Those who act in the content, each once; in Arabic behind one label."""
        label = self.labels["actors" if self.labels.rtl else "actor"]
        for mentions in actors(claim.actors).values():
            first = mentions[0]
            words, value = one_line(first.span.of(self.text)), self.labels.acts(first)
            name = self.labels.called(first)
            if not name and first.resolved and first.name != words:
                words += f" = {one_line(first.name)}"
            elif name and name != words:
                value = f"{name} ({value})" if value else name
            yield _Fact(label, words, first.span, value)
            label = "" if self.labels.rtl else label

    def _said(self, claim: Claim, number: str) -> Iterator[Marked]:
        """The cue and the source as they are written, the form, the attitude where it is not plain assertion, the addressee, the chain."""
        labels, source, to = self.labels, claim.source.span, claim.addressee
        how = labels.of("form", claim.form)
        if claim.attitude != "asserted":
            how += f"{labels['comma']}{labels.of('attitude', claim.attitude)}"
        style = "plain" if claim.attitude == "asserted" else "alert"
        cue = one_line(claim.cue.of(self.text))
        if labels.rtl:
            facts = [_Fact("", cue, claim.cue, style="cue"), _Fact("", how, style=style)]
        else:
            facts = [_Fact(f"{labels['cue']} ({how})", cue, claim.cue, style="cue")]
        if source:
            facts.append(_Fact(labels["said_by"], one_line(source.of(self.text)), source))
        else:
            facts.append(_Fact("", labels["unexpressed"], style="faint"))
        if to:
            facts.append(_Fact(labels["to"], one_line(to.of(self.text)), to))
        if claim.chain:
            through = f" {load_labels('ar')['from']} ".join(map(one_line, [*reversed(claim.chain), claim.source.name or labels["nobody"]]))
            facts.append(_Fact(labels["chain"], through))
        yield from self._facts(facts, number)

    def _facts(self, facts: list[_Fact], number: str = "", *, deep: int = 1) -> Iterator[Marked]:
        """In Arabic one after another; in English a line each, so that no line has English after Arabic."""
        before = [Piece(number, "faint")] if number else []
        if self.labels.rtl and facts:
            between = Piece(" · ", "faint")
            told = [piece for fact in facts for piece in (between, *self._told(fact))]
            yield from self._own([*before, *told[1:]], deep=deep)
            return
        for place, fact in enumerate(facts):
            yield from self._own([*(before if place == 0 else []), *self._told(fact)], deep=deep)

    def _told(self, fact: _Fact) -> list[Piece]:
        label = [Piece(f"{fact.label}", "faint")] if fact.label else []
        at = [_at(fact.span)] if fact.span else []
        colon = [Piece(": ", "faint")] if fact.label else []
        words = Piece(fact.words, fact.style)
        if self.labels.rtl:
            return [*label, *colon, words, *at, *([Piece(f" = {fact.value}")] if fact.value else [])]
        return [*label, *([Piece(f" {fact.value}")] if fact.value else []), *at, *colon, words]

    def _quantity(self, quantity: Quantity, deep: int) -> Iterator[Marked]:
        yield from self._figure("quantity", quantity.span, self.labels.amount(quantity), deep)

    def _time(self, time: TimeExpression, deep: int, what: str = "time", scope: Scope = "content") -> Iterator[Marked]:
        yield from self._figure(what, time.span, self._scoped(self.labels.interval(time, self.article), scope), deep)

    def _place(self, place: PlaceMention, deep: int, what: str = "place", scope: Scope = "content") -> Iterator[Marked]:
        """A place; in English under its Latin name, or where the gazetteer has none, with the Arabic one behind the words."""
        words, known = one_line(place.phrase.of(self.text)), place.location.place
        if known and not self.labels.name(known) and known.name not in words:
            words += f" = {one_line(known.name)}"
        value = self._scoped(self.labels.where(place.location), scope)
        yield from self._own(self._told(_Fact(self.labels[what], words, place.phrase, value, "plain")), deep=deep)

    def _scoped(self, value: str, scope: Scope) -> str:
        return value if scope == "content" else f"{value}{self.labels['comma']}{self.labels.of('scope', scope)}"

    def _figure(self, what: str, span: Span, value: str, deep: int) -> Iterator[Marked]:
        fact = _Fact(self.labels[what], one_line(span.of(self.text)), span, value, "strong")
        yield from self._own(self._told(fact), deep=deep)

    def _rest(self) -> Iterator[Marked]:
        """What is counted, dated and placed outside the claims, in the paper's own voice."""
        quantities, times, elsewhere = outside(self.annotations)
        if not quantities and not times and not elsewhere:
            return
        yield [], self.labels.rtl
        yield from self._own([Piece(self.labels["unreported"], "strong")])
        for quantity in quantities:
            yield from self._quantity(quantity, 1)
        for time in times:
            yield from self._time(time, 1)
        for place in elsewhere:
            yield from self._place(place, 1)

    def _own(self, pieces: list[Piece], *, deep: int = 0, arabic: bool = False) -> Iterator[Marked]:
        indent = _INDENT * deep
        for line in wrap(pieces, self.look.columns, first=indent, rest=indent):
            yield line, arabic or self.labels.rtl


def fullest(sources: list[Source]) -> Source:
    """The one that says most of a speaker: role and affiliation may stand beside one claim only."""
    first = sources[0]
    role = next((source.role for source in sources if source.role), None)
    affiliation = next((source.affiliation for source in sources if source.affiliation), None)
    return Source(first.span, first.name, first.kind, first.naming, role, affiliation)


def outside(annotations: Annotations) -> tuple[list[Quantity], list[TimeExpression], list[PlaceMention]]:
    """The quantities and times that no claim holds, and a mention of each place that none does, nor is at."""
    claims = annotations.claims
    quantities = {quantity.span for claim in claims for quantity in claim.quantities}
    times = {time.span for claim in claims for time in (*claim.times, *((claim.when,) if claim.when else ()))}
    named = (place for claim in claims for place in (*claim.places, *((claim.where,) if claim.where else ())))
    told = places(named, annotations.article.text)
    return (
        [quantity for quantity in annotations.quantities if quantity.span not in quantities],
        [time for time in annotations.times if time.span not in times],
        [mentions[0] for key, mentions in places(annotations.places, annotations.article.text).items() if key not in told],
    )


def _at(span: Span) -> Piece:
    return Piece(f"\u00a0[{span.start}:{span.end}]", "faint")
