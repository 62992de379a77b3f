import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.model import Annotations, Article
from riwaya.show.jsonl import SCHEMA, digest, line, read_row, row


def test_every_span_reads_back_to_its_words(fire: Annotations) -> None:
    def spans(value: object) -> list[dict[str, object]]:
        if isinstance(value, list):
            return [span for item in value for span in spans(item)]
        if not isinstance(value, dict):
            return []
        if set(value) == {"start", "end", "text"}:
            return [value]
        return [span for item in value.values() for span in spans(item)]

    found = row(fire)
    assert len(spans(found)) == 20
    for span in spans(found):
        assert found["text"][span["start"] : span["end"]] == span["text"]


def test_what_the_scorer_reads(fire: Annotations) -> None:
    found = json.loads(line(fire))
    claim = found["claims"][3]
    assert (claim["cue"]["text"], claim["source"]["text"], claim["speaker"]["name"]) == ("ونقلت", "شهود", "شهود")
    assert (claim["kind"], claim["form"], claim["attitude"], claim["to"], claim["via"]) == (
        "anonymous", "indirect", "asserted", None, "نقابة التجار",
    )  # fmt: skip
    assert found["claims"][2]["source"] is None
    assert found["claims"][1]["to"]["text"] == "صدى الوادي"
    assert [(quantity["low"], quantity["high"]) for quantity in found["quantities"]] == [(12, 12), (0, 5)]
    assert [(time["from"], time["to"]) for time in found["times"]] == [("2021-03-04", "2021-03-04"), ("2021-02-25", "2021-02-27")]


def test_a_claim_names_actors_places_and_times_by_number(raid: Annotations) -> None:
    found = row(raid)
    first, second, third = found["claims"]
    assert [found["actors"][number]["name"] for number in first["actors"]] == ["كتيبة السنديان", "الفصيل", "شرطيا"]
    assert [found["places"][number]["phrase"]["text"] for number in first["places"]] == ["شمال قرية النبعة", "قرب الجسر"]
    where, when = found["places"][second["where"]], found["times"][second["when"]]
    assert (where["place"]["name"], where["where_prec"], where["radius"], second["where_from"]) == ("النبعة", 2, 25_000, "passage")
    assert (when["span"]["text"], when["from"], second["when_from"]) == ("فجر الخميس", "2021-03-04", "passage")
    assert (third["where"], third["where_from"], third["when"], third["when_from"]) == (None, "unknown", None, "unknown")


def test_what_stays_open_says_so(raid: Annotations) -> None:
    found = row(raid)
    bridge = found["places"][2]
    assert (bridge["place"], bridge["lat"], bridge["lon"], bridge["where_prec"], bridge["radius"]) == (None, None, None, None, None)
    assert (bridge["runner_up"]["place"]["name"], bridge["runner_up"]["score"]) == ("الخروبة", 0.4)
    faction = found["actors"][2]
    assert (faction["actor"], faction["of"], faction["how"]) == (None, None, "coreference")
    assert (bridge["why"], faction["why"]) == ("no bridge of this name", "two that are named together fit")


def test_nothing_is_lost_of_a_claim_that_names_what_the_article_does_not(raid: Annotations) -> None:
    found = read_row(row(replace(raid, times=(), actors=(), places=())))
    assert found.claims == raid.claims
    assert (set(found.times), set(found.actors), set(found.places)) == (set(raid.times), set(raid.actors[1:4]), set(raid.places[1:3]))


def test_a_row_is_read_back(fire: Annotations, raid: Annotations, bare: Annotations) -> None:
    assert read_row(json.loads(line(fire))) == fire
    assert read_row(json.loads(line(raid))) == raid
    assert read_row(json.loads(line(bare))) == bare


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_any_row_is_read_back(hostile_article: st.SearchStrategy[Annotations], data: st.DataObject) -> None:
    article = data.draw(hostile_article)
    written = line(article)
    assert len(written.splitlines()) == 1
    written.encode("utf-8")
    again = read_row(json.loads(written))
    assert len(again.article.text) == len(article.article.text)
    assert line(again) == written


def test_the_digest_is_that_of_the_text() -> None:
    assert digest("خبر") == hashlib.sha256("خبر".encode()).hexdigest()


def test_lone_surrogates_stay_and_false_pairs_do_not_join() -> None:
    written = line(Annotations(Article("x", "a\ud800b\ud83d\ude00c")))
    found = json.loads(written)
    assert found["text"] == "a\ud800b\ufffd\ude00c"
    assert found["sha256"] == digest(found["text"])


@pytest.mark.parametrize(("schema", "said"), [("riwaya-article/1", "one of riwaya-article/1: read its article again"), (None, "no schema")])
def test_a_row_of_another_schema_is_refused(bare: Annotations, schema: str | None, said: str) -> None:
    with pytest.raises(ValueError, match=f"a row of {SCHEMA} is needed, and this is .*{said}"):
        read_row({**row(bare), "schema": schema})
    with pytest.raises(ValueError, match="no schema"):
        read_row({"text": "خبر"})


def test_the_documented_fields_are_the_fields(fire: Annotations, raid: Annotations) -> None:
    """Each table of docs/schema.md names the fields of one object, in their order."""
    found = row(fire)
    claim = found["claims"][0]
    named = row(raid)
    place, actor = named["places"][1], named["actors"][1]
    objects = {
        "Article": found,
        "Claim": claim,
        "Speaker": claim["speaker"],
        "Span": claim["cue"],
        "Quantity": found["quantities"][0],
        "Time": found["times"][0],
        "Name": named["names"][0],
        "ActorMention": actor,
        "Actor": actor["actor"],
        "Office": actor["actor"]["offices"][0],
        "PlaceMention": place,
        "Place": place["place"],
        "RunnerUp": place["runner_up"],
        "Passage": found["passages"][0],
    }
    tables = documented()
    for name, value in objects.items():
        assert tables[name] == list(value), name
    assert f"`{SCHEMA}`" in schema_text()


def schema_text() -> str:
    return (Path(__file__).parents[2] / "docs" / "schema.md").read_text("utf-8")


def documented() -> dict[str, list[str]]:
    """The first column of the table under each heading."""
    found: dict[str, list[str]] = {}
    heading = ""
    for written in schema_text().splitlines():
        if written.startswith("#"):
            heading = written.lstrip("# ")
        elif written.startswith("| `"):
            found.setdefault(heading, []).append(written.split("`")[1])
    return found
