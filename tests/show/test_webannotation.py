import json

from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.model import Annotations
from riwaya.show.clean import utf8
from riwaya.show.webannotation import WebAnnotations, annotate_claims, text_name


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


def test_identifiers_are_the_same_each_time_and_differ(fire: Annotations) -> None:
    found = [item["id"] for item in annotate_claims(fire)]
    assert found == [item["id"] for item in annotate_claims(fire)]
    assert len(set(found)) == len(found)


@given(st.data())
@settings(max_examples=50, deadline=None)
def test_any_article_gives_valid_json(hostile_article: st.SearchStrategy[Annotations], data: st.DataObject) -> None:
    article = data.draw(hostile_article)
    shown = WebAnnotations()
    found = json.loads(utf8(shown.begin() + shown.add(article) + shown.end()))
    assert found["total"] == len(article.claims)
