"""W3C Web Annotation: one annotation a claim, a mention of a place, and a mention of an actor, in one JSON-LD collection.

`docs/schema.md` describes them. An annotation's target is the reported words, or those that name: a quote selector and a position selector
for each span, each enough by itself. Positions are code points, as the recommendation counts them and as ours do. They hold for the text
that was read, which is named by its digest (RFC 6920): it is the target's source where the article has no address, else the copy of the
source that the selectors were made on.
"""

from __future__ import annotations

import base64
import json
import re
import uuid
from collections.abc import Sequence
from typing import Any

from riwaya.model import Annotations, Article, Claim, Place, Span
from riwaya.show.clean import utf8
from riwaya.show.jsonl import digest, row

_PLAIN = ("kind", "form", "attitude", "via", "rule")
_NESTED = ("cue", "source", "speaker", "to", "chain", "quantities", "times", "actors", "places", "where", "when", "article")
_MENTIONS = ("place", "actor")
_OSM = {"n": "node", "w": "way", "r": "relation"}
_ID = re.compile(r"geonames:(?P<geonames>\d+)|osm:(?P<kind>[nwr])(?P<osm>\d+)", re.ASCII)
_ITEM = re.compile(r"Q\d+", re.ASCII)
# Nested values are JSON literals (JSON-LD 1.1): as plain objects, a processor would drop every key that no vocabulary names.
CONTEXT: list[Any] = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "riwaya": "urn:riwaya:claim:1:",
        **{f"riwaya:{name}": {"@id": f"riwaya:{name}", "@type": "@json"} for name in (*_NESTED, *_MENTIONS)},
    },
]
_ARTICLE = ("id", "title", "outlet", "published", "url")
_AROUND = 32  # code points of prefix and suffix, as the recommendation's own examples and most annotators take


class WebAnnotations:
    """Writes one AnnotationCollection whose one page holds every claim and mention of every article, article by article."""

    def __init__(self) -> None:
        self.total = 0

    def begin(self) -> str:
        """The opening of the collection."""
        opening = {"@context": CONTEXT, "type": "AnnotationCollection", "label": "riwaya"}
        return _json(opening)[:-1] + ',"first":{"type":"AnnotationPage","startIndex":0,"items":['

    def add(self, annotations: Annotations) -> str:
        """The article's annotations, a line each."""
        written = []
        found = row(annotations)
        for item in (*annotate_claims(annotations, found), *annotate_mentions(annotations, found)):
            written.append((",\n" if self.total else "\n") + _json(item))
            self.total += 1
        return "".join(written)

    def end(self) -> str:
        """The end of the page and the collection."""
        return '\n]},"total":' + str(self.total) + "}\n"


def annotate_claims(annotations: Annotations, found: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """The article's claims as annotations, in the order of the text. The same article and claims give the same identifiers.

    `found` is the article's row, if it is there already.
    """
    article = annotations.article
    copy = text_name(article.text)
    found = found or row(annotations)
    about = {name: found[name] for name in _ARTICLE}
    return [
        {
            "id": claim_id(copy, article, claim),
            "type": "Annotation",
            "motivation": "describing",
            "generator": {"type": "Software", "name": annotations.made_by},
            "body": [_sentence(claim, article.text), _body({**written, **_referred(written, found), "article": about})],
            "target": [_target(span, article, copy) for span in claim.content or (claim.cue,)],
        }
        for claim, written in zip(annotations.claims, found["claims"], strict=True)
    ]


def _referred(written: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """What a claim's row names by its number in the article's lists, in full: an annotation stands by itself."""
    where, when = written["where"], written["when"]
    return {
        "actors": [found["actors"][number] for number in written["actors"]],
        "places": [found["places"][number] for number in written["places"]],
        "where": None if where is None else {**found["places"][where], "scope": written["where_from"]},
        "when": None if when is None else {**found["times"][when], "scope": written["when_from"]},
    }


def annotate_mentions(annotations: Annotations, found: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """The article's mentions of places, then those of actors, as annotations that identify what their words name."""
    found = found or row(annotations)
    told = [("place", mention.span, _place_iri(mention.location.place)) for mention in annotations.places]
    told += [("actor", mention.span, _item_iri(mention.actor.wikidata if mention.actor else None)) for mention in annotations.actors]
    written = [*found["places"][: len(annotations.places)], *found["actors"][: len(annotations.actors)]]
    article, copy = annotations.article, text_name(annotations.article.text)
    return [
        {
            "id": _identifier(copy, article, (what, span)),
            "type": "Annotation",
            "motivation": "identifying",
            "generator": {"type": "Software", "name": annotations.made_by},
            "body": [*_named(iri), {"type": f"riwaya:{what.title()}Mention", f"riwaya:{what}": one}],
            "target": [_target(span, article, copy)],
        }
        for (what, span, iri), one in zip(told, written, strict=True)
    ]


def _named(iri: str | None) -> list[dict[str, Any]]:
    return [{"type": "SpecificResource", "purpose": "identifying", "source": iri}] if iri else []


def _place_iri(place: Place | None) -> str | None:
    """The address of a place's entry in GeoNames or OpenStreetMap, if its id is one of theirs."""
    known = _ID.fullmatch(place.id) if place else None
    if known is None:
        return None
    if known["geonames"]:
        return f"https://sws.geonames.org/{known['geonames']}/"
    return f"https://www.openstreetmap.org/{_OSM[known['kind']]}/{known['osm']}"


def _item_iri(item: str | None) -> str | None:
    return f"http://www.wikidata.org/entity/{item}" if item and _ITEM.fullmatch(item) else None


def _body(written: dict[str, Any]) -> dict[str, Any]:
    return {"type": "riwaya:Claim", **{f"riwaya:{name}": written[name] for name in (*_PLAIN, *_NESTED) if written[name] is not None}}


def text_name(text: str) -> str:
    """The name of a text by its SHA-256 digest, as RFC 6920 writes it."""
    return "ni:///sha-256;" + base64.urlsafe_b64encode(bytes.fromhex(digest(text))).decode().rstrip("=")


def claim_id(copy: str, article: Article, claim: Claim) -> str:
    """A claim's name: the same wherever it is written, from the text's name, the article's id, and the offsets."""
    return _identifier(copy, article, (claim.cue, *claim.content))


def _identifier(copy: str, article: Article, parts: Sequence[Span | str]) -> str:
    told = ";".join(part if isinstance(part, str) else f"{part.start}-{part.end}" for part in parts)
    return uuid.uuid5(uuid.NAMESPACE_URL, utf8(f"{copy}#{article.id}#{told}")).urn


def _sentence(claim: Claim, text: str) -> dict[str, Any]:
    """What a reader sees beside the highlighted words: who, and the word that reports."""
    said = f"{claim.source.name}: {claim.cue.of(text)}" if claim.source.name else claim.cue.of(text)
    return {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "language": "ar", "value": said}


def _target(span: Span, article: Article, copy: str) -> dict[str, Any]:
    text = article.text
    target: dict[str, Any] = {"type": "SpecificResource", "source": article.url or copy}
    if article.url:
        target["state"] = {"type": "TimeState", "cached": copy}
    quote = {
        "type": "TextQuoteSelector",
        "exact": span.of(text),
        "prefix": text[max(0, span.start - _AROUND) : span.start],
        "suffix": text[span.end : span.end + _AROUND],
    }
    target["selector"] = [quote, {"type": "TextPositionSelector", "start": span.start, "end": span.end}]
    return target


def _json(value: Any) -> str:
    return utf8(json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False))
