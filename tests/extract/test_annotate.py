"""What holds for every text: spans are verbatim, furniture gives no claim, the same text is read the same way, and hostile text is read."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import riwaya
from riwaya.lang.tables import load

SAMPLE = Path(riwaya.__file__).parent / "sample"
WORDS = [
    "قال", "وأضاف", "أن", "إن", "بحسب", "المصدر", "الوزير", "سالم", "الدهّان", "نقلت", "وكالة", "عن", "نفى", "لافتا", "إلى", "أمس",
    "عشرات", "150",
    "«", "»", '"', "“", "(", ")", "،", ".", ":", "\n", "\u202e", "\u200f", "\ud800", "\x00", "ﷲ", "ﻻ", "ـ", "\u0651",
]  # fmt: skip
TEXT = "قال الوزير سالم الدهّان أمس إن عشرات النازحين عادوا إلى بلدة السروج. وأضاف: «سنعيد فتح الجسر خلال يومين»."


def spans(found: riwaya.Annotations) -> list[riwaya.Span]:
    held = [span for claim in found.claims for span in (claim.cue, *claim.content, claim.source.span, claim.addressee) if span]
    return held + [one.span for one in (*found.quantities, *found.times)]


def check(found: riwaya.Annotations) -> None:
    text = found.article.text
    assert all(0 <= span.start < span.end <= len(text) for span in spans(found))
    for claim in found.claims:
        for one in (*claim.quantities, *claim.times):
            assert any(span.holds(one.span) for span in claim.content)


@pytest.mark.parametrize("path", sorted(SAMPLE.glob("*.txt")), ids=lambda path: path.stem)
def test_the_sample_is_read_with_verbatim_spans_and_no_claim_in_furniture(path: Path) -> None:
    article = riwaya.read(path, published=date(2024, 3, 10))
    found = riwaya.annotate(article)
    check(found)
    assert found.claims
    furniture = [passage.span for passage in article.passages if passage.kind == "furniture"]
    assert not any(span.start <= claim.cue.start < span.end for claim in found.claims for span in furniture)
    assert riwaya.annotate(article) == found


def test_two_claims_of_one_speaker() -> None:
    found = riwaya.annotate(TEXT, published=date(2024, 3, 10))
    assert [(claim.cue.of(TEXT), claim.source.name, claim.source.kind) for claim in found.claims] == [
        ("قال", "سالم الدهّان", "person"),
        ("وأضاف", "سالم الدهّان", "person"),
    ]
    assert [claim.form for claim in found.claims] == ["indirect", "direct"]
    assert found.claims[1].content[0].of(TEXT) == "سنعيد فتح الجسر خلال يومين"


def test_explain_has_a_step_for_each_claim_and_names_its_rule() -> None:
    found = riwaya.annotate(TEXT)
    steps = riwaya.explain(TEXT)
    assert {claim.cue for claim in found.claims} == {step.span for step in steps if step.outcome == "claim"}
    assert all(step.rule and step.reason for step in steps)
    assert riwaya.explain(TEXT, at=TEXT.index("سنعيد"))[0].words[0] == "أضاف"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join) | st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    check(riwaya.annotate(text, published=date(2024, 3, 10)))


@pytest.mark.parametrize("kind", ["document", "media", "organisation", "anonymous"])
def test_a_head_that_the_weights_do_not_know_is_of_the_kind_that_its_row_says(kind: str, tmp_path: Path) -> None:
    (tmp_path / "heads.toml").write_text(f'[[entry]]\nhead = "guild"\nkind = "{kind}"\nwords = ["زمردنون"]\n', "utf-8")
    found = riwaya.annotate("قال الزمردنون إن المدينة سقطت.", words=load(tmp_path))
    assert [claim.source.kind for claim in found.claims] == [kind]


def test_explain_says_why_a_place_and_an_actor_are_the_ones_they_are() -> None:
    found = riwaya.annotate(TEXT)
    steps = riwaya.explain(TEXT)
    assert [step.span for step in steps if step.outcome == "place"] == [place.phrase for place in found.places]
    assert [step.span for step in steps if step.outcome == "actor"] == [actor.span for actor in found.actors]
    assert list(steps) == sorted(steps, key=lambda step: step.span)
    at = found.actors[0].span.start
    assert {step.outcome for step in riwaya.explain(TEXT, at=at)} >= {"actor"}
