"""What holds for every format: it can be encoded, takes any text and spans, shows an article without claims, says the same twice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.model import Annotations
from riwaya.show.clean import utf8
from riwaya.show.formats import FORMATS, Format, Look, writer


def whole(name: Format, *articles: Annotations, look: Look | None = None) -> str:
    shown = writer(name, look)
    return shown.begin() + "".join(shown.add(article) for article in articles) + shown.end()


@pytest.mark.parametrize("name", FORMATS)
@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_shown(hostile_article: st.SearchStrategy[Annotations], name: Format, data: st.DataObject) -> None:
    article = data.draw(hostile_article)
    shown = whole(name, article)
    utf8(shown).encode("utf-8")
    assert shown == whole(name, article)
    assert "\x00" not in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize("name", FORMATS)
def test_an_article_without_claims(name: Format, bare: Annotations) -> None:
    assert whole(name, bare)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_words_stand_verbatim(name: Format, language: str, fire: Annotations) -> None:
    shown = whole(name, fire, look=Look(language=language, columns=500))  # type: ignore[arg-type]
    for words in ("سالم القرواني", "العدد لا يزيد على 5 جرحى", "الحريق بدأ قبل نحو أسبوع", "صدى الوادي", "ونفت"):
        assert words in shown


@pytest.mark.parametrize("name", FORMATS)
def test_what_a_claim_names_is_in_every_format(name: Format, raid: Annotations) -> None:
    shown = whole(name, raid, look=Look(columns=500))
    for words in ("شمال قرية النبعة", "كتيبة السنديان", "الفصيل", "فجر الخميس"):
        assert words in shown


def test_a_name_that_is_no_format() -> None:
    with pytest.raises(ValueError, match="there are ledger, jsonl"):
        writer("xml")  # type: ignore[arg-type]
