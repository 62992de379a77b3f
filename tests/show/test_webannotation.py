import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.model import Annotations
from riwaya.show.clean import utf8
from riwaya.show.webannotation import CONTEXT, WebAnnotations, annotate_claims, annotate_mentions, text_name


def collection(*articles: Annotations) -> dict[str, object]:
    shown = WebAnnotations()
    found: dict[str, object] = json.loads(shown.begin() + "".join(map(shown.add, articles)) + shown.end())
    return found


def test_one_collection_with_all_claims(fire: Annotations, bare: Annotations) -> None:
    found = collection(fire, bare, fire)
    assert found["type"] == "AnnotationCollection"
    assert found["total"] == 8
    assert len(found["first"]["items"]) == 8  # type: ignore[index]


def test_no_claims_give_an_empty_page(bare: Annotations) -> None:
    assert collection(bare)["first"] == {"type": "AnnotationPage", "startIndex": 0, "items": []}


def test_selectors_find_the_words(fire: Annotations) -> None:
    text = fire.article.text
    for item, claim in zip(annotate_claims(fire), fire.claims, strict=True):
        for target, span in zip(item["target"], claim.content, strict=True):
            quote, position = target["selector"]
            assert (position["type"], quote["type"]) == ("TextPositionSelector", "TextQuoteSelector")
            assert text[position["start"] : position["end"]] == quote["exact"] == span.of(text)
            assert quote["prefix"] + quote["exact"] + quote["suffix"] in text


def test_the_text_is_named_by_its_digest(fire: Annotations, bare: Annotations) -> None:
    target = annotate_claims(fire)[0]["target"][0]
    assert target["source"] == fire.article.url
    assert target["state"] == {"type": "TimeState", "cached": text_name(fire.article.text)}
    assert text_name("") == "ni:///sha-256;47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"


def test_the_body_says_who_and_how(fire: Annotations) -> None:
    sentence, claim = annotate_claims(fire)[1]["body"]
    assert sentence["value"] == "نقابة التجار: ونفت"
    assert claim["riwaya:attitude"] == "denied"
    assert claim["riwaya:speaker"]["kind"] == "organisation"
    assert claim["riwaya:article"]["id"] == "fire"
    assert "riwaya:via" not in claim


def test_a_claim_holds_its_actors_places_and_times_in_full(raid: Annotations) -> None:
    first, second, third = (item["body"][1] for item in annotate_claims(raid))
    assert [actor["name"] for actor in first["riwaya:actors"]] == ["كتيبة السنديان", "الفصيل", "شرطيا"]
    assert [place["phrase"]["text"] for place in first["riwaya:places"]] == ["شمال قرية النبعة", "قرب الجسر"]
    assert (second["riwaya:where"]["place"]["name"], second["riwaya:where"]["scope"]) == ("النبعة", "passage")
    assert (second["riwaya:when"]["from"], second["riwaya:when"]["scope"]) == ("2021-03-04", "passage")
    assert not {"riwaya:where", "riwaya:when"} & set(third)


def test_mentions_identify_places_and_actors(raid: Annotations) -> None:
    found = annotate_mentions(raid)
    assert {item["motivation"] for item in found} == {"identifying"}
    sources = [body["source"] for item in found for body in item["body"] if body["type"] == "SpecificResource"]
    assert sources == [
        "https://www.openstreetmap.org/node/99999999992", "https://sws.geonames.org/99999999991/", "http://www.wikidata.org/entity/Q99999999999",
    ]  # fmt: skip
    nabaa = found[1]
    assert nabaa["target"][0]["selector"][0]["exact"] == "النبعة"
    assert nabaa["body"][1]["riwaya:place"]["radius"] == 25_000
    bridge = found[2]["body"]
    assert [body["type"] for body in bridge] == ["riwaya:PlaceMention"]
    assert bridge[0]["riwaya:place"]["place"] is None
    assert found[6]["body"][0]["riwaya:actor"]["how"] == "coreference"


@pytest.mark.parametrize("id", ["sy-x", "geonames:", "geonames:1/../2", "geonames:١", "osm:x1", "osm:n1 ", ""])
def test_only_known_ids_become_addresses(raid: Annotations, id: str) -> None:
    mention = raid.places[0]
    assert mention.location.place
    location = replace(mention.location, place=replace(mention.location.place, id=id))
    (item,) = annotate_mentions(replace(raid, claims=(), actors=(), places=(replace(mention, location=location),)))
    assert [body["type"] for body in item["body"]] == ["riwaya:PlaceMention"]


def test_every_key_is_in_the_context(raid: Annotations) -> None:
    """A key whose value is an object and that the context does not call a JSON literal would be lost in linked data."""
    literal = {name for name in CONTEXT[1] if name.startswith("riwaya:")}
    for item in (*annotate_claims(raid), *annotate_mentions(raid)):
        for body in item["body"]:
            assert {name for name, value in body.items() if isinstance(value, dict | list)} <= literal


def test_identifiers_are_the_same_each_time_and_differ(fire: Annotations, raid: Annotations) -> None:
    for report in (fire, raid):
        found = [item["id"] for item in (*annotate_claims(report), *annotate_mentions(report))]
        assert found == [item["id"] for item in (*annotate_claims(report), *annotate_mentions(report))]
        assert len(set(found)) == len(found)


@given(st.data())
@settings(max_examples=50, deadline=None)
def test_any_article_gives_valid_json(hostile_article: st.SearchStrategy[Annotations], data: st.DataObject) -> None:
    article = data.draw(hostile_article)
    shown = WebAnnotations()
    found = json.loads(utf8(shown.begin() + shown.add(article) + shown.end()))
    assert found["total"] == len(found["first"]["items"]) == len(article.claims) + len(article.places) + len(article.actors)
