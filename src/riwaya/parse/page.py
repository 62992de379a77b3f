"""One HTML page to one article: its headline, deck and body as one text, and what the page says of itself.

Trafilatura finds the main text, the title, the description and the author. What is ours: the page is made safe first (`tree`), the date is
only what the page states (`facts`), the headline is the one that stands on the page, and the site's furniture goes (`furniture`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction, extract_metadata
from trafilatura.settings import Document, Extractor

from riwaya.lang.tables import Words
from riwaya.model import Passage, PassageKind, Span
from riwaya.parse.dates import published_date
from riwaya.parse.facts import Facts, facts
from riwaya.parse.furniture import passages
from riwaya.parse.tree import parse, text_of, without_scripts
from riwaya.text.normal import fold

_SHORT = 500  # code points: where precision finds less, the balanced settings may find the article (docs/input.md has the figures)
_MORE = 1.5  # times the text; less is a headline or a label that came along
_LITTLE = 0.5  # of the words that JSON-LD gives as the article's: an extraction of fewer was misled by the markup
_NO_DATE = {"outputformat": "none"}  # a format that holds no date: keeps htmldate, which guesses, from searching
_INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "cite", "del", "em", "font", "graphic", "hi", "i", "ins", "mark", "ref", "s", "small", "span", "strong",
    "sub", "sup", "time", "u",
))  # fmt: skip
_STOP = re.compile(r"[.!?؟…][»”\"')\]]*$")
_RUNNING = 80  # code points: a line of more is running text, whatever its end
_FEW = 4  # words: a line of fewer is a label, whatever its end
_DECK = re.compile(r"deck|(?<![a-z])dek(?![a-z])|stand-?first|sub-?(?:head|title)|summary|alternative-?headline", re.IGNORECASE)
_LONGEST_DECK = 60  # words
_NEAR = 30  # elements after the headline among which its deck is
_LONGEST_TITLE = 400  # code points
_CUT = 20  # code points that two titles must share for one to be the other cut short
_WORD = re.compile(r"\w+")
_SITE = re.compile(r"\s[|–—:-]\s|\|")


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
    """Read a page; one without running text has no text. TooManyElements (`parse.tree`) for a page without end, and no other error."""
    root = parse(html)
    if root is None:
        return Page()
    known = facts(root)
    without_scripts(root)
    said = extract_metadata(root, date_config=_NO_DATE)
    titles = _titles(root, known, said)
    lines = _article(root, known)
    heading = _heading(root, titles)
    headline = text_of(heading) if heading is not None else ""
    headline, lines = _under_headline(headline, lines, titles)
    headline = headline or _best(titles, known)
    lines = _without_links(root, lines)
    deck = _deck(root, heading, tuple(text for text in known.decks if fold(text) != fold(headline)), lines)
    text, marks = _compose(headline, deck, lines, words)
    published = known.published or _time_beside(heading)
    return Page(
        text=text,
        passages=marks,
        headline=headline or None,
        deck=deck or None,
        byline=known.byline or _as_written(root, said.author or "") or None,
        published=published,
        stated_date=None if published else known.stated_date,
        language=known.language,
        url=known.url,
        outlet=known.outlet,
    )


def _article(root: HtmlElement, known: Facts) -> list[str]:
    """The lines of the main text: with the settings for precision, or the balanced ones, or as JSON-LD has it, where those find little."""
    lines = _extract(root, precision=True)
    if len(known.text.split()) * _LITTLE > sum(len(line.split()) for line in lines):
        return known.text.split("\n")
    found = sum(map(len, lines))
    if found < _SHORT:
        more = _extract(root, precision=False)
        if sum(map(len, more)) > _MORE * found:
            return more
    return lines


def _extract(root: HtmlElement, *, precision: bool) -> list[str]:
    document = bare_extraction(root, options=Extractor(output_format="python", comments=False, precision=precision, fast=precision))
    return _lines(document.body) if isinstance(document, Document) and document.body is not None else []


def _lines(body: etree._Element) -> list[str]:
    """The text of each block in a body, white space folded; empty ones left out."""
    pieces: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag not in _INLINE:
            pieces.append("\n")
        text = element.text if event == "start" else element.tail if element is not body else None
        if text:
            pieces.append(text.replace("\n", " "))
    return [folded for line in "".join(pieces).split("\n") if (folded := " ".join(line.split()))]


def _titles(root: HtmlElement, known: Facts, said: Document) -> list[str]:
    """What the page says its title is, likeliest first; its title element, which may name the site too, is last."""
    element = root.find(".//title")
    return [title for title in (*known.titles, said.title, text_of(element) if element is not None else None) if title]


def _heading(root: HtmlElement, titles: list[str]) -> HtmlElement | None:
    """The heading that says what the page says its title is, or the only one of the first rank."""
    first_rank = list(root.iter("h1"))
    same = (element for element in (*first_rank, *root.iter("h2", "h3")) if _says_one_of(text_of(element), titles))
    only = first_rank[0] if len(first_rank) == 1 and text_of(first_rank[0]).count(" ") > 1 else None
    return next(same, only)


def _says_one_of(text: str, titles: list[str]) -> bool:
    """Whether `text` is a title, or one of the two is cut short, or the title names the site too; a word or two are no title."""
    if len(text) > _LONGEST_TITLE or text.count(" ") < 2:
        return False
    bare = fold(text)
    folded = [fold(title[:_LONGEST_TITLE]) for title in titles]
    return bare in folded or any(
        min(len(bare), len(title)) >= _CUT and (title.startswith(bare) or title.endswith(bare) or bare.startswith(title))
        for title in folded
    )


def _under_headline(headline: str, lines: list[str], titles: list[str]) -> tuple[str, list[str]]:
    """The headline, from the lines if need be, and the lines below it, if it stands among those before the first running text."""
    for number, line in enumerate(lines):
        if headline and line.startswith(f"{headline} ") and _runs(line):
            return headline, [line[len(headline) + 1 :], *lines[number + 1 :]]
        if _says_one_of(line, titles):
            return headline or line, lines[number + 1 :]
        if _runs(line):
            break
    return headline, lines


def _runs(line: str) -> bool:
    """Whether a line is running text, not a label."""
    if len(line) > _RUNNING:
        return any(map(str.isalpha, line))
    return line.count(" ") + 1 >= _FEW and _STOP.search(line) is not None


def _without_links(root: HtmlElement, lines: list[str]) -> list[str]:
    """The lines without the labels that are links and nothing else, one or more with bars between."""
    links = {text_of(link) for link in root.iter("a") if link.get("href")}
    return [line for line in lines if _runs(line) or any(part.strip() not in links for part in line.split("|"))]


def _as_written(root: HtmlElement, name: str) -> str:
    """A byline as the page has it: the library drops stops and changes capitals."""
    words = _WORD.findall(name.casefold())
    if not words:
        return ""
    texts = (text_of(element) for element in root.iter("a", "address", "b", "div", "em", "p", "span", "strong", "td"))
    return next((text for text in texts if len(text) <= 2 * len(name) and _WORD.findall(text.casefold()) == words), name)


def _best(titles: list[str], known: Facts) -> str:
    """The headline of a page that shows none: its title without the site's name at either end, or else as it is."""
    if not titles:
        return ""
    title = titles[0] if known.titles else titles[-1]
    parts = [part.strip() for part in _SITE.split(title) if part.strip()]
    outlet = fold(known.outlet or "")
    if len(parts) > 1 and outlet in (fold(parts[0]), fold(parts[-1])):
        parts = parts[1:] if fold(parts[0]) == outlet else parts[:-1]
        return " – ".join(parts)
    longest = max(parts, key=len, default=title)
    return longest if all(len(longest) > 2 * len(part) for part in parts if part is not longest) else titles[0]


