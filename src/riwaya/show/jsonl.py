"""JSON lines: one object an article, everything that was read in it. `docs/schema.md` describes the schema that `SCHEMA` names.

Every span is `{"start", "end", "text"}`, its words verbatim. A row holds the text itself, so that it can be read back, and needs no other
file; `sha256` is the digest of that text in UTF-8. A claim names the article's actors, places and times by their number in its lists. The
rows are what the scorer of claims takes as predictions.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Generic, TypeVar

from riwaya.model import (
    Actor,
    ActorMention,
    Annotations,
    Article,
    Claim,
    Location,
    Name,
    Passage,
    Place,
    PlaceMention,
    Quantity,
    Source,
    Span,
    TimeExpression,
)
from riwaya.show.clean import finite

SCHEMA = "riwaya-article/2"
_One = TypeVar("_One")
# Two lone surrogates side by side would be read back as one character, and every offset after them would be wrong.
_FALSE_PAIR = re.compile("[\ud800-\udbff](?=[\udc00-\udfff])")
_UNSAFE = re.compile("[\ud800-\udfff\u2028\u2029\x85]")  # no bytes in UTF-8; taken for the end of a line by some readers


class JsonLines:
    """Writes a line an article."""

    def begin(self) -> str:
        """Nothing."""
        return ""

    def add(self, annotations: Annotations) -> str:
        """The article's line."""
        return line(annotations) + "\n"

    def end(self) -> str:
        """Nothing."""
        return ""


