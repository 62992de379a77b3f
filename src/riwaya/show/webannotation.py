"""W3C Web Annotation: one annotation a claim, in one JSON-LD collection. `docs/schema.md` shows one.

An annotation's target is the reported words: a quote selector and a position selector for each span, each enough by itself. Positions
are code points, as the recommendation counts them and as ours do. They hold for the text that was read, which is named by its digest
(RFC 6920): it is the target's source where the article has no address, else the copy of the source that the selectors were made on.
"""

from __future__ import annotations

import base64
import json
import uuid
from typing import Any

from riwaya.model import Annotations, Article, Claim, Span
from riwaya.show.clean import utf8
from riwaya.show.jsonl import digest, row

_PLAIN = ("kind", "form", "attitude", "via", "rule")
_NESTED = ("cue", "source", "speaker", "to", "chain", "quantities", "times", "article")
# Nested values are JSON literals (JSON-LD 1.1): as plain objects, a processor would drop every key that no vocabulary names.
CONTEXT: list[Any] = [
    "http://www.w3.org/ns/anno.jsonld",
    {"riwaya": "urn:riwaya:claim:1:", **{f"riwaya:{name}": {"@id": f"riwaya:{name}", "@type": "@json"} for name in _NESTED}},
]
_ARTICLE = ("id", "title", "outlet", "published", "url")
_AROUND = 32  # code points of prefix and suffix, as the recommendation's own examples and most annotators take


class WebAnnotations:
    """Writes one AnnotationCollection whose one page holds every claim of every article, article by article."""

    def __init__(self) -> None:
        self.total = 0

    def begin(self) -> str:
        """The opening of the collection."""
        opening = {"@context": CONTEXT, "type": "AnnotationCollection", "label": "riwaya"}
        return _json(opening)[:-1] + ',"first":{"type":"AnnotationPage","startIndex":0,"items":['

    def add(self, annotations: Annotations) -> str:
        """The article's annotations, a line each."""
        written = []
        for item in annotate_claims(annotations):
            written.append((",\n" if self.total else "\n") + _json(item))
            self.total += 1
        return "".join(written)

    def end(self) -> str:
        """The end of the page and the collection."""
        return '\n]},"total":' + str(self.total) + "}\n"


def annotate_claims(annotations: Annotations) -> list[dict[str, Any]]:
    """The article's claims as annotations, in the order of the text. The same article and claims give the same identifiers."""
    article = annotations.article
    copy = text_name(article.text)
    found = row(annotations)
    about = {name: found[name] for name in _ARTICLE}
    return [
        {
            "id": _identifier(copy, article, claim),
            "type": "Annotation",
            "motivation": "describing",
            "generator": {"type": "Software", "name": annotations.made_by},
            "body": [_sentence(claim, article.text), _body({**written, "article": about})],
            "target": [_target(span, article, copy) for span in claim.content or (claim.cue,)],
        }
        for claim, written in zip(annotations.claims, found["claims"], strict=True)
    ]


def _body(written: dict[str, Any]) -> dict[str, Any]:
    return {"type": "riwaya:Claim", **{f"riwaya:{name}": written[name] for name in (*_PLAIN, *_NESTED) if written[name] is not None}}


def text_name(text: str) -> str:
    """The name of a text by its SHA-256 digest, as RFC 6920 writes it."""
    return "ni:///sha-256;" + base64.urlsafe_b64encode(bytes.fromhex(digest(text))).decode().rstrip("=")


def _identifier(copy: str, article: Article, claim: Claim) -> str:
    spans = ";".join(f"{span.start}-{span.end}" for span in (claim.cue, *claim.content))
    return uuid.uuid5(uuid.NAMESPACE_URL, utf8(f"{copy}#{article.id}#{spans}")).urn


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
