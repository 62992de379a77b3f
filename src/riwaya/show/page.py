"""One HTML page that needs nothing else: each article with its claims highlighted, and its ledger beside it.

Works without a script and makes no request: a content security policy allows the page's own style, by its digest, and nothing more. A cue
in the text and its entry in the ledger link to each other, and lists of the places and actors link to where they are named. A place is told
by its coordinates, as text: no map is fetched. Everything that comes from an article is escaped; an address becomes a link
only if it is http or https.
"""

from __future__ import annotations

import base64
import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from riwaya.model import ActorMention, Annotations, Claim, PlaceMention, Quantity, Scope, Source, Span, TimeExpression
from riwaya.show.clean import one_line, visible
from riwaya.show.grouped import actors, places
from riwaya.show.labels import Labels, coordinates, load_labels, title
from riwaya.show.ledger import fullest, outside
from riwaya.show.segments import Layer, Segment, cut, layers

_MOST_NAMED = 8  # claims that one stretch of text is said to belong to; more lie over each other in no report


class Page:
    """Writes the whole page when all is read, because its list of contents stands first."""

    def __init__(self, *, language: str = "ar") -> None:
        self.labels = load_labels(language)
        self.sections: list[str] = []
        self.titles: list[tuple[str, int]] = []
        self.most_claims = 0
        self.made_by = ""

    def begin(self) -> str:
        """Nothing."""
        return ""

    def add(self, annotations: Annotations) -> str:
        """Nothing; the article's section is kept for `end`."""
        self.titles.append((_safe(one_line(title(annotations.article))), len(annotations.claims)))
        self.sections.append("".join(_Section(annotations, self.labels, len(self.titles)).parts()))
        self.most_claims = max(self.most_claims, len(annotations.claims))
        self.made_by = annotations.made_by or self.made_by
        return ""

    def end(self) -> str:
        """The page."""
        labels = self.labels
        name = self.titles[0][0] if len(self.titles) == 1 else labels["page"]
        style = _style(self.most_claims)
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        return (
            f'<!doctype html>\n<html lang="{labels.language}" dir="{"rtl" if labels.rtl else "ltr"}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n'
            f"<title>{name}</title>\n<style>{style}</style>\n</head>\n<body>\n{self._contents()}<main>\n"
            f"{''.join(self.sections)}</main>\n<footer><p>{labels['offsets']}</p>{self._made_by()}</footer>\n</body>\n</html>\n"
        )

    def _contents(self) -> str:
        if len(self.titles) == 1:
            return ""
        links = "".join(
            f'<li><a href="#a{place}"><bdi>{name}</bdi></a> <span class="counts">{self.labels["claims"]} {claims}</span></li>\n'
            for place, (name, claims) in enumerate(self.titles, 1)
        )
        return f'<h1>{self.labels["page"]}</h1>\n<nav class="index" aria-label="{self.labels["contents"]}"><ol>\n{links}</ol></nav>\n'

    def _made_by(self) -> str:
        return f"<p>{self.labels['made_by']}: <bdi>{_safe(self.made_by)}</bdi></p>" if self.made_by else ""


