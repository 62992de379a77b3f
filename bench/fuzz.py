"""Hostile text: `python bench/fuzz.py [--minutes N] [--seed S]` (`make fuzz`).

News text of the packaged sample is mutated (tokens lost, doubled, swapped; marks, controls, surrogates, digits and ligatures
thrown in) and read; every span must be verbatim, every format written. Then hostile patterns are grown, and their cost printed.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import riwaya
from riwaya.show.formats import FORMATS, Look, writer

SAMPLE = Path(__file__).resolve().parent.parent / "src" / "riwaya" / "sample"
PUBLISHED = date(2024, 3, 10)
STRANGE = [
    "«", "»", "“", "”", '"', "(", ")", "،", "؛", ":", ".", "…", "\n", "\r\n", "\x00", "\ud800", "\udfff", "\u200f", "\u202e", "\u2066",
    "\u2069",
    "\u200b", "\u0651", "\u064b", "ـ", "ﷺ", "ﷲ", "ﻻ", "٣٫٥", "۱۲", "10" * 40, "31/02/2020", "قال", "إن", "أن", "بحسب", "أمس", "عشرات",
    "لـ", "ا" * 3000,
]  # fmt: skip
PATTERNS = [
    "«",
    "،",
    "قال أن ",
    "قال «",
    "أن ",
    "1",
    "1 ",
    "\n",
    "عشرات ",
    "أمس ",
    "قال الوزير سالم الدهّان إن ",
    "زار الوزير سالم المدينة. قال الوزير إن العدد كبير. ",
]


def mutated(texts: list[str], chance: random.Random) -> str:
    """One of the texts, hurt."""
    tokens = chance.choice(texts).split(" ")
    for _ in range(chance.randrange(1, 40)):
        at = chance.randrange(len(tokens) + 1)
        act = chance.randrange(4)
        if act == 0:
            tokens[at:at] = [chance.choice(STRANGE)]
        elif act == 1:
            del tokens[at : at + chance.randrange(1, 6)]
        elif act == 2:
            tokens[at:at] = tokens[at : at + chance.randrange(1, 30)]
        elif at < len(tokens):
            tokens[at] += chance.choice(STRANGE)
    return chance.choice((" ", "", "  ")).join(tokens) if chance.random() < 0.1 else " ".join(tokens)


def spans(found: riwaya.Annotations) -> Iterator[riwaya.Span]:
    """Every span of an annotation."""
    for claim in found.claims:
        yield claim.cue
        yield from claim.content
        yield from (span for span in (claim.source.span, claim.addressee) if span is not None)
    yield from (one.span for one in (*found.quantities, *found.times))


def check(text: str) -> None:
    """Read a text and write it in every format. AssertionError where a span is not in it."""
    found = riwaya.annotate(text, published=PUBLISHED)
    for span in spans(found):
        assert 0 <= span.start < span.end <= len(text), span
    for name in FORMATS:
        shown = writer(name, Look())
        written = shown.begin() + shown.add(found) + shown.end()
        if name == "jsonl":
            json.loads(written)


def exponent(pattern: str) -> tuple[float, float]:
    """How the cost of a pattern grows from 16,000 to 128,000 characters (1 is linear), and the seconds of the longest."""
    seconds = []
    for size in (16_000, 128_000):
        text = pattern * (size // len(pattern))
        began = time.process_time()
        riwaya.annotate(text, published=PUBLISHED)
        seconds.append(time.process_time() - began)
    return math.log(seconds[1] / max(seconds[0], 1e-3), 8), seconds[1]


def main() -> None:
    """Fuzz for the minutes asked for, then grow the patterns."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=10.0)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    chance = random.Random(chosen.seed)
    texts = [path.read_text("utf-8") for path in sorted(SAMPLE.glob("*.txt"))]
    until, count = time.monotonic() + 60 * chosen.minutes, 0
    while time.monotonic() < until:
        text = mutated(texts, chance)
        try:
            check(text)
        except Exception:
            print(f"seed {chosen.seed}, text {count}: {text!r}")
            raise
        count += 1
    print(f"{count} texts in {chosen.minutes} minutes: nothing raised, every span verbatim")
    for pattern in PATTERNS:
        power, longest = exponent(pattern)
        print(f"{pattern.strip() or repr(pattern):60} grows with power {power:.2f}; 128,000 characters take {longest:.2f} s")


if __name__ == "__main__":
    main()
