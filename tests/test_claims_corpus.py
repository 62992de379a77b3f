"""Invented texts and the claims in them, as the guidelines of annotation find them: `corpus/ar/claims.toml`. Its head says how.

A text is read right if each of its claims is found with all its parts, in the words that it should have, and no other claim is. What
reads claims is learned: after learning, `make cases` sorts the texts again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import cases
from riwaya import annotate
from riwaya.lang.tables import Row
from riwaya.model import Span

TEXTS = cases.load()


def texts(*kinds: str) -> list[Any]:
    return [pytest.param(row, id=f"{kind}-{row['about']}-{row['say'][:30]}") for kind, row in TEXTS if kind in kinds]


@pytest.mark.parametrize("row", texts("case", "never"))
def test_text_is_read_right(row: Row) -> None:
    assert cases.faults(row) == [], "after learning again: make cases"


@pytest.mark.parametrize("row", texts("wanted"))
def test_wanted_does_not_pass_yet(row: Row) -> None:
    assert cases.faults(row) != [], "it passes: make cases"


def test_the_file_is_well_formed() -> None:
    """Every claim's words are in their text (`cases.load` looks them all up), no text stands twice, and each says what it shows."""
    said = [row["say"] for _, row in TEXTS]
    assert len(said) == len(set(said))
    assert all(row["about"] for _, row in TEXTS)
    assert {kind for kind, _ in TEXTS} == set(cases.KINDS)
    for _, row in TEXTS:
        for claim in row.get("claims", ()):
            assert claim.get("nobody") or claim.get("speaker") or claim.get("source")
            assert claim["kind"] in ("person", "organisation", "document", "media", "anonymous", "unspecified")
            assert claim.get("form", "indirect") in ("direct", "indirect", "mixed")
            assert claim.get("attitude", "asserted") in ("asserted", "denied", "hedged", "called-for")


def test_the_texts_show_every_side_of_a_claim() -> None:
    claims = [claim for _, row in TEXTS for claim in row.get("claims", ())]
    for field, values in {
        "kind": ("person", "organisation", "document", "media", "anonymous", "unspecified"),
        "form": ("direct", "mixed"),
        "attitude": ("denied", "hedged", "called-for"),
    }.items():
        assert {claim.get(field) for claim in claims} >= set(values)
    assert sum("via" in claim for claim in claims) >= 8
    assert sum("to" in claim for claim in claims) >= 8
    assert sum(claim.get("nobody", False) for claim in claims) >= 5
    assert sum(not isinstance(claim["content"], str) for claim in claims) >= 3


def test_what_is_wrong_is_named(tmp_path: Path) -> None:
    say = "قال وزير النقل سالم الدهّان إن الجسر سيفتح غدا."
    right = {"cue": "قال", "source": "وزير النقل سالم الدهّان", "speaker": "سالم الدهّان", "kind": "person", "content": "الجسر … غدا"}
    assert cases.faults({"say": say, "claims": [right]}) == []
    assert cases.faults({"say": say, "claims": []}) == ["قال: is no claim"]
    wrong = right | {
        "kind": "media",
        "content": "سيفتح",
        "speaker": "عمر",
        "form": "direct",
        "attitude": "denied",
        "to": "لعمر",
        "via": "عمر",
    }
    told = cases.faults({"say": say, "claims": [wrong]})
    assert [fault.split()[1] for fault in told] == ["content", "speaker", "kind", "form", "attitude", "told", "via"]
    with pytest.raises(ValueError, match="does not hold"):
        cases.spans({"say": say, "claims": [right | {"source": "عمر"}]})
    broken = tmp_path / "claims.toml"
    broken.write_text(f'[[never]]\nabout = "x"\nsay = "{say}"\nclaims = [{{ cue = "قال" }}]\n', "utf-8")
    with pytest.raises(ValueError, match="a never has none"):
        cases.load(broken)


def test_sorting_moves_headings_and_nothing_else(tmp_path: Path) -> None:
    say = "قال وزير النقل سالم الدهّان إن الجسر سيفتح غدا."
    wrong = tmp_path / "claims.toml"
    wrong.write_text(
        f'# head\n\n[[never]]\nabout = "a"\nsay = "{say}"  # kept\n\n[[wanted]]\nabout = "b"\nsay = "وصلت القافلة أمس."\n', "utf-8"
    )
    text, moved = cases.sort(wrong)
    assert text == wrong.read_text("utf-8").replace("never", "WAS").replace("[[wanted]]", "[[never]]").replace("[[WAS]]", "[[wanted]]")
    assert len(moved) == 2


def test_contents_are_found_where_they_stand() -> None:
    text = "«أ ب»، قال عمر، «ج د». وقال عمر: «أ ب»."
    found = cases.spans({"say": text, "claims": [
        {"cue": "قال", "source": "عمر", "kind": "person", "content": ["أ ب", "ج د"]},
        {"cue": "وقال", "source": "عمر", "kind": "person", "content": "أ ب"},
    ]})  # fmt: skip
    assert found[0] == (Span(7, 10), Span(11, 14), [Span(1, 4), Span(17, 20)])
    assert found[1][2] == [Span(text.rindex("أ ب"), text.rindex("أ ب") + 3)]
    assert annotate(text).article.text == text
