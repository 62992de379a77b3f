"""The parts of the documents that the program can write itself: `python bench/documents.py` (or `make documents`) writes them again.

A part stands between `<!-- made: NAME -->` and `<!-- end -->`; `tests/test_repository.py` fails where one is not what would be written now.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner

from riwaya.cli import main as riwaya_command
from riwaya.lang.shapes import SHAPES
from riwaya.lang.tables import PACKAGED, Shape, load

PROJECT = Path(__file__).resolve().parents[1]
DOCUMENTS = ("README.md", "docs/words.md")
CORPUS = PROJECT / "tests" / "corpus"
_PART = re.compile(r"(<!-- made: (?P<name>[a-z ]+) -->\n).*?(<!-- end -->)", re.DOTALL)

QUANTITIES, TIMES = "tests/corpus/ar/quantities.toml", "tests/corpus/ar/times.toml"
CLAIMS = "tests/corpus/ar/claims.toml"
KINDS = ("case", "never", "wanted")
EXAMPLES: dict[str, tuple[str, ...]] = {
    "numbers": (QUANTITIES, TIMES, "tests/extract/test_numbers.py"),
    "counted": (QUANTITIES,),
    "afternumbers": (QUANTITIES,),
    "beforenumbers": (QUANTITIES,),
    "bounds": (QUANTITIES,),
    "months": (TIMES,),
    "weekdays": (TIMES,),
    "timewords": (TIMES,),
    "timecontexts": (TIMES,),
    "cues": ("tests/corpus/ar/cues.toml", CLAIMS),
    "agreement": ("tests/corpus/ar/agreement.toml", CLAIMS),
    "heads": ("tests/corpus/ar/heads.toml", CLAIMS),
    "particles": ("tests/corpus/ar/particles.toml", CLAIMS),
    "names": ("tests/corpus/ar/names.toml", CLAIMS),
    "actors": ("tests/corpus/ar/actors.toml", "tests/extract/test_actors.py"),
    "actorwords": ("tests/extract/test_actors.py",),
    "languages": ("tests/parse/test_language.py",),
    "furniture": ("tests/parse/test_furniture.py",),
    "placewords": ("tests/corpus/ar/placewords.toml", "tests/corpus/ar/locate.toml"),
    "placekinds": ("tests/places/test_words.py",),
}
"""Where the examples of each table's words are."""
LEDGER = ("read", "src/riwaya/sample/04-wakala.jsonl", "--lang", "en", "--width", "96")


def ledger() -> str:
    """What `riwaya read` prints of the first article of a file of the sample."""
    said = CliRunner().invoke(riwaya_command, [str(PROJECT / word) if word.startswith("src/") else word for word in LEDGER])
    if said.exit_code:
        raise SystemExit(said.output)
    rule = said.stdout.split("\n", 1)[0]
    first = said.stdout.split(rule)[1].strip("\n")
    return f"```text\n$ riwaya {' '.join(LEDGER)}\n{rule}\n{first}\n…\n```\n"


def wanted() -> str:
    """How many examples each corpus holds, and how many of them are not read right yet."""
    lines = ["| corpus | read | never read | wanted, not read yet |", "| --- | --- | --- | --- |"]
    for path in sorted(CORPUS.rglob("*.toml")):
        corpus = tomllib.loads(path.read_text("utf-8"))
        said = {kind: [[row["say"]] if isinstance(row["say"], str) else row["say"] for row in corpus.get(kind, ())] for kind in KINDS}
        counts = [sum(map(len, said[kind])) for kind in KINDS]
        lines.append(f"| [{path.stem}]({path.relative_to(PROJECT)}) | " + " | ".join(map(str, counts)) + " |")
    return "\n".join(lines) + "\n"


def tables() -> str:
    """Each table: what it says of itself, its fields, and where its examples are."""
    return "\n".join(_table(name, shape) for name, shape in SHAPES.items())


def _table(name: str, shape: Shape) -> str:
    rows = load().rows(name)
    examples = ", ".join(f"[{path}](../{path})" for path in EXAMPLES[name])
    return "\n".join(
        [
            f"### {name}.toml",
            "",
            f"{len(rows)} rows; the key is `{shape.key}`. Examples: {examples}.",
            "",
            "```text",
            *_head(name),
            "```",
            "",
            "| field | holds | |",
            "| --- | --- | --- |",
            *_fields(shape),
            "",
        ]
    )


def _head(name: str) -> Iterator[str]:
    """The comment at the head of a table's file."""
    for line in (PACKAGED / f"{name}.toml").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            return
        yield line.removeprefix("#").removeprefix(" ")


def _fields(shape: Shape) -> Iterator[str]:
    holds = {str: "a word", int: "a whole number", bool: "`true` or `false`", list: "a list of words"}
    for name, kind in shape.fields.items():
        among = ", ".join(f"`{choice}`" for choice in sorted(shape.choices.get(name, ())))
        needed = "needed" if name in shape.required | {shape.key} else ""
        yield f"| `{name}` | {holds[kind]}{': ' + among if among else ''} | {needed} |"


PARTS = {"ledger": ledger, "wanted": wanted, "tables": tables}


def fresh(text: str) -> str:
    """A document with its made parts as they would be written now. KeyError for a part that is not in `PARTS`."""
    return _PART.sub(lambda found: f"{found[1]}{PARTS[found['name']]()}{found[3]}", text)


def main() -> None:
    """Write the parts again, and say what changed."""
    for name in DOCUMENTS:
        path = PROJECT / name
        text = path.read_text("utf-8")
        made = fresh(text)
        if made != text:
            path.write_text(made, "utf-8")
            print(f"{name}: written again")


if __name__ == "__main__":
    main()
