"""Files of places as others publish them: what each format gives, and what it refuses and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from riwaya.errors import PlacesError
from riwaya.places.formats import FORMATS, reader, recognised
from riwaya.places.formats.row import Read, Refused

from .conftest import Writer

DUMP = (
    "71\tKafr Zanbaq\tKafr Zanbaq\tKafr Zanbaq,كفر زنبق,كفرزنبق\t10.5\t20.25\tP\tPPLA3\tZZ\t\t04\t\t\t\t22000\t\t310\t"
    "Asia/Nowhere\t2020-01-01"
)


def rows(path: Path, format: str | None = None) -> list[Read | Refused]:
    return list(reader(format or recognised(path))(path))


def kept(path: Path, format: str | None = None) -> list[Read]:
    return [row for row in rows(path, format) if isinstance(row, Read)]


def reasons(path: Path, format: str | None = None) -> list[tuple[int, str]]:
    return [(row.line, row.reason) for row in rows(path, format) if isinstance(row, Refused)]


# -- GeoNames


def test_a_dump_of_geonames(written: Writer) -> None:
    path = written("ZZ.txt", DUMP + "\r\n")
    assert recognised(path) == "geonames"
    (row,) = kept(path)
    assert (row.line, row.names) == (1, ("كفر زنبق", "كفرزنبق"))
    place = row.place
    assert (place.id, place.name, place.english, place.kind, place.country) == ("geonames:71", "كفر زنبق", "Kafr Zanbaq", "town", "ZZ")
    assert (place.lat, place.lon, place.population) == (10.5, 20.25, 22_000)


def test_a_place_lies_in_the_division_that_its_codes_name(written: Writer) -> None:
    first = DUMP.replace("71\t", "1\t", 1).replace("P\tPPLA3", "A\tADM1")
    second = DUMP.replace("71\t", "2\t", 1).replace("P\tPPLA3", "A\tADM2").replace("\t04\t", "\t04\t0402")
    inner = DUMP.replace("\t04\t", "\t04\t0402")
    other = DUMP.replace("71\t", "72\t", 1).replace("\t04\t", "\t05\t")
    within = {
        row.place.id: row.place.within
        for row in kept(written("ZZ.txt", "\n".join((inner, second, first, DUMP.replace("71", "73", 1), other))))
    }
    assert within == {
        "geonames:71": "geonames:2", "geonames:2": "geonames:1", "geonames:1": None, "geonames:73": "geonames:1", "geonames:72": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "people", "kind"),
    [
        ("P\tPPL", "0", "village"),
        ("P\tPPL", "5000", "town"),
        ("P\tPPLX", "0", "neighbourhood"),
        ("A\tADM1", "0", "governorate"),
        ("S\tDAM", "0", "dam"),
        ("H\tSTM", "0", "river"),
        ("S\tMSQE", "0", "site"),
        ("R\tRD", "0", "road"),
        ("\t", "", "site"),
    ],
)
def test_what_geonames_calls_a_place(written: Writer, code: str, people: str, kind: str) -> None:
    (row,) = kept(written("ZZ.txt", DUMP.replace("P\tPPLA3", code).replace("22000", people)))
    assert row.place.kind == kind


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (DUMP.rsplit("\t", 1)[0], "18 columns where a dump has 19"),
        (DUMP.replace("كفر زنبق,كفرزنبق", "Kafr"), "no name in Arabic script"),
        (DUMP.replace("20.25", "east"), "no point: latitude and longitude are not numbers"),
        (DUMP.replace("20.25", "nan"), "no point: latitude and longitude are not numbers"),
        (DUMP.replace("10.5", "95"), "no point on the earth: 95.0, 20.25"),
        (DUMP.replace("10.5", "0").replace("20.25", "0"), "no point on the earth: 0.0, 0.0"),
        (DUMP.replace("\tZZ\t", "\tZumurrudan\t"), "no country code of two letters: Zumurrudan"),
        (DUMP.removeprefix("71"), "no id"),
    ],
)
def test_a_row_that_gives_no_place_is_refused(written: Writer, line: str, reason: str) -> None:
    path = written("ZZ.txt", f"{DUMP}\n\n{line}\n")
    assert reasons(path, "geonames") == [(3, reason)]
    assert len(kept(path, "geonames")) == 1


def test_bytes_that_are_no_utf8_are_told_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "ZZ.txt"
    path.write_bytes(f"{DUMP}\n".encode() + DUMP.encode("cp1256"))
    with pytest.raises(PlacesError, match=r"ZZ\.txt, line 2: not UTF-8"):
        rows(path)


# -- tables


def test_a_table_of_ones_own(written: Writer) -> None:
    path = written(
        "own.csv", "\ufeffName,kind,lat,lon,aliases,en,country,population\nكفر زنبق,village,10.5,20.25,زنبقية|الزنبقية,Kafr Zanbaq,zz,300\n"
    )
    assert recognised(path) == "csv"
    (row,) = kept(path)
    assert row.names == ("كفر زنبق", "زنبقية", "الزنبقية")
    assert (row.place.id, row.place.kind, row.place.country, row.place.population) == ("line:2", "village", "ZZ", 300)


@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_table_parted_by_another_mark(written: Writer, mark: str) -> None:
    (row,) = kept(
        written("own.csv", mark.join(("id", "latitude", "longitude", "name_ar")) + "\n" + mark.join(("7", "10,5", "20,25", "وعل")) + "\n")
    )
    assert (row.place.id, row.place.lat, row.place.lon) == ("7", 10.5, 20.25)


def test_rows_of_a_table_that_give_no_place(written: Writer) -> None:
    path = written("own.csv", 'name,kind,lat,lon\nوعل,castle,10,20\nوعل,town,10\n"وعل,town,10,20\nوعل,town,,\nWa3l,town,10,20\n')
    assert [line for line, _ in reasons(path)] == [2, 3, 4, 5, 6]
    told = dict(reasons(path))
    assert told[2].startswith("no kind of place: castle; there are airport")
    assert told[3] == "3 cells where the head has 4"
    assert told[4].startswith("no row of a table")
    assert told[5].startswith("no point")


def test_a_table_without_a_needed_column_is_told(written: Writer) -> None:
    with pytest.raises(PlacesError, match="line 1: no column lat, lon; there are name, x1"):
        rows(written("own.csv", "name,x1\nوعل,1\n"))


def test_boundaries_with_p_codes(written: Writer) -> None:
    text = (
        "ADM0_PCODE,ADM1_EN,ADM1_AR,ADM1_PCODE,ADM2_EN,ADM2_AR,ADM2_PCODE,lat,lon\n"
        "ZZ,Sahlan,سهلان,ZZ01,Waar,الوعر,ZZ0102,10.5,20.25\nZZ,Sahlan,سهلان,ZZ01,,,,10,20\nZZ,Sahlan,سهلان,,,,,10,20\nZZ,,,,,,,10,20\n"
    )
    path = written("admin.csv", text)
    assert recognised(path) == "boundaries"
    district, governorate = kept(path)
    assert (district.place.id, district.place.within, district.place.kind) == ("pcode:ZZ0102", "pcode:ZZ01", "district")
    assert (district.place.name, district.place.english, district.place.country) == ("الوعر", "Waar", "ZZ")
    assert (governorate.place.id, governorate.place.within, governorate.place.kind) == ("pcode:ZZ01", "pcode:ZZ", "governorate")
    assert [reason for _, reason in reasons(path)] == ["no name in Arabic script"] * 2


def test_boundaries_with_the_other_names_of_columns(written: Writer) -> None:
    text = (
        "admin1Name_ar,admin1Pcode,admin3Name_en,admin3Name_ar,admin3Pcode,Latitude,Longitude\nسهلان,ZZ01,Waar,الوعر,ZZ010203,10.5,20.25\n"
    )
    (row,) = kept(written("admin.csv", text))
    assert (row.place.id, row.place.within, row.place.name, row.place.english) == ("pcode:ZZ010203", "pcode:ZZ01", "الوعر", "Waar")


def test_boundaries_without_points_are_told(written: Writer) -> None:
    with pytest.raises(PlacesError, match="no columns of a point"):
        rows(written("admin.csv", "ADM1_PCODE,ADM1_AR\nZZ01,سهلان\n"))


# -- GeoJSON, Overpass, OpenStreetMap's XML


def collection(*features: Any) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


def feature(properties: Any, coordinates: Any = (20.25, 10.5), **more: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Point", "coordinates": coordinates}, **more}


def test_geojson_of_openstreetmap(written: Writer) -> None:
    tags = {"place": "village", "name": "كفر زنبق", "name:en": "Kafr Zanbaq", "alt_name:ar": "زنبقية;الزنبقية", "population": "300"}
    path = written("extract.geojson", collection(feature(tags, id="node/7")))
    assert recognised(path) == "geojson"
    (row,) = kept(path)
    assert row.names == ("كفر زنبق", "زنبقية", "الزنبقية")
    assert (row.place.id, row.place.kind, row.place.lat, row.place.lon) == ("osm:node/7", "village", 10.5, 20.25)


def test_geojson_of_boundaries_takes_their_middle(written: Writer) -> None:
    ring = [[[20, 10], [22, 10], [22, 11], [20, 11], [20, 10]]]
    (row,) = kept(written("admin.json", collection(feature({"ADM1_PCODE": "ZZ01", "ADM1_AR": "سهلان"}, ring))))
    assert (row.place.id, row.place.kind, row.place.lat, row.place.lon) == ("pcode:ZZ01", "governorate", 10.5, 21.0)


def test_features_that_give_no_place(written: Writer) -> None:
    path = written(
        "extract.json",
        collection(
            5, feature(None), feature({"place": "town"}, []), {**feature({"place": "town"}), "geometry": None}, feature({"name": "وعل"})
        ),
    )
    assert reasons(path) == [
        (1, "no feature with properties"),
        (2, "no feature with properties"),
        (3, "no geometry with coordinates"),
        (4, "no geometry with coordinates"),
        (5, "no tag says what it is"),
    ]


def test_an_answer_of_overpass(written: Writer) -> None:
    elements = [
        {"type": "node", "id": 7, "lat": 10.5, "lon": 20.25, "tags": {"place": "town", "name:ar": "وعل"}},
        {"type": "way", "id": 8, "center": {"lat": 10.5, "lon": 20.25}, "tags": {"waterway": "river", "name": "نهر الزمرد"}},
        {"type": "way", "id": 9, "tags": {"highway": "primary", "name": "طريق"}},
        "node",
    ]
    path = written("answer.json", json.dumps({"version": 0.6, "elements": elements}, ensure_ascii=False))
    assert recognised(path) == "overpass"
    assert [(row.place.id, row.place.kind) for row in kept(path)] == [("osm:n7", "town"), ("osm:w8", "river")]
    assert reasons(path) == [(3, "no point: ask Overpass with `out center`"), (4, "no element")]


XML = """<?xml version="1.0"?>
<osm version="0.6">
  <node id="1" lat="10" lon="20"/>
  <node id="7" lat="10.5" lon="20.25"><tag k="place" v="hamlet"/><tag k="name" v="وعل"/></node>
  <way id="8"><nd ref="1"/><tag k="highway" v="primary"/><tag k="name" v="طريق وعل"/></way>
