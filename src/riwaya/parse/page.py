"""One HTML page to one article: its headline, deck and body as one text, and what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from riwaya.lang.tables import Words
from riwaya.model import Passage, PassageKind, Span
from riwaya.parse.body import main_blocks
from riwaya.parse.dates import published_date
from riwaya.parse.facts import Facts, facts
from riwaya.parse.furniture import passages
from riwaya.parse.markup import Block, Markup, Node, attributes, scan
from riwaya.text.normal import fold

_BODY: PassageKind = "body"
_NAMING = frozenset(("class", "id", "itemprop", "rel", "role"))
_DECK_TAGS = frozenset(("h2", "h3", "h4"))
_DECK = re.compile(
    r"deck|stand-?first|sub-?(?:title|head)|summary|excerpt|(?<![a-z])intro(?![a-z])|(?<![a-z])lead(?![a-z])|chapo|abstract|(?<![a-z])dek(?![a-z])|"
    r"alternative-?headline|description",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"byline|(?<![a-z])author(?![a-z])|(?<![a-z])writer(?![a-z])", re.IGNORECASE)
_LONGEST_BYLINE = 12  # words
_SHORTEST_DECK, _LONGEST_DECK = 4, 60
_LONGEST_HEADLINE = 400  # code points
_CUT = 20  # code points that two titles must share for one to be the other cut short
_NEAR = 30  # blocks around the headline that may be its byline, deck or date
_SITE = re.compile(r"\s[|–—-]\s|\|")
_TOO_LITTLE = 0.5  # of the words that JSON-LD gives as the article's: a body with fewer was cut short by its markup


@dataclass(frozen=True, slots=True)
class Page:
    """What was read of a page. `text` is headline, deck and body, a line each; `passages` say which is which; empty if there is no body."""

    text: str = ""
    passages: tuple[Passage, ...] = ()
    headline: str | None = None
    deck: str | None = None
    byline: str | None = None
    published: date | None = None
    stated_date: str | None = None
    language: str | None = None
    url: str | None = None
    outlet: str | None = None


def read_page(html: str, *, words: Words | None = None) -> Page:
    """Read a page. Never fails, and takes time in proportion to its length; a page without prose has no text."""
    markup = scan(html.replace("\0", ""))
    known = facts(markup)
    at = _headline_block(markup, known)
    headline = markup.blocks[at].text if at is not None else next((_without_site(title, known.outlet) for title in known.titles), "")
    body = [number for number in main_blocks(markup, at) if number != at]
    deck = _deck(markup, known, at, body, headline)
    spoken = {fold(headline), fold(deck)}
    blocks = (markup.blocks[number].text for number in body)
    lines = [text for text in blocks if len(text) > _LONGEST_HEADLINE or fold(text) not in spoken]
    if len(known.text.split()) * _TOO_LITTLE > sum(len(line.split()) for line in lines):
        lines = known.text.split("\n")
    lines = _without_furniture(lines, words)
    text, marks = _compose([("headline", headline), ("deck", deck), *((_BODY, line) for line in lines)]) if lines else ("", ())
    published = known.published or _time_element(markup, at, body)
    return Page(
        text=text,
        passages=marks,
        headline=headline or None,
        deck=deck or None,
        byline=known.byline or _byline_block(markup, at, body),
        published=published,
        stated_date=None if published else known.stated_date,
        language=known.language,
        url=known.url,
        outlet=known.outlet,
    )


def _headline_block(markup: Markup, known: Facts) -> int | None:
    """The block that is the headline: a heading that says what the page says its title is, or the only heading of the first rank."""
    wanted = {fold(title) for title in known.titles} | {fold(_without_site(title, known.outlet)) for title in known.titles}
    same: list[tuple[int, int]] = []
    first_rank: list[int] = []
    for number, block in enumerate(markup.blocks):
        if len(block.text) > _LONGEST_HEADLINE:
            continue
        tags = _tags(markup, block)
        rank = 0 if "h1" in tags else 1 if "h2" in tags else 2
        if rank == 0:
            first_rank.append(number)
        if _says_one_of(fold(block.text), wanted):
            same.append((rank if block.linked < len(block.text) or rank == 0 else 3, number))
    if same:
        return min(same)[1]
    return first_rank[0] if len(first_rank) == 1 and " " in markup.blocks[first_rank[0]].text else None


def _says_one_of(text: str, titles: set[str]) -> bool:
    """Whether `text` is a title, or one of the two is cut short, or the title names the site too; a word or two are no title."""
    if text in titles:
        return text.count(" ") > 1
    return len(text) >= _CUT and any(
        len(title) >= _CUT and (title.startswith(text) or title.endswith(text) or text.startswith(title)) for title in titles
    )


def _without_site(title: str, outlet: str | None) -> str:
    """A page title without the site's name at its end; the longest part, where it does not say which the name is."""
    parts = [part.strip() for part in _SITE.split(title) if part.strip()]
    if len(parts) < 2:
        return title
    if outlet and fold(parts[-1]) == fold(outlet):
        return title[: title.rindex(parts[-1])].rstrip(" |–—-")
    longest = max(parts, key=len)
    return longest if len(longest) > 2 * max(len(part) for part in parts if part is not longest) else title