def _deck(root: HtmlElement, heading: HtmlElement | None, stated: tuple[str, ...], lines: list[str]) -> str:
    """What the site names as the deck, just after the headline; or the description, if it stands on the page by itself; else empty.

    A description that is a sentence of the body is none: many sites describe a page by its first paragraph.
    """
    after = islice(heading.xpath("following::*"), _NEAR) if heading is not None else ()
    for element in after:
        if any(_DECK.search(element.get(name, "")) for name in ("class", "id", "itemprop")) and _may_be_deck(text := text_of(element)):
            return text
    decks = [text for text in stated if _may_be_deck(text) and (text not in lines or _STOP.search(text) is None)]
    whole = " ".join("".join(root.itertext()).split()) if decks else ""
    decks = [text for text in decks if text in whole]
    standing = {text_of(element) for element in root.iterfind(".//body//*")} if decks else set()
    return next((text for text in decks if text in standing), "")


def _may_be_deck(text: str) -> bool:
    return _FEW <= text.count(" ") + 1 <= _LONGEST_DECK


def _time_beside(heading: HtmlElement | None) -> date | None:
    """The day that the time elements around the headline state, if they agree: those in the nearest element that holds any."""
    around = heading.iterancestors() if heading is not None else iter(())
    for element in around:
        if element.tag == "body":
            return None
        if stated := element.xpath(".//time/@datetime"):
            days = {published_date(value) for value in stated}
            return days.pop() if len(days) == 1 else None
    return None


def _compose(headline: str, deck: str, lines: list[str], words: Words | None) -> tuple[str, tuple[Passage, ...]]:
    """Headline, deck and the body without the site's furniture, a line each, and where each lies; empty if no line is running text."""
    below = "\n".join(line for line in lines if line != deck)
    text = f"{headline}\n{below}" if headline else below
    marks = passages(text, headline=headline, words=words)
    found = [mark.span.of(text) for mark in marks if mark.kind in ("body", "deck")]
    if not any(map(_runs, found)):
        return "", ()
    parts: list[tuple[PassageKind, str]] = [("headline", headline), ("deck", deck), *(("body", line) for line in found)]
    return _joined([part for part in parts if part[1]])


def _joined(parts: list[tuple[PassageKind, str]]) -> tuple[str, tuple[Passage, ...]]:
    marks: list[Passage] = []
    at = 0
    for kind, part in parts:
        marks.append(Passage(Span(at, at + len(part)), kind))
        at += len(part) + 1
    return "\n".join(part for _, part in parts), tuple(marks)
