"""GeoJSON (RFC 7946): a feature a claim, at the point that stands for where it is. `docs/schema.md` describes the properties.

A point is not an exact place: `where_prec` and `radius` say how far it may be off. A claim without a known place is a feature without a
geometry, so that nothing is lost.
"""

from __future__ import annotations

import json
from typing import Any

from riwaya.model import ActorMention, Annotations, Claim
from riwaya.show.clean import finite, utf8
from riwaya.show.grouped import actors
from riwaya.show.jsonl import row
from riwaya.show.table import degrees
from riwaya.show.webannotation import claim_id, text_name

_ARTICLE = ("title", "outlet", "published", "url")
_CLAIM = ("kind", "form", "attitude", "via")


class GeoJson:
    """Writes one FeatureCollection with every claim of every article, article by article."""

    def __init__(self) -> None:
        self.begun = False

    def begin(self) -> str:
        """The opening of the collection."""
        return '{"type":"FeatureCollection","features":['

    def add(self, annotations: Annotations) -> str:
        """The article's features, a line each."""
        written = []
        for feature in features(annotations):
            written.append((",\n" if self.begun else "\n") + _json(feature))
            self.begun = True
        return "".join(written)

    def end(self) -> str:
        """The end of the collection."""
        return "\n]}\n"


def features(annotations: Annotations) -> list[dict[str, Any]]:
    """The article's claims as features, in the order of the text; each has the identifier of the claim's annotation."""
    article, found = annotations.article, row(annotations)
    copy = text_name(article.text)
    about = {"article": article.id, **{name: found[name] for name in _ARTICLE}}
    return [
        {
            "type": "Feature",
            "id": claim_id(copy, article, claim),
            "geometry": _geometry(claim),
            "properties": {
                **about,
                "claim": place,
                **_said(claim, written, article.text),
                **_where(claim, article.text),
                "made_by": annotations.made_by,
            },
        }
        for place, (claim, written) in enumerate(zip(annotations.claims, found["claims"], strict=True), 1)
    ]


def _geometry(claim: Claim) -> dict[str, Any] | None:
    """Longitude, then latitude, to the metre; `None` where either is unknown."""
    where = claim.where.location if claim.where else None
    lon, lat = (degrees(where.lon), degrees(where.lat)) if where and where.place else (None, None)
    return None if lon is None or lat is None else {"type": "Point", "coordinates": [lon, lat]}


def _said(claim: Claim, written: dict[str, Any], text: str) -> dict[str, Any]:
    when = claim.when
    return {
        "speaker": claim.source.name,
        **{name: written[name] for name in _CLAIM},
        "cue": claim.cue.of(text),
        "content": " […] ".join(span.of(text) for span in claim.content),
        "quantities": written["quantities"],
        "times": written["times"],
        "actors": [_actor(mentions[0], text) for mentions in actors(claim.actors).values()],
        "when": when and when.span.of(text),
        "date_start": when.start.isoformat() if when and when.start else None,
        "date_end": when.end.isoformat() if when and when.end else None,
        "when_from": claim.when_from,
    }


def _actor(mention: ActorMention, text: str) -> dict[str, Any]:
    known = mention.actor
    return {
        "words": mention.span.of(text),
        "name": mention.name if mention.resolved else None,
        "kind": mention.kind,
        "id": known and known.id,
    }


def _where(claim: Claim, text: str) -> dict[str, Any]:
    where = claim.where.location if claim.where else None
    place = where.place if where else None
    return {
        "where": claim.where and claim.where.phrase.of(text),
        "where_name": place and place.name,
        "where_english": place and place.english,
        "where_kind": place and place.kind,
        "where_country": place and place.country,
        "where_id": place and place.id,
        "where_prec": where and where.where_prec,
        "radius": where and where.radius,
        "where_score": finite(where.score) if where else None,
        "where_from": claim.where_from,
        "why": where.why if where else "no place is told",
    }


def _json(value: Any) -> str:
    return utf8(json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False))
