"""The compiled tables say what the tables say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from riwaya.lang import tables
from riwaya.lang.tables import COMPILED, compile_tables, load


def test_the_compiled_tables_are_up_to_date() -> None:
    """After a change to a table: `make tables`."""
    assert COMPILED.read_text("utf-8") == compile_tables()


@pytest.mark.parametrize("stale", ["{", "[]", "{}", json.dumps({"made from": "another", "tables": {}})])
def test_tables_are_read_themselves_where_they_were_compiled_from_others(
    stale: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tables.json").write_text(stale, "utf-8")
    monkeypatch.setattr(tables, "COMPILED", tmp_path / "tables.json")
    read = tables._load.__wrapped__(None)
    assert read.digest == load().digest
    assert read.tables == load().tables


def test_tables_are_loaded_once() -> None:
    assert load() is load(None)