</osm>
"""


def test_openstreetmaps_xml(written: Writer) -> None:
    path = written("extract.osm", XML)
    assert recognised(path) == "osm"
    assert [(row.line, row.place.id, row.place.kind) for row in kept(path)] == [(4, "osm:n7", "village")]
    assert reasons(path) == [(5, "no point: only nodes have one, and ways and relations with a center")]


# -- what is no such file


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("none.txt", " \n", r"none\.txt: the file is empty"),
        ("prose.txt", "كان يا ما كان\n", "line 1: no known format"),
        ("cut.geojson", '{"type": "FeatureCollection",\n "features": [', "line 2: not JSON"),
        ("bare.geojson", "[1, 2]", "not GeoJSON: it has no list `features`"),
        ("bare.json", '{"elements": {}}', "not an answer of Overpass: it has no list `elements`"),
        ("deep.geojson", "[" * 100_000, "not JSON"),
        ("cut.osm", XML[:200], r"cut\.osm, line \d+: not XML"),
        ("bomb.osm", '<!DOCTYPE a [<!ENTITY b "bb">]><osm><node id="1">&b;</node>', "not XML"),
    ],
)
def test_what_is_no_such_file_is_told(written: Writer, name: str, text: str, reason: str) -> None:
    path = written(name, text)
    with pytest.raises(PlacesError, match=reason):
        rows(path)


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\x1f\x8b\x08"])
def test_a_packed_file_is_told(tmp_path: Path, start: bytes) -> None:
    (tmp_path / "ZZ.zip").write_bytes(start + bytes(30))
    with pytest.raises(PlacesError, match="packed: unpack it first"):
        recognised(tmp_path / "ZZ.zip")


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_that_is_not_there_is_told_by_every_format(tmp_path: Path, format: str) -> None:
    with pytest.raises(PlacesError, match="nowhere"):
        rows(tmp_path / "nowhere", format)
    with pytest.raises(PlacesError, match="nowhere"):
        recognised(tmp_path / "nowhere")