def line(annotations: Annotations) -> str:
    """One article as one line of JSON without a newline; encodes in UTF-8 whatever the text holds."""
    written = json.dumps(row(annotations), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", _FALSE_PAIR.sub("\ufffd", written))


def row(annotations: Annotations) -> dict[str, Any]:
    """One article as the object of its line: only strings, numbers, booleans, `None`, lists and dictionaries."""
    article = annotations.article
    text = article.text
    lists = _Lists(annotations)
    claims = [_claim(claim, text, lists) for claim in annotations.claims]
    return {
        "schema": SCHEMA,
        "made_by": annotations.made_by,
        "id": article.id,
        "title": article.headline,
        "url": article.url,
        "outlet": article.outlet,
        "published": _iso(article.published),
        "deck": article.deck,
        "byline": article.byline,
        "language": article.language,
        "sha256": digest(text),
        "text": text,
        "passages": [{"kind": passage.kind, "start": passage.span.start, "end": passage.span.end} for passage in article.passages],
        "claims": claims,
        "quantities": [_quantity(quantity, text) for quantity in annotations.quantities],
        "times": [_time(time, text) for time in lists.times.all],
        "names": [{"span": _span(name.span, text), "kind": name.kind} for name in annotations.names],
        "actors": [actor_mention(mention, text) for mention in lists.actors.all],
        "places": [place_mention(mention, text) for mention in lists.places.all],
    }


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hexadecimal. Lone surrogates count as the three bytes they would have."""
    return hashlib.sha256(_FALSE_PAIR.sub("\ufffd", text).encode("utf-8", "surrogatepass")).hexdigest()


def read_row(found: Mapping[str, Any]) -> Annotations:
    """The annotations that `row` wrote. ValueError for a row of another schema, KeyError for one that lacks a field."""
    if (schema := found.get("schema")) != SCHEMA:
        raise ValueError(f"a row of {SCHEMA} is needed, and this is one of {schema or 'no schema'}: read its article again")
    article = Article(
        id=found["id"],
        text=found["text"],
        headline=found["title"],
        deck=found["deck"],
        byline=found["byline"],
        published=_date(found["published"]),
        language=found["language"],
        url=found["url"],
        outlet=found["outlet"],
        passages=tuple(Passage(Span(passage["start"], passage["end"]), passage["kind"]) for passage in found["passages"]),
    )
    times = tuple(map(_read_time, found["times"]))
    actors = tuple(map(_read_actor_mention, found["actors"]))
    places = tuple(map(_read_place_mention, found["places"]))
    return Annotations(
        article=article,
        claims=tuple(_read_claim(claim, times, actors, places) for claim in found["claims"]),
        quantities=tuple(map(_read_quantity, found["quantities"])),
        times=times,
        names=tuple(Name(_read_span(name["span"]), name["kind"]) for name in found["names"]),
        actors=actors,
        places=places,
        made_by=found["made_by"],
    )


class _List(Generic[_One]):
    """An article's list, in which a claim's own are found by their number; what is not there comes behind it, so that nothing is lost."""

    def __init__(self, listed: Iterable[_One]) -> None:
        self.all = list(listed)
        self.numbers = {id(one): number for number, one in reversed(list(enumerate(self.all)))}

    def number(self, one: _One) -> int:
        """The number of the very same one, else of the first that is equal."""
        known = self.numbers.get(id(one))
        if known is None:
            known = next((number for number, other in enumerate(self.all) if other == one), len(self.all))
            self.numbers[id(one)] = known
            if known == len(self.all):
                self.all.append(one)
        return known


class _Lists:
    """What an article's claims refer to."""

    def __init__(self, annotations: Annotations) -> None:
        self.times = _List(annotations.times)
        self.actors = _List(annotations.actors)
        self.places = _List(annotations.places)


def _claim(claim: Claim, text: str, lists: _Lists) -> dict[str, Any]:
    source = claim.source
    return {
        "cue": _span(claim.cue, text),
        "source": _span(source.span, text),
        "speaker": {
            "name": source.name,
            "kind": source.kind,
            "naming": source.naming,
            "role": source.role,
            "affiliation": source.affiliation,
        },
        "kind": source.kind,
        "content": [_span(span, text) for span in claim.content],
        "form": claim.form,
        "attitude": claim.attitude,
        "to": _span(claim.addressee, text),
        "via": claim.chain[0] if claim.chain else None,
        "chain": list(claim.chain),
        "quantities": [_quantity(quantity, text) for quantity in claim.quantities],
        "times": [_time(time, text) for time in claim.times],
        "actors": [lists.actors.number(mention) for mention in claim.actors],
        "places": [lists.places.number(mention) for mention in claim.places],
        "where": None if claim.where is None else lists.places.number(claim.where),
        "where_from": claim.where_from,
        "when": None if claim.when is None else lists.times.number(claim.when),
        "when_from": claim.when_from,
        "rule": claim.rule,
    }


def place_mention(mention: PlaceMention, text: str) -> dict[str, Any]:
    """A mention of a place as an object, its place and the runner-up in full."""
    where = mention.location
    return {
        "span": _span(mention.span, text),
        "phrase": _span(mention.phrase, text),
        "place": where.place and _place(where.place),
        "lat": finite(where.lat),
        "lon": finite(where.lon),
        "where_prec": where.where_prec,
        "radius": where.radius,
        "score": finite(where.score),
        "runner_up": where.runner_up and {"place": _place(where.runner_up[0]), "score": finite(where.runner_up[1])},
        "detail": where.detail,
        "why": where.why,
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "id": place.id,
        "name": place.name,
        "english": place.english,
        "kind": place.kind,
        "country": place.country,
        "within": place.within,
        "lat": finite(place.lat),
        "lon": finite(place.lon),
        "population": place.population,
        "radius": place.radius,
    }


def actor_mention(mention: ActorMention, text: str) -> dict[str, Any]:
    """A mention of an actor as an object, with what the table says of the actor."""
    return {
        "span": _span(mention.span, text),
        "name": mention.name,
        "kind": mention.kind,
        "sort": mention.sort,
        "actor": mention.actor and _actor(mention.actor),
        "of": _span(mention.of, text),
        "how": mention.how,
        "why": mention.why,
    }


def _actor(actor: Actor) -> dict[str, Any]:
    return {
        "id": actor.id,
        "name": actor.name,
        "en": actor.en,
        "kind": actor.kind,
        "sort": actor.sort,
        "country": actor.country,
        "since": actor.since,
        "until": actor.until,
        "follows": actor.follows,
        "offices": [{"id": office, "from": first, "to": last} for office, first, last in actor.offices],
        "wikidata": actor.wikidata,
    }


def _quantity(quantity: Quantity, text: str) -> dict[str, Any]:
    return {
        "span": _span(quantity.span, text),
        "low": finite(quantity.low),
        "high": finite(quantity.high),
        "bound": quantity.bound,
        "about": quantity.about,
        "of": quantity.of,
        "rule": quantity.rule,
    }


def _time(time: TimeExpression, text: str) -> dict[str, Any]:
    return {
        "span": _span(time.span, text),
        "type": time.type,
        "from": _iso(time.start),
        "to": _iso(time.end),
        "grain": time.grain,
        "value": time.value,
        "anchor": _iso(time.anchor),
        "rule": time.rule,
    }


def _span(span: Span | None, text: str) -> dict[str, Any] | None:
    return None if span is None else {"start": span.start, "end": span.end, "text": span.of(text)}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _date(day: str | None) -> date | None:
    return None if day is None else date.fromisoformat(day)


def _read_span(found: Mapping[str, Any]) -> Span:
    return Span(found["start"], found["end"])


def _read_claim(
    found: Mapping[str, Any], times: Sequence[TimeExpression], actors: Sequence[ActorMention], places: Sequence[PlaceMention]
) -> Claim:
    return Claim(
        cue=_read_span(found["cue"]),
        source=Source(span=found["source"] and _read_span(found["source"]), **found["speaker"]),
        content=tuple(map(_read_span, found["content"])),
        form=found["form"],
        attitude=found["attitude"],
        addressee=found["to"] and _read_span(found["to"]),
        chain=tuple(found["chain"]),
        quantities=tuple(map(_read_quantity, found["quantities"])),
        times=tuple(map(_read_time, found["times"])),
        actors=tuple(actors[number] for number in found["actors"]),
        places=tuple(places[number] for number in found["places"]),
        where=None if found["where"] is None else places[found["where"]],
        where_from=found["where_from"],
        when=None if found["when"] is None else times[found["when"]],
        when_from=found["when_from"],
        rule=found["rule"],
    )


def _read_place_mention(found: Mapping[str, Any]) -> PlaceMention:
    runner_up = found["runner_up"]
    where = Location(
        place=found["place"] and Place(**found["place"]),
        lat=found["lat"],
        lon=found["lon"],
        where_prec=found["where_prec"],
        radius=found["radius"],
        score=found["score"],
        runner_up=runner_up and (Place(**runner_up["place"]), runner_up["score"]),
        detail=found["detail"],
        why=found["why"],
    )
    return PlaceMention(_read_span(found["span"]), _read_span(found["phrase"]), where)


def _read_actor_mention(found: Mapping[str, Any]) -> ActorMention:
    actor = found["actor"]
    return ActorMention(
        span=_read_span(found["span"]),
        name=found["name"],
        kind=found["kind"],
        sort=found["sort"],
        actor=actor and Actor(**{**actor, "offices": tuple((one["id"], one["from"], one["to"]) for one in actor["offices"])}),
        of=found["of"] and _read_span(found["of"]),
        how=found["how"],
        why=found["why"],
    )


def _read_quantity(found: Mapping[str, Any]) -> Quantity:
    return Quantity(_read_span(found["span"]), found["low"], found["high"], found["bound"], found["of"], found["rule"])


def _read_time(found: Mapping[str, Any]) -> TimeExpression:
    return TimeExpression(
        span=_read_span(found["span"]),
        type=found["type"],
        start=_date(found["from"]),
        end=_date(found["to"]),
        grain=found["grain"],
        value=found["value"],
        anchor=_date(found["anchor"]),
        rule=found["rule"],
    )