class _Section:
    """One article: its head, its text, its ledger. Identifiers are `a1`, and within it `a1c2` (an entry), `a1t2` (a cue), `a1p2` (where a
    place is named), `a1w2` (where an actor is), `a1pl` and `a1wl` (their lists)."""

    def __init__(self, annotations: Annotations, labels: Labels, place: int) -> None:
        self.annotations = annotations
        self.article = annotations.article
        self.text = annotations.article.text
        self.labels = labels
        self.id = f"a{place}"
        self.passages = sorted(annotations.article.passages, key=lambda passage: passage.span)
        numbered: list[tuple[PlaceMention | ActorMention, str]] = []
        numbered += [(mention, f"p{number}") for number, mention in enumerate(annotations.places, 1)]
        numbered += [(mention, f"w{number}") for number, mention in enumerate(annotations.actors, 1)]
        self.anchors = {mention: f"{self.id}{name}" for mention, name in numbered if _stands(_marked(mention), self.text)}

    def parts(self) -> Iterator[str]:
        yield f'<section class="article" id="{self.id}" aria-labelledby="{self.id}h">\n<header>\n'
        yield from self._head()
        yield f'<a class="jump" href="#{self.id}l">{self.labels["skip"]}</a>\n</header>\n<div class="pair">\n'
        yield f'<div class="text" role="region" aria-label="{self.labels["article"]}" lang="ar" dir="rtl">\n'
        yield from self._paragraphs()
        yield f'</div>\n<div class="ledger" id="{self.id}l" role="region" aria-label="{self.labels["ledger"]}" tabindex="0">\n'
        yield from self._ledger()
        yield "</div>\n</div>\n</section>\n"

    def _head(self) -> Iterator[str]:
        article, labels = self.article, self.labels
        yield f'<h2 id="{self.id}h"><bdi>{_safe(one_line(title(article)))}</bdi></h2>\n'
        date = f"{labels['published']}: {_ltr(article.published.isoformat())}" if article.published else labels["unpublished"]
        about = [f"<bdi>{_safe(article.outlet)}</bdi>"] if article.outlet else []
        yield f'<p class="about">{" · ".join([*about, date, *([_link(article.url)] if article.url else [])])}</p>\n'
        found = self.annotations
        counts = {"claims": len(found.claims), "speakers": len(_speakers(found.claims))}
        counts |= {"quantities": len(found.quantities), "times": len(found.times)}
        told = [f"{labels[name]} {count}" for name, count in counts.items()]
        for name, letter, count in (("actors", "w", len(actors(found.actors))), ("places", "p", len(places(found.places, self.text)))):
            told.append(f'<a href="#{self.id}{letter}l">{labels[name]} {count}</a>' if count else f"{labels[name]} 0")
        yield f'<p class="counts">{" · ".join(told)}</p>\n'
        marked = ("source", "cue", "content", "quantity", "time", "place", "actor")
        names = {name: labels["claim" if name == "content" else name] for name in marked}
        names["to"] = labels["addressee"]
        key = "".join(f'<span class="{name}">{label}</span>' for name, label in names.items())
        yield f'<p class="key"><span>{labels["key"]}:</span>{key}</p>\n'

    def _paragraphs(self) -> Iterator[str]:
        breaks = [at for at, char in enumerate(self.text) if char == "\n"]
        edges = {edge for at in breaks for edge in (at, at + 1)}
        paragraph: list[str] = []
        begun = 0
        for segment in cut(layers(self.annotations), len(self.text), edges):
            if segment.span.of(self.text) == "\n":
                yield from self._paragraph(paragraph, begun, segment.span.start)
                paragraph, begun = ([anchors] if (anchors := self._anchors(segment)) else []), segment.span.end
            else:
                paragraph.append(self._segment(segment))
        yield from self._paragraph(paragraph, begun, len(self.text))

    def _paragraph(self, written: list[str], start: int, end: int) -> Iterator[str]:
        if not written:
            return
        at = bisect_right(self.passages, start, key=lambda passage: passage.span.end)
        kind = self.passages[at].kind if at < len(self.passages) and self.passages[at].span.start < end else "body"
        label = f' data-label="{self.labels["furniture"]}"' if kind == "furniture" else ""
        yield f'<p class="{kind}"{label}>{"".join(written)}</p>\n'

    def _anchors(self, segment: Segment) -> str:
        """What the ledger's links lead to: an empty element before each mention and each cue."""
        named = [(layer.role[0], layer.mention) for layer in segment.opens if layer.mention]
        mentions = "".join(f'<span class="m" id="{self.id}{"p" if role == "p" else "w"}{number}"></span>' for role, number in named)
        cues = [layer.claim for layer in segment.opens if layer.role == "cue"]
        return mentions + "".join(f'<span class="t t{claim}" id="{self.id}t{claim}"></span>' for claim in cues)

    def _segment(self, segment: Segment) -> str:
        anchors = self._anchors(segment)
        words = _safe(segment.span.of(self.text), lines=False)
        if not segment.layers:
            return anchors + words
        classes, cue = _classes(segment.layers)
        opened = next((layer for layer in segment.opens if layer.role == "content"), None)
        if cue:
            number = f' data-n="{cue.claim}"' if cue.span.end == segment.span.end else ""
            return f'{anchors}<a class="{classes}" href="#{self.id}c{cue.claim}"{number}>{words}</a>'
        if opened:
            return f'{anchors}<span class="{classes} opens" data-n="{opened.claim}">{words}</span>'
        return f'{anchors}<span class="{classes}">{words}</span>'

    def _ledger(self) -> Iterator[str]:
        claims = self.annotations.claims
        if not claims:
            yield f'<p class="none">{self.labels["no_claims"]}</p>\n'
        else:
            yield from self._index()
            yield "<ol>\n"
            for place, claim in enumerate(claims, 1):
                yield from self._entry(claim, place)
            yield "</ol>\n"
        quantities, times, _ = outside(self.annotations)
        if rows := list(self._figures(quantities, times)):
            yield f'<div class="other">\n<h3>{self.labels["unreported"]}</h3>\n{_list(rows)}</div>\n'
        yield from self._actors()
        yield from self._places()

    def _index(self) -> Iterator[str]:
        """Each speaker with links to the claims that are theirs: rival accounts at a glance."""
        yield f'<div class="speakers">\n<h3>{self.labels["speakers"]}</h3>\n<ul>\n'
        for claims in _speakers(self.annotations.claims).values():
            source = fullest([claim.source for _, claim in claims])
            links = " ".join(f'<a href="#{self.id}c{place}">{place}</a>' for place, _ in claims)
            yield f'<li>{self._name(source)} <span class="who">({self._who(source)})</span>: {links}</li>\n'
        yield "</ul>\n</div>\n"

    def _entry(self, claim: Claim, place: int) -> Iterator[str]:
        labels = self.labels
        link = str(place)
        if claim.cue.start < claim.cue.end:
            link = f'<a href="#{self.id}t{place}" aria-label="{labels["claim"]} {place}: {labels["in_text"]}">{place}</a>'
        yield f'<li class="claim c{place}" id="{self.id}c{place}">\n'
        yield f'<h3>{link} {self._name(claim.source)} <span class="who">({self._who(claim.source)})</span></h3>\n'
        yield f"<p>{' · '.join(self._said(claim))}</p>\n"
        if claim.chain:
            through = f" {labels['from']} ".join(f"<bdi>{_safe(name)}</bdi>" for name in reversed(claim.chain))
            yield f"<p>{labels['chain']}: {through} {labels['from']} {self._name(claim.source)}</p>\n"
        for span in claim.content:
            yield f'<blockquote lang="ar" dir="rtl">{_safe(span.of(self.text))} {_at(span)}</blockquote>\n'
        times = [time for time in claim.times if time != claim.when]
        when = [self._time(claim.when, "when", claim.when_from)] if claim.when else []
        where = [self._place(claim.where, "where", claim.where_from)] if claim.where else []
        named = [self._place(mention) for mention in claim.places if mention != claim.where]
        yield _list([*self._figures(claim.quantities, ()), *when, *self._figures((), times), *where, *named, *self._acting(claim)])
        yield "</li>\n"

    def _said(self, claim: Claim) -> Iterator[str]:
        labels, source, to = self.labels, claim.source.span, claim.addressee
        yield self._words(claim.cue, "b")
        yield labels.of("form", claim.form)
        if claim.attitude != "asserted":
            yield f'<span class="alert">{labels.of("attitude", claim.attitude)}</span>'
        yield f"{labels['said_by']}: {self._words(source)}" if source else labels["unexpressed"]
        if to:
            yield f"{labels['to']}: {self._words(to)}"

    def _figures(self, quantities: Sequence[Quantity], times: Sequence[TimeExpression]) -> Iterator[str]:
        for quantity in quantities:
            yield self._figure("quantity", self._words(quantity.span), self.labels.amount(quantity))
        for time in times:
            yield self._time(time)

    def _time(self, time: TimeExpression, what: str = "time", scope: Scope = "content") -> str:
        return self._figure(what, self._words(time.span), self.labels.interval(time, self.article)) + self._scope(scope)

    def _figure(self, what: str, words: str, value: str) -> str:
        return f"{self.labels[what]}: {words} = <bdi>{_safe(value)}</bdi>"

    def _scope(self, scope: Scope) -> str:
        return "" if scope == "content" else f'{self.labels["comma"]}<span class="who">{self.labels.of("scope", scope)}</span>'

    # -- who and where

    def _place(self, mention: PlaceMention, what: str = "place", scope: Scope = "content") -> str:
        """A place as the text has it, which place that is, and how exactly that is known."""
        return self._figure(what, self._named(mention), self._where(mention)) + self._scope(scope)

    def _where(self, mention: PlaceMention) -> str:
        """Where a mention is; under the Arabic name, where the gazetteer has no other."""
        place, told = mention.location.place, self.labels.where(mention.location)
        return f"{one_line(place.name)}{self.labels['comma']}{told}" if place and not self.labels.name(place) else told

    def _acting(self, claim: Claim) -> Iterator[str]:
        """Those who act in the content, each once, in one row."""
        told = []
        for mentions in actors(claim.actors).values():
            first = mentions[0]
            value = self._who_acts(first, one_line(first.span.of(self.text)))
            told.append(f"{self._named(first)}{f' = {value}' if value else ''}")
        if told:
            yield f"{self.labels['actors']}: {' · '.join(told)}"

    def _who_acts(self, mention: ActorMention, words: str) -> str:
        """Who an actor is beside what the words say already."""
        name, about = self.labels.called(mention) or one_line(mention.name if mention.resolved else ""), self.labels.acts(mention)
        if not name or name == words:
            return f"<bdi>{_safe(about)}</bdi>" if about else ""
        return _about(name, about)

    def _named(self, mention: PlaceMention | ActorMention) -> str:
        """The words of a mention, as a link to where they stand."""
        span, anchor = _marked(mention), self.anchors.get(mention)
        words = f'<bdi lang="ar">{_safe(one_line(span.of(self.text)))}</bdi>'
        return f'<a href="#{anchor}">{words}</a> {_at(span)}' if anchor else f"{words} {_at(span)}"

    def _actors(self) -> Iterator[str]:
        """Every actor of the article once, those who are known first, with links to where they are named."""
        groups = sorted(actors(self.annotations.actors).values(), key=lambda mentions: not mentions[0].resolved)
        rows = []
        for mentions in groups:
            name = self.labels.called(mentions[0]) or one_line(mentions[0].name)
            about = self.labels.acts(mentions[0])
            rows.append(f"{_about(name, about)}: {self._links(mentions)}")
        yield from self._listed("actors", "w", rows)

    def _places(self) -> Iterator[str]:
        """Every place of the article once for each precision, with its point, and links to where it is named."""
        rows = []
        for mentions in places(self.annotations.places, self.text).values():
            first = mentions[0]
            words = one_line(first.span.of(self.text)) if first.location.place is None else ""
            point = coordinates(first.location)
            told = f'<bdi lang="ar">{_safe(words)}</bdi> ' if words else ""
            rows.append(f"{told}<bdi>{_safe(self._where(first))}</bdi>{f' {_ltr(point)}' if point else ''}: {self._links(mentions)}")
        yield from self._listed("places", "p", rows)

    def _listed(self, what: str, letter: str, rows: list[str]) -> Iterator[str]:
        if rows:
            yield f'<div class="other" id="{self.id}{letter}l">\n<h3>{self.labels[what]}</h3>\n{_list(rows)}</div>\n'

    def _links(self, mentions: Iterable[PlaceMention | ActorMention]) -> str:
        """The offsets of mentions, each a link to where it stands."""
        return " ".join(
            f'<a href="#{self.anchors[mention]}">{_at(_marked(mention))}</a>' if mention in self.anchors else _at(_marked(mention))
            for mention in mentions
        )

    def _words(self, span: Span, element: str = "span") -> str:
        return f'<{element}><bdi lang="ar">{_safe(one_line(span.of(self.text)))}</bdi></{element}> {_at(span)}'

    def _name(self, source: Source) -> str:
        return f'<bdi lang="ar">{_safe(source.name)}</bdi>' if source.name else f'<span class="alert">{self.labels["nobody"]}</span>'

    def _who(self, source: Source) -> str:
        return self.labels["comma"].join(f"<bdi>{_safe(fact)}</bdi>" for fact in self.labels.who(source))


