"""Places in running text, where a claim is, and the sequence of tags; with an invented gazetteer, and names told by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from riwaya.extract.encoder import TAGS
from riwaya.extract.named import Named, _likeliest
from riwaya.extract.placed import places
from riwaya.extract.scan import scan
from riwaya.extract.scope import placed_in
from riwaya.lang.tables import load
from riwaya.model import Claim, Place, PlaceMention, Source, Span
from riwaya.places import store
from riwaya.places.layers import Gazetteers
from riwaya.text.words import read

WORDS = load()


@pytest.fixture(scope="module")
def gazetteers(tmp_path_factory: pytest.TempPathFactory) -> Gazetteers:
    rows = [
        ("z1", "زرنوق", "town", "ZZ", 10.0, ()), ("z2", "مرجونة", "village", "ZZ", 10.2, ()), ("z3", "سرحوب", "town", "ZZ", 10.3, ()),
        ("z4", "الصفاة", "town", "ZZ", 10.4, ("الصفاة",)), ("y1", "برذون", "village", "YY", 40.0, ()),
    ]  # fmt: skip
    path: Path = tmp_path_factory.mktemp("places") / "made.gaz"
    named = [
        store.Named(Place(id, name, kind, country, at, at), (name,), (), frozenset(nouns)) for id, name, kind, country, at, nouns in rows
    ]  # type: ignore[arg-type]
    store.build(path, named, store.About("made", "free", "nothing"))
    return Gazetteers([store.load(path)])


def found(text: str, gazetteers: Gazetteers, *told: str) -> dict[str, PlaceMention]:
    """The places of a text in which these words are tagged as names of places, by their words."""
    seen = scan(read(text), WORDS)
    names = [Named(k, k + 1, "place") for k in range(seen.size) if seen.reading.span(k, k + 1).of(text) in told]
    return {one.span.of(text): one for one in places(seen, names, gazetteers, WORDS)}


def test_a_name_with_what_leads_it(gazetteers: Gazetteers) -> None:
    text = "وقع الانفجار شمال بلدة زرنوق فجرا"
    one = found(text, gazetteers, "زرنوق")["زرنوق"]
    assert one.phrase.of(text) == "شمال بلدة زرنوق"
    assert (one.location.place and one.location.place.id, one.location.where_prec) == ("z1", 2)


def test_a_name_that_only_the_gazetteer_knows_behind_its_kind(gazetteers: Gazetteers) -> None:
    assert found("انسحبوا من قرية مرجونة مساء", gazetteers)["مرجونة"].location.place
    assert not found("انسحبوا من مرجونة مساء", gazetteers)


def test_two_names_behind_a_dual_and_one_behind_a_singular(gazetteers: Gazetteers) -> None:
    two = found("في مدينة زرنوق تحصنوا في حيي البستان والمرسى", gazetteers, "زرنوق", "البستان")
    assert [two[name].location.place and two[name].location.place.id for name in ("البستان", "والمرسى")] == ["z1", "z1"]
    assert two["البستان"].location.detail
    assert "والتموين" not in found("في مدينة زرنوق وزعوا في حي البستان والتموين", gazetteers, "زرنوق", "البستان")


def test_a_noun_for_a_kind_of_place_is_no_name(gazetteers: Gazetteers) -> None:
    assert not found("تجمعوا قرب القرية", gazetteers, "القرية")


def test_a_name_said_again_without_its_kind(gazetteers: Gazetteers) -> None:
    text = "دخلوا مدينة الصفاة ثم خرجوا من الصفاة"
    here = places(scan(read(text), WORDS), [], gazetteers, WORDS)
    assert [one.span.start for one in here] == [text.index("الصفاة"), text.rindex("الصفاة")]


def test_a_village_far_from_what_the_text_is_about(gazetteers: Gazetteers) -> None:
    text = "في زرنوق وفي مرجونة وفي سرحوب وفي برذون"
    far = found(text, gazetteers, "زرنوق", "مرجونة", "سرحوب", "برذون")["برذون"].location
    assert far.place is None
    assert far.runner_up is not None
    assert far.runner_up[0].id == "y1"


def test_where_a_claim_is(gazetteers: Gazetteers) -> None:
    text = "في زرنوق قال سالم من سرحوب إن القصف توقف. وأضاف أن مرجونة هادئة"
    seen = scan(read(text), WORDS)
    names = [Named(k, k + 1, "place") for k in range(seen.size) if seen.words[k] in ("زرنوق", "سرحوب", "مرجونه")]
    here = places(seen, names, gazetteers, WORDS)

    def claim(cue: str, content: str) -> Claim:
        spans = [Span(text.index(words), text.index(words) + len(words)) for words in (cue, content)]
        held = tuple(one for one in here if spans[1].holds(one.span))
        return Claim(spans[0], Source(None, "سالم"), (spans[1],), places=held)

    said = placed_in([claim("قال", "القصف توقف"), claim("وأضاف", "مرجونة هادئة")], seen, here)
    assert [(one.where and one.where.span.of(text), one.where_from) for one in said] == [("زرنوق", "sentence"), ("مرجونة", "content")]


def test_a_name_begins_before_it_goes_on() -> None:
    begins, goes_on = TAGS.index("B place"), TAGS.index("I place")
    nothing, likely = [0.0] * len(TAGS), [0.0] * len(TAGS)
    likely[goes_on] = 3.0
    likely[begins] = 2.0
    assert _likeliest([likely, likely, nothing]) == [begins, goes_on, 0]
