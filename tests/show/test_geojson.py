import json
import math

from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.model import Annotations
from riwaya.show.clean import utf8
from riwaya.show.geojson import GeoJson, features
from riwaya.show.webannotation import annotate_claims


def collection(*articles: Annotations) -> dict[str, object]:
    shown = GeoJson()
    found: dict[str, object] = json.loads(utf8(shown.begin() + "".join(map(shown.add, articles)) + shown.end()))
    return found


def test_a_feature_a_claim(fire: Annotations, raid: Annotations, bare: Annotations) -> None:
    found = collection(bare, fire, raid)
    assert found["type"] == "FeatureCollection"
    assert len(found["features"]) == 7  # type: ignore[arg-type]
    assert collection(bare) == {"type": "FeatureCollection", "features": []}


def test_a_point_is_longitude_then_latitude(raid: Annotations) -> None:
    first, second, third = features(raid)
    assert first["geometry"] == second["geometry"] == {"type": "Point", "coordinates": [-12.34568, 18.12346]}
    assert third["geometry"] is None


def test_the_properties_say_whose_claim_it_is_and_how_exact_its_place(raid: Annotations) -> None:
    about = features(raid)[1]["properties"]
    assert (about["article"], about["claim"], about["speaker"], about["cue"], about["content"]) == (
        "raid", 2, "مسعف", "وأضاف", "اثنين قتلا هناك",
    )  # fmt: skip
    assert (about["where"], about["where_name"], about["where_english"], about["where_id"]) == (
        "شمال قرية النبعة", "النبعة", "Nabaa", "geonames:99999999991",
    )  # fmt: skip
    assert (about["where_prec"], about["radius"], about["where_score"], about["where_from"]) == (2, 25_000, 0.81, "passage")
    assert (about["why"], about["date_start"], about["quantities"][0]["low"]) == ("direction; exact name", "2021-03-04", 2)
    assert [actor["name"] for actor in features(raid)[0]["properties"]["actors"]] == ["كتيبة السنديان", None, "شرطيا"]
    nowhere = features(raid)[2]["properties"]
    assert (nowhere["where"], nowhere["where_prec"], nowhere["where_from"]) == (None, None, "unknown")


def test_a_claim_has_the_name_it_has_as_an_annotation(raid: Annotations) -> None:
    assert [feature["id"] for feature in features(raid)] == [item["id"] for item in annotate_claims(raid)]


@given(st.data())
@settings(max_examples=50, deadline=None)
def test_any_article_gives_valid_geojson(hostile_article: st.SearchStrategy[Annotations], data: st.DataObject) -> None:
    article = data.draw(hostile_article)
    found = collection(article)["features"]
    assert isinstance(found, list)
    assert len(found) == len(article.claims)
    for feature in found:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["geometry"] is None or all(map(math.isfinite, feature["geometry"]["coordinates"]))


def test_the_documented_properties_are_the_properties(raid: Annotations, project) -> None:  # type: ignore[no-untyped-def]
    section = (project / "docs" / "schema.md").read_text("utf-8").split("## GeoJSON", 1)[1].split("\n## ", 1)[0]
    assert [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")] == list(features(raid)[0]["properties"])
