"""How well definite short forms are understood: `python bench/coreference.py` (`make coreference`).

The cases are in `annotations/coreference.jsonl`: a text of ../shared by its id, the offsets of a short form in it, and what is right: an
actor's id, the offsets of words that name the same, or `unresolved`; where several stand, each is right. They were marked before the rules
were written and improved on them; those that are `held out` were marked afterwards. As they were marked, 45 of the 52 were right; a rule
that one of the first kind asked for has made three more so since, and their misses had been looked at by then. Of the texts of
claims, only those in even places are used.
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
    others = _rows(SHARED / "stories" / "airwars_unlabelled.jsonl")
    return {text["id"]: text["text"] for text in (*claims, *others, *(text for story in stories for text in story["texts"]))}


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
    """Print the shares that are right, and with --show every case that is not; 1 where a share is below the bar."""
    if not SHARED.exists():
        print("../shared is not here: nothing to measure on")
        return 0
    results = list(judged())
    if "--show" in sys.argv:
        _show(results)
    shares = []
    for held_out in (False, True):
        good = [right for case, _, right in results if case.get("held out", False) == held_out]
        shares.append(sum(good) / len(good))
        kind = "held out" if held_out else "marked before the rules"
        print(f"definite short forms, {kind}: {sum(good)} of {len(good)} right, {shares[-1]:.3f} (bar {BAR})")
    return 0 if min(shares) >= BAR else 1


def _show(results: Sequence[tuple[Mapping[str, Any], ActorMention | None, bool]]) -> None:
    """Print the cases that are not right."""
    known = texts()
    for case, one, right in results:
        if not right:
            start, end = case["at"]
            found = None if one is None else (one.actor.id if one.actor else one.name, one.how, one.why)
            print(known[case["text"]][start:end], case["text"], case["at"], "wanted", case["answers"], "found", found)


if __name__ == "__main__":
    sys.exit(main())