def _tags(markup: Markup, block: Block) -> set[str]:
    """The elements around a block, the nearest three."""
    return {node.tag for node in _around(markup, block, 3)}


def _around(markup: Markup, block: Block, most: int) -> Iterator[Node]:
    number = block.node
    while number >= 0 and most:
        yield markup.nodes[number]
        number = markup.nodes[number].parent
        most -= 1


def _named(markup: Markup, block: Block, pattern: re.Pattern[str]) -> bool:
    """Whether the site's names for the element of a block, or for the one around it, match."""
    for node in _around(markup, block, 2):
        if node.inside and any(pattern.search(value) for name, value in attributes(node.inside).items() if name in _NAMING):
            return True
    return False


def _deck(markup: Markup, known: Facts, at: int | None, body: list[int], headline: str) -> str:
    """The standfirst between headline and body: named so, or a heading, or what the page gives as its description; else empty."""
    if at is None or not body:
        return ""
    described = {fold(text) for text in known.descriptions}
    for block in markup.blocks[at + 1 : body[0]][:_NEAR]:
        count = len(block.text.split())
        if not _SHORTEST_DECK <= count <= _LONGEST_DECK or 2 * block.linked > len(block.text) or block.text == headline:
            continue
        if fold(block.text) in described or _named(markup, block, _DECK) or not _DECK_TAGS.isdisjoint(_tags(markup, block)):
            return block.text
    return ""


def _byline_block(markup: Markup, at: int | None, body: list[int]) -> str | None:
    if at is None or not body:
        return None
    spans = {place for tag, said, place in markup.metas if tag == "span" and _BYLINE.search(" ".join(said.values()))}
    for number in range(max(0, at - _NEAR), min(body[0], at + _NEAR)):
        block = markup.blocks[number]
        if block.text.count(" ") < _LONGEST_BYLINE and (number in spans or _named(markup, block, _BYLINE)):
            return block.text
    return None


def _time_element(markup: Markup, at: int | None, body: list[int]) -> date | None:
    """The date of the only dated time element between just above the headline and the body's first lines."""
    if at is None or not body:
        return None
    stated = {
        said["datetime"] for tag, said, place in markup.metas
        if tag == "time" and said.get("datetime") and at - _NEAR <= place <= body[0] + 1
    }  # fmt: skip
    days = {published_date(value) for value in stated}
    return days.pop() if len(days) == 1 else None


def _without_furniture(lines: list[str], words: Words | None) -> list[str]:
    text = "\n".join(lines)
    kept = (mark.span.of(text).strip() for mark in passages(text, headline="", words=words) if mark.kind != "furniture")
    return [line for line in kept if line]


def _compose(parts: list[tuple[PassageKind, str]]) -> tuple[str, tuple[Passage, ...]]:
    """The parts joined by newlines, and where each lies; an empty part is left out."""
    marks: list[Passage] = []
    at = 0
    for kind, part in parts:
        if part:
            marks.append(Passage(Span(at, at + len(part)), kind))
            at += len(part) + 1
    return "\n".join(part for _, part in parts if part), tuple(marks)
