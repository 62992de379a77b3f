"""Texts of the corpus of claims, and which of them are read as they should be: `python bench/cases.py` (or `make cases`) sorts them again.

`tests/corpus/ar/claims.toml` holds invented texts with the claims that the annotation guidelines find in them. What reads claims is
learned, so which texts are read right changes with the weights: those that are stand under `[[case]]` or `[[never]]`, the others under
`[[wanted]]`. This writes the headings anew, leaves all else in the file as it is, and says what moved. `--why` says what is wrong with
each wanted text, and `--check` changes nothing and ends with 1 where something would move.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from riwaya import Claim, Span, annotate
from riwaya.text.normal import fold

CORPUS = Path(__file__).resolve().parents[1] / "tests" / "corpus" / "ar" / "claims.toml"
KINDS = ("case", "never", "wanted")
FIELDS = {"cue", "source", "speaker", "nobody", "kind", "content", "form", "attitude", "to", "via"}
GAP = " … "  # stands in a content for the words between its first and its last
_HEADING = re.compile(r"^\[\[(case|never|wanted)\]\]$", re.MULTILINE)
_WORD = re.compile(r"[\w\u064b-\u0652\u0670]+")
Row = Mapping[str, Any]


def load(path: Path = CORPUS) -> list[tuple[str, Row]]:
    """Every text of the file in its order, each with the heading that it stands under. ValueError for a text that is not well formed."""
    text = path.read_text("utf-8")
    found = tomllib.loads(text)
    if set(found) - set(KINDS):
        raise ValueError(f"only {', '.join(KINDS)} belong here")
    places = {kind: iter(found.get(kind, ())) for kind in KINDS}
    rows = [(kind, next(places[kind])) for kind in _HEADING.findall(text)]
    for kind, row in rows:
        if bool(row.get("claims")) != (kind == "case") and kind != "wanted":
            raise ValueError(f"{row['say']}: a case has claims, a never has none")
        for claim in row.get("claims", ()):
            if set(claim) - FIELDS:
                raise ValueError(f"{row['say']}: {', '.join(sorted(set(claim) - FIELDS))} is no field of a claim")
        spans(row)
    return rows


# -- where the words of a claim are


def spans(row: Row) -> list[tuple[Span, Span | None, list[Span]]]:
    """Cue, source and contents of each claim of a text. ValueError where the text does not hold the words."""
    text, found, at = row["say"], [], 0
    for claim in row.get("claims", ()):
        cue = _nearest(text, claim["cue"], at, first=True)
        at = cue.end
        source = _nearest(text, claim["source"], cue.start) if "source" in claim else None
        contents = [claim["content"]] if isinstance(claim["content"], str) else claim["content"]
        found.append((cue, source, [_content(text, content, cue.start) for content in contents]))
    return found


def _nearest(text: str, words: str, at: int, *, first: bool = False) -> Span:
    """The place of whole words that is nearest to `at`; with `first`, the first one from there on."""
    places = [found.start() for found in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text) if not first or found.start() >= at]
    if not places:
        raise ValueError(f"{text!r} does not hold {words!r}")
    start = places[0] if first else min(places, key=lambda place: abs(place - at))
    return Span(start, start + len(words))


def _content(text: str, words: str, at: int) -> Span:
    start, gap, end = words.partition(GAP)
    opening = _nearest(text, start, at)
    return Span(opening.start, _nearest(text, end, opening.end, first=True).end) if gap else opening


# -- what is wrong with how a text is read


def faults(row: Row) -> list[str]:
    """What is wrong with how a text is read, a line each: none if every claim is found with all its parts, and no other."""
    text = row["say"]
    read = list(annotate(text).claims)
    wrong = []
    for claim, (cue, source, contents) in zip(row.get("claims", ()), spans(row), strict=True):
        found = next((one for one in read if one.cue.start < cue.end and cue.start < one.cue.end), None)
        if found is None:
            wrong.append(f"{claim['cue']}: not found")
        else:
            read.remove(found)
            wrong += [f"{claim['cue']}: {fault}" for fault in _differences(text, claim, found, (source, contents))]
    return wrong + [f"{one.cue.of(text)}: is no claim" for one in read]


def _differences(text: str, claim: Row, found: Claim, where: tuple[Span | None, list[Span]]) -> Iterator[str]:
    source, contents = where
    if _words(text, [source]) != _words(text, [found.source.span]):
        yield f"source is {_said(text, [found.source.span])}"
    if _words(text, contents) != _words(text, found.content):
        yield f"content is {_said(text, found.content)}"
    name = None if claim.get("nobody") else claim.get("speaker", claim.get("source"))
    if not same_speaker(name, found.source.name, person=claim["kind"] == "person"):
        yield f"speaker is {found.source.name}"
    if found.source.kind != claim["kind"]:
        yield f"kind is {found.source.kind}"
    if found.form != claim.get("form", "indirect"):
        yield f"form is {found.form}"
    if found.attitude != claim.get("attitude", "asserted"):
        yield f"attitude is {found.attitude}"
    if _told(claim.get("to")) != _told(_said(text, [found.addressee])):
        yield f"told is {_said(text, [found.addressee])}"
    if not same_speaker(claim.get("via"), found.chain[0] if found.chain else None):
        yield f"via is {found.chain[0] if found.chain else None}"


def _words(text: str, parts: Sequence[Span | None]) -> set[int]:
    """The places of the words in parts of a text: marks and stops do not count."""
    return {part.start + word.start() for part in parts if part for word in _WORD.finditer(part.of(text))}


def _said(text: str, parts: Sequence[Span | None]) -> str | None:
    return " ## ".join(part.of(text) for part in parts if part) or None


def _told(words: str | None) -> list[str]:
    """Who was told, without marks and without the preposition before it."""
    found = _WORD.findall(fold(words or ""))
    return [found[0].removeprefix("لل").removeprefix("ل").removeprefix("ال"), *found[1:]] if found else []


def same_speaker(wanted: str | None, found: str | None, *, person: bool = False) -> bool:
    """Whether two names are one speaker's: the same words; or for a person one the end of the other, for others one the beginning."""
    a, b = _WORD.findall(fold(wanted or "")), _WORD.findall(fold(found or ""))
    if a == b or not a or not b:
        return a == b
    short, long = sorted((a, b), key=len)
    return long[-len(short) :] == short if person else long[: len(short)] == short and len(long) - len(short) <= 4


# -- sorting


def sort(path: Path = CORPUS) -> tuple[str, list[str]]:
    """The file with each text under the heading that it belongs under now, and a line for each text that moved."""
    rows = iter(load(path))
    moved: list[str] = []

    def heading(_match: re.Match[str]) -> str:
        kind, row = next(rows)
        right = "wanted" if faults(row) else "case" if row.get("claims") else "never"
        if right != kind:
            moved.append(f"{kind} → {right}: {row['say'].splitlines()[0]}")
        return f"[[{right}]]"

    return _HEADING.sub(heading, path.read_text("utf-8")), moved


def main() -> None:
    """Sort the texts, and say what moved."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--why", action="store_true", help="say what is wrong with each text that is not read right")
    parser.add_argument("--check", action="store_true", help="change nothing; end with 1 where a text would move")
    asked = parser.parse_args()
    text, moved = sort()
    if not asked.check:
        CORPUS.write_text(text, "utf-8")
    print("\n".join(moved) or "nothing moved")
    if asked.why:
        for _, row in load():
            if wrong := faults(row):
                print(f"\n{row['say']}", *(f"  {fault}" for fault in wrong), sep="\n")
    sys.exit(bool(asked.check and moved))


if __name__ == "__main__":
    main()
