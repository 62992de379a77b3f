"""Write `src/riwaya/lang/ar/tables.json` again, after a change to a table of words."""

from __future__ import annotations

from riwaya.lang.tables import COMPILED, compile_tables

if __name__ == "__main__":
    COMPILED.write_text(compile_tables(), encoding="utf-8")
