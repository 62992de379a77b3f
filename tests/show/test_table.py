import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.model import Annotations
from riwaya.show.table import COLUMNS, Table, safe


def rows(*articles: Annotations, bom: bool = False) -> list[dict[str, str]]:
    table = Table(bom=bom)
    written = table.begin() + "".join(map(table.add, articles)) + table.end()
    return list(csv.DictReader(io.StringIO(written, newline="")))


def test_a_row_a_claim(fire: Annotations, bare: Annotations) -> None:
    found = rows(bare, fire)
    assert [row["cue"] for row in found] == ["أعلن", "ونفت", "مؤكدة", "ونقلت"]
    first, denial, _, relayed = found
    assert (first["id"], first["claim"], first["published"], first["speaker"]) == ("fire", "1", "2021-03-05", "سالم القرواني")
    assert first["quantities"] == "12 شخصا = 12 (exact)"
    assert (denial["attitude"], denial["to"], denial["content"]) == ("denied", "صدى الوادي", "ذلك […] حديث")
    assert (relayed["via"], relayed["times"]) == ("نقابة التجار", "قبل نحو أسبوع = 2021-02-25/2021-02-27")
    text = fire.article.text
    assert text[int(first["content_start"]) : int(first["content_end"])] == first["content"]
    assert found[1]["spans"] == " ".join(f"[{span.start},{span.end}]" for span in fire.claims[1].content)


def test_where_when_and_who_of_a_claim(raid: Annotations) -> None:
    first, second, third = rows(raid)
    assert first["actors"] == "كتيبة السنديان = كتيبة السنديان (REB); الفصيل = ?; شرطيا = شرطيا (COP)"
    assert first["places"] == "شمال قرية النبعة = النبعة (village, 2); قرب الجسر = ?"
    where = [name for name in COLUMNS if name.startswith("where")]
    where[5:5] = ["lat", "lon"]
    where[8:8] = ["radius"]
    assert [second[name] for name in where] == [
        "شمال قرية النبعة", "النبعة", "village", "MR", "geonames:99999999991", "18.12346", "-12.34568", "2", "25000", "0.81", "passage",
    ]  # fmt: skip
    when = ("date_start", "date_end", "when", "when_from")
    assert [second[name] for name in when] == ["2021-03-04", "2021-03-04", "فجر الخميس", "passage"]
    assert {third[name] for name in (*where[:-1], "date_start", "date_end", "when")} == {""}
    assert (third["where_from"], third["when_from"]) == ("unknown", "unknown")


def test_the_mark_that_excel_needs() -> None:
    assert Table().begin().startswith("\ufeffid,outlet,")
    assert Table(bom=False).begin() == ",".join(COLUMNS) + "\r\n"


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "\u200f=1",
        "\u202b=1",
        "\ufeff=1",
        "\u00a0=1",
        "\uff1d1",
        "\tx",
        "\rx",
    ],
)
def test_no_cell_is_a_formula(cell: str) -> None:
    assert safe(cell).startswith("'")


@pytest.mark.parametrize("cell", ["قال;=cmd", "قال\n=cmd", "قال\t@x", "قال; \u200f+1"])
def test_no_part_of_a_cell_is_a_formula_where_semicolons_split(cell: str) -> None:
    assert "'" in safe(cell)


@pytest.mark.parametrize("cell", ["قال", "5-6", "a=b", "نعم; لا", "", "«-5»"])
def test_other_cells_are_as_they_are(cell: str) -> None:
    assert safe(cell) == cell


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_any_row_is_whole(hostile_article: st.SearchStrategy[Annotations], data: st.DataObject) -> None:
    article = data.draw(hostile_article)
    found = rows(article)
    assert len(found) == len(article.claims)
    for row in found:
        assert None not in row
        assert None not in row.values()
        for name, cell in row.items():
            assert "\r" not in cell
            if name in ("lat", "lon", "where_score"):
                assert not cell or float(cell) is not None
                continue
            assert not cell.lstrip(" \u200f\u200e\ufeff\xa0").startswith(("=", "+", "-", "@", "\t", "\n"))


def test_the_documented_columns_are_the_columns() -> None:
    text = (Path(__file__).parents[2] / "docs" / "schema.md").read_text("utf-8")
    section = text.split("## CSV", 1)[1].split("\n## ", 1)[0]
    assert tuple(line.split("`")[1] for line in section.splitlines() if line.startswith("| `")) == COLUMNS
