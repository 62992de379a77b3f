"""What a page states of its article beside the text: date, address, outlet, language, and what JSON-LD says. Nothing is guessed.

Title, description and author are left to the extraction library; here is what it does not read, and the date, which it would guess.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

from lxml.html import HtmlElement

from riwaya.parse.dates import UNSET, published_date
from riwaya.parse.tree import bare

_LONGEST_SCRIPT = 2_000_000  # code points of a JSON-LD script that are read
_MOST_OBJECTS = 5_000
_MOST_OF_A_NAME = 10  # meta elements of one name that are read
_TAGS = re.compile(r"<[^<>]*>")
_BREAKS = re.compile(r"<\s*(?:br|/p|/div|/li)\b[^<>]*>", re.IGNORECASE)
_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title")
_DESCRIPTIONS = ("description", "og:description", "twitter:description", "dc.description")
_OUTLETS = ("og:site_name", "dc.publisher", "dcterms.publisher", "application-name")
_DATES = (
    "article:published_time", "datepublished", "og:published_time", "og:article:published_time", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date", "dc.date.created", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date",
    "publication_date", "article_date_original", "date",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What the page says; `None` or empty for what it does not. `stated_date` is how it put a date that could not be read."""

    titles: tuple[str, ...] = ()
    decks: tuple[str, ...] = ()
    byline: str | None = None
    published: date | None = None
    stated_date: str | None = None
    language: str | None = None
    url: str | None = None
    outlet: str | None = None
    text: str = ""


def facts(root: HtmlElement) -> Facts:
    """Read them. JSON-LD goes before meta elements."""
    article = _article(root)
    metas = _metas(root)
    dates = [day for day in (_string(article.get("datePublished")), *_all(metas, _DATES)) if day and not day.startswith(UNSET)]
    decks = [_string(article.get("alternativeHeadline")), _string(article.get("description")), *_all(metas, _DESCRIPTIONS)]
    published = next((day for stated in dates if (day := published_date(stated))), None)
    return Facts(
        titles=tuple(filter(None, (_string(article.get("headline")), *_all(metas, _TITLES)))),
        decks=tuple(filter(None, decks)),
        byline=_byline(_names(article.get("author"))),
        published=published,
        stated_date=None if published else next(iter(dates), None),
        language=next((said for element in root.iter("html") if (said := element.get("lang"))), None),
        url=_url([*_all(metas, ("canonical", "og:url")), _string(article.get("url"))]),
        outlet=next(filter(None, [*_all(metas, _OUTLETS), *_names(article.get("publisher"))]), None),
        text=_text(article.get("articleBody")),
    )


def _metas(root: HtmlElement) -> dict[str, list[str]]:
    """Contents of meta, link and time elements, by lower-case name, in the order of the page."""
    found: dict[str, list[str]] = {}
    for element in root.iter("meta", "link", "time"):
        said = element.attrib
        content = said.get("content") or said.get("datetime") or (said.get("href") if element.tag == "link" else None)
        if not content or (element.tag == "link" and said.get("rel", "").lower() != "canonical"):
            continue
        names = [said[key].lower() for key in ("property", "name", "itemprop", "rel") if said.get(key)]
        if element.tag == "time" and "pubdate" in said:
            names.append("pubdate")
        for name in names:
            if len(found.setdefault(name, [])) < _MOST_OF_A_NAME:
                found[name].append(" ".join(content.split()))
    return found


def _all(metas: dict[str, list[str]], names: tuple[str, ...]) -> list[str]:
    return [content for name in names for content in metas.get(name, ())]


def _article(root: HtmlElement) -> dict[str, Any]:
    """The first JSON-LD object that is an article; one with a date or a text goes before one of a list of links."""
    found: list[dict[str, Any]] = []
    for script in root.iter("script"):
        try:
            parsed = json.loads((script.text or "")[:_LONGEST_SCRIPT].strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        found += [value for value in _objects(parsed) if _is_article(value.get("@type"))]
    return max(found, key=lambda value: ("articleBody" in value, "datePublished" in value, "headline" in value), default={})


def _objects(parsed: Any) -> Iterator[dict[str, Any]]:
    """The objects in a JSON value, outer before inner, without recursion; the first 5,000."""
    waiting = deque([parsed])
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            return
        value = waiting.popleft()
        if isinstance(value, dict):
            yield value
            waiting.extend(inner for inner in value.values() if isinstance(inner, (dict, list)))
        elif isinstance(value, list):
            waiting.extend(inner for inner in value if isinstance(inner, (dict, list)))


def _is_article(kind: Any) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(name, str) and name.endswith(("Article", "Posting", "Report")) for name in kinds)


def _names(value: Any) -> list[str]:
    """Names of persons or bodies as JSON-LD writes them: a string, an object with a name, or a list of either."""
    values = value if isinstance(value, list) else [value]
    names = [_string(item.get("name") if isinstance(item, dict) else item) for item in values[:20]]
    return [name for name in dict.fromkeys(names) if name]


def _byline(names: list[str]) -> str | None:
    return next((name for name in names if not name.startswith(("http:", "https:", "/", "www."))), None)


def _url(stated: list[str]) -> str | None:
    return next((url for url in stated if url.startswith(("http://", "https://"))), None)


def _string(value: Any) -> str:
    """A JSON string as text: entities that were escaped twice read, white space folded; empty for anything else."""
    return " ".join(bare(unescape(value)).split()) if isinstance(value, str) else ""


def _text(value: Any) -> str:
    """An article body as lines: tags that some sites leave in it are taken out."""
    if not isinstance(value, str):
        return ""
    text = bare(unescape(_TAGS.sub(" ", _BREAKS.sub("\n", value))))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
