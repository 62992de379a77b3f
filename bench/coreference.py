"""How well definite short forms are understood: `python bench/coreference.py` (`make coreference`).

The cases are in `annotations/coreference.jsonl`: a text of ../shared by its id, the offsets of a short form in it, and what is right: an
actor's id, the offsets of words that name the same, or `unresolved`; where several stand, each is right. They were marked before the rules
were written. Of the texts of claims, only those in even places are used.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from riwaya.extract import actors
from riwaya.extract.annotate import annotate
from riwaya.extract.scan import scan
from riwaya.lang.tables import load
from riwaya.model import ActorMention, Article, Span
from riwaya.text.words import read

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
CASES = ROOT / "bench" / "annotations" / "coreference.jsonl"
BAR = 0.85
_OPEN = "unresolved"


def texts() -> dict[str, str]:
    """The texts that the cases are of, by their ids."""
    claims = _rows(SHARED / "gold" / "claims_dev.jsonl")[::2]
    stories = _rows(SHARED / "stories" / "airwars_dev.jsonl")
    return {text["id"]: text["text"] for text in (*claims, *(text for story in stories for text in story["texts"]))}


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def mentions(text: str) -> tuple[ActorMention, ...]:
    """The actors of a text, read with the sources of its claims."""
    words = load()
    annotations = annotate(Article("", text))
    sources = [claim.source.span for claim in annotations.claims if claim.source.span]
    return actors.find(scan(read(text), words, [time.span for time in annotations.times]), words, sources)


def answer(found: Sequence[ActorMention], at: Span) -> ActorMention | None:
    """The smallest mention that overlaps a short form."""
    over = [one for one in found if one.span.start < at.end and at.start < one.span.end]
    return min(over, key=lambda one: one.span.end - one.span.start, default=None)


def is_right(found: Sequence[ActorMention], one: ActorMention | None, answers: Sequence[Any]) -> bool:
    """Whether a mention is one of the right answers."""
    if one is None or not one.resolved or (one.how == "form" and one.of is None):
        return _OPEN in answers
    if one.actor is not None and one.actor.id in answers:
        return True
    same = [other.span for other in found if (other.actor, other.of or other.span) == (one.actor, one.of or one.span)]
    same += [one.of] if one.of else []
    return any(span.start < end and start < span.end for span in same for start, end in (a for a in answers if isinstance(a, list)))


def judged() -> Iterator[tuple[Mapping[str, Any], ActorMention | None, bool]]:
    """Each case, what was found there, and whether it is right."""
    known = texts()
    read_already: dict[str, tuple[ActorMention, ...]] = {}
    for case in _rows(CASES):
        if case["text"] not in read_already:
            read_already[case["text"]] = mentions(known[case["text"]])
        found = read_already[case["text"]]
        one = answer(found, Span(*case["at"]))
        yield case, one, is_right(found, one, case["answers"])


def main() -> int:
    """Print the share that is right, and with --show every case that is not; 1 where the share is below the bar."""
    if not SHARED.exists():
        print("../shared is not here: nothing to measure on")
        return 0
    results = list(judged())
    right = sum(good for _, _, good in results)
    if "--show" in sys.argv:
        known = texts()
        for case, one, good in results:
            if not good:
                start, end = case["at"]
                got = None if one is None else (one.actor.id if one.actor else one.name, one.how, one.why)
                print(known[case["text"]][start:end], case["text"], case["at"], "wanted", case["answers"], "found", got)
    print(f"definite short forms: {right} of {len(results)} right, {right / len(results):.3f} (bar {BAR})")
    return 0 if right / len(results) >= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
