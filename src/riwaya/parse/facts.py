"""What a page says of its article outside the text: JSON-LD, OpenGraph and other meta elements. Nothing is guessed."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

from riwaya.parse.dates import published_date
from riwaya.parse.markup import Markup

_LONGEST_SCRIPT = 2_000_000  # code points of a JSON-LD script that are read
_MOST_OBJECTS = 5_000
_MOST_OF_A_NAME = 10  # meta elements of one name that are read
_TAGS = re.compile(r"<[^<>]*>")
_BREAKS = re.compile(r"<\s*(?:br|/p|/div|/li)\b[^<>]*>", re.IGNORECASE)
_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title")
_DESCRIPTIONS = ("og:description", "description", "twitter:description", "dc.description")
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl")
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
    descriptions: tuple[str, ...] = ()
    byline: str | None = None
    published: date | None = None
    stated_date: str | None = None
    language: str | None = None
    url: str | None = None
    outlet: str | None = None
    text: str = ""


def facts(markup: Markup) -> Facts:
    """Read them. JSON-LD goes before meta elements, meta elements before the page's title."""
    article = _article(markup.scripts)
    metas = _metas(markup)
    titles = [_string(article.get("headline")), _string(article.get("name")), *_all(metas, _TITLES), markup.title]
    descriptions = [_string(article.get("alternativeHeadline")), _string(article.get("description")), *_all(metas, _DESCRIPTIONS)]
    dates = [_string(article.get("datePublished")), *_all(metas, _DATES)]
    published = next((day for stated in dates if (day := published_date(stated))), None)
    return Facts(
        titles=tuple(dict.fromkeys(filter(None, titles))),
        descriptions=tuple(dict.fromkeys(filter(None, descriptions))),
        byline=_byline([*_authors(article.get("author")), *_all(metas, _AUTHORS)]),
        published=published,
        stated_date=None if published else next(filter(None, dates), None),
        language=next((attributes["lang"] for tag, attributes, _ in markup.metas if tag == "html" and attributes.get("lang")), None),
        url=_url([*_all(metas, ("canonical", "og:url")), _string(article.get("url"))]),
        outlet=next(filter(None, [*_all(metas, _OUTLETS), *_authors(article.get("publisher"))]), None),
        text=_text(article.get("articleBody")),
    )


def _metas(markup: Markup) -> dict[str, list[str]]:
    """Contents of meta, link and time elements, by lower-case name, in the order of the page."""
    found: dict[str, list[str]] = {}
    for tag, attributes, _ in markup.metas:
        content = attributes.get("content") or attributes.get("datetime") or (attributes.get("href") if tag == "link" else None)
        if not content or (tag == "link" and attributes.get("rel", "").lower() != "canonical"):
            continue
        names = [attributes[key].lower() for key in ("property", "name", "itemprop", "rel") if attributes.get(key)]
        if tag == "time" and "pubdate" in attributes:
            names.append("pubdate")
        for name in names:
            if len(found.setdefault(name, [])) < _MOST_OF_A_NAME:
                found[name].append(" ".join(content.split()))
    return found


def _all(metas: dict[str, list[str]], names: tuple[str, ...]) -> list[str]:
    return [content for name in names for content in metas.get(name, ())]


def _article(scripts: list[str]) -> dict[str, Any]:
    """The first JSON-LD object that is an article; one with a date or a text goes before one of a list of links."""
    found: list[dict[str, Any]] = []
    for script in scripts:
        try:
            parsed = json.loads(script[:_LONGEST_SCRIPT].strip().rstrip(";"), strict=False)
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


def _authors(value: Any) -> list[str]:
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
    return " ".join(unescape(value).split()) if isinstance(value, str) else ""


def _text(value: Any) -> str:
    """An article body as lines: tags that some sites leave in it are taken out."""
    if not isinstance(value, str):
        return ""
    bare = unescape(_TAGS.sub(" ", _BREAKS.sub("\n", value)))
    lines = (" ".join(line.split()) for line in bare.splitlines())
    return "\n".join(line for line in lines if line)
