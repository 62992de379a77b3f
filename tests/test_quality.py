"""Real texts, where they are beside the project: the pinned figures hold, spans are verbatim, and reading twice gives the same."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import corpus
import evaluate
from riwaya.cli import main


def test_no_figure_sinks_below_its_floor(shared: Path) -> None:
    found = evaluate.measure(shared)
    assert set(found) == {"seed", "dev", "dev even", "dev odd"}
    assert list(evaluate.sunk(found, evaluate.load_floors())) == []


@pytest.mark.parametrize("name", evaluate.FILES)
def test_a_text_file_reads_as_its_row_does(shared: Path, tmp_path: Path, name: str) -> None:
    rows = [{"id": row["id"], "text": row["text"]} for row in evaluate.gold(name, shared)[::5]]
    for row in rows:
        (tmp_path / f"{row['id']}.txt").write_text(row["text"], "utf-8", newline="")
    said = CliRunner().invoke(main, ["read", str(tmp_path), "--format", "jsonl"])
    assert said.exit_code == 0
    found = {row["id"]: row for row in map(json.loads, said.stdout.splitlines())}
    assert found == {row["id"]: row for row in evaluate.predictions(rows)}


def test_a_sample_of_the_corpus_reads_whole_and_the_same_twice(shared: Path) -> None:
    passes = corpus.read_twice(every=104)
    assert passes[0].articles > 290
    assert passes[0].claims > 0
    assert [one.faults for one in passes] == [[], []]
    assert len({one.digest for one in passes}) == 1


# -- the keeping of floors, which needs no texts


FLOOR = evaluate.Floor("dev", "claim_f1", least=0.70, best=0.71)


def measured(value: float) -> dict[str, Any]:
    return {"dev": evaluate.Measured({"claim_f1": value}, {})}


def test_what_is_below_its_floor_is_named() -> None:
    assert list(evaluate.sunk(measured(0.70), [FLOOR])) == []
    assert list(evaluate.sunk(measured(0.69), [FLOOR])) == ["claim_f1 on dev is 0.690, below its floor 0.700"]
    assert list(evaluate.sunk({}, [FLOOR])) == []


def test_pinning_raises_and_never_lowers() -> None:
    assert evaluate.pinned(measured(0.80), [FLOOR]) == [replace(FLOOR, least=0.78, best=0.80)]
    assert evaluate.pinned(measured(0.60), [FLOOR]) == [FLOOR]
    assert evaluate.pinned({}, [FLOOR]) == [FLOOR]


def test_a_low_floor_needs_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    evaluate.write_floors([replace(FLOOR, least=0.5)], path)
    with pytest.raises(ValueError, match="no reason"):
        evaluate.load_floors(path)
    explained = replace(FLOOR, least=0.5, reason="a fault of the annotation was mended", bar=0.8)
    evaluate.write_floors([explained], path)
    assert evaluate.load_floors(path) == [explained]
    assert evaluate.pinned(measured(0.6), [explained]) == [replace(explained, least=0.58)]
    assert evaluate.pinned(measured(0.72), [explained]) == [replace(FLOOR, best=0.72, bar=0.8)]
    evaluate.write_floors([FLOOR, FLOOR], path)
    with pytest.raises(ValueError, match="twice"):
        evaluate.load_floors(path)


def test_the_packaged_floors_are_in_order() -> None:
    floors = evaluate.load_floors()
    assert {floor.on for floor in floors} <= set(evaluate.SLACK)
    assert all(0 < floor.least <= floor.best <= 1 for floor in floors)