def _marked(mention: PlaceMention | ActorMention) -> Span:
    """The words of a mention as they are marked: of a place with those that say where it lies from it."""
    return mention.phrase if isinstance(mention, PlaceMention) else mention.span


def _stands(span: Span, text: str) -> bool:
    return 0 <= span.start < span.end <= len(text)


def _about(name: str, about: str) -> str:
    told = f' <span class="who">(<bdi>{_safe(about)}</bdi>)</span>' if about else ""
    return f"<bdi>{_safe(name)}</bdi>{told}"


def _list(rows: Iterable[str]) -> str:
    written = "".join(f"<li>{row}</li>\n" for row in rows)
    return f'<ul class="figures">\n{written}</ul>\n' if written else ""


def _speakers(claims: Sequence[Claim]) -> dict[str | None, list[tuple[int, Claim]]]:
    """Numbered claims by speaker, in the order in which speakers are first heard."""
    found: dict[str | None, list[tuple[int, Claim]]] = {}
    for place, claim in enumerate(claims, 1):
        found.setdefault(claim.source.name, []).append((place, claim))
    return found


def _classes(found: Sequence[Layer]) -> tuple[str, Layer | None]:
    """The classes of a segment, and the cue that lies over it, if one does."""
    roles = list(dict.fromkeys(layer.role for layer in found))
    cue = next((layer for layer in found if layer.role == "cue"), None)
    if sum(layer.role == "content" for layer in found) > 1:
        roles.append("inner")  # type: ignore[arg-type]
    claims = list(dict.fromkeys(layer.claim for layer in found if layer.claim))[-_MOST_NAMED:]
    return " ".join([*roles, *(f"k{claim}" for claim in claims)]), cue


def _style(claims: int) -> str:
    """The page's style, with a rule for each number of a claim: where its cue or its entry is the target, all of it is shown chosen."""
    chosen = ",".join(f".pair:has(.t{place}:target,.c{place}:target) .k{place}" for place in range(1, claims + 1))
    css = Path(__file__).with_name("page.css").read_text("utf-8")
    return css + (f"{chosen} {{ background-color: var(--chosen); }}\n" if chosen else "")


def _safe(text: str | None, *, lines: bool = True) -> str:
    shown = escape(visible(text or ""), quote=True)
    return shown.replace("\n", "<br>") if lines else shown


def _ltr(text: str) -> str:
    return f'<bdi dir="ltr">{escape(text)}</bdi>'


def _at(span: Span) -> str:
    return f'<bdi dir="ltr" class="at">[{span.start}:{span.end}]</bdi>'


def _link(url: str) -> str:
    shown = f'<bdi dir="ltr">{_safe(url)}</bdi>'
    if not url.lower().startswith(("https://", "http://")):
        return shown
    return f'<a href="{_safe(url, lines=False)}" rel="noopener noreferrer external">{shown}</a>'
