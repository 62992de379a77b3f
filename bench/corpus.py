"""Every article of the corpus, read twice: `python bench/corpus.py [--every N]` (or `make corpus`).

Two processes read `../shared/corpora/saudinewsnet`, each with another seed for its hash tables, so that nothing that is read can hang on
the order of a set. Held are: nothing crashes; all that `faults.py` says of what is read, above all that every span is the very words of
the text at its offsets; rows go there and back; both processes write the same rows; no article takes a second. The exit status is 1 where
one of these fails; the least of the article that still fails is shown. `--every N` reads each Nth article alone.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import riwaya
from faults import counts, shrunk, signature
from faults import faults as wrong_in

PROJECT = Path(__file__).resolve().parents[1]
CORPUS = PROJECT.parent / "shared" / "corpora" / "saudinewsnet" / "saudinewsnet.jsonl.gz"
LONGEST = 1.0  # seconds of processor time that one article may take
SHOWN = 10  # of the slowest articles
SEEDS = (1, 2)
_NO_DIGITS = str.maketrans("", "", "0123456789")


@dataclass(slots=True)
class Pass:
    """What one reading of the corpus gave. Times are seconds of processor time, the slowest first with code points and id; `digest` is of
    all rows together."""

    articles: int = 0
    refused: int = 0
    claims: int = 0
    quantities: int = 0
    times: int = 0
    points: int = 0
    seconds: float = 0.0
    slowest: list[tuple[float, int, str]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    digest: str = ""
    faults: list[str] = field(default_factory=list)


def read_once(every: int = 1, corpus: Path = CORPUS) -> Pass:
    """Read each `every`th article of the corpus once, dated by its id."""
    found, hashed = Pass(), hashlib.sha256()
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder, "corpus.jsonl")
        with gzip.open(corpus, "rb") as lines, rows.open("wb") as out:
            out.writelines(islice(lines, 0, None, every))
        for article in riwaya.read_all([rows]):
            if isinstance(article, riwaya.Failure):
                found.refused += 1
                continue
            if not found.articles:
                riwaya.annotate(article)  # loads what is loaded once
            found.articles += 1
            article = replace(article, published=day_of(article.id))
            try:
                row = _read(article, found)
            except Exception as error:  # whatever it is, it is the finding
                found.faults.append(f"{article.id}: {signature(error)}: {_least(article, signature(error))!r}")
                continue
            hashed.update(json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    found.digest = hashed.hexdigest()
    return found


def day_of(name: str) -> date:
    """The day in an article's id (`outlet-2015-07-21-166`)."""
    return date(*map(int, name.split("-")[-4:-1]))


def _read(article: riwaya.Article, found: Pass) -> dict[str, Any]:
    """One article's row; what was read in it is added to `found`."""
    began = time.process_time()
    annotations = riwaya.annotate(article)
    spent = time.process_time() - began
    row = riwaya.to_row(annotations)
    found.faults += [f"{article.id}: {fault}: {_least(article, fault)!r}" for fault in _wrong(row, annotations)]
    found.points += len(article.text)
    found.claims += len(annotations.claims)
    found.quantities += len(annotations.quantities)
    found.times += len(annotations.times)
    found.counts = dict(Counter(found.counts) + counts(annotations))
    found.seconds += spent
    found.slowest = sorted([*found.slowest, (spent, len(article.text), article.id)], reverse=True)[:SHOWN]
    return row


def _wrong(row: dict[str, Any], annotations: riwaya.Annotations) -> Iterator[str]:
    """What is wrong with one article: what `faults.py` says, a span that is not the text's words, or a row that does not come back."""
    yield from wrong_in(annotations)
    text = row["text"]
    for span in spans(row):
        if not 0 <= span["start"] < span["end"] <= len(text) or text[span["start"] : span["end"]] != span["text"]:
            yield f"the span {span['start']}:{span['end']} is not the text's words there"
    if riwaya.from_row(row) != annotations:
        yield "its row does not come back as it was"


def _least(article: riwaya.Article, fault: str) -> str:
    """The least of an article's text that goes wrong in the same way."""
    kind = fault.translate(_NO_DIGITS)

    def fails(text: str) -> bool:
        try:
            annotations = riwaya.annotate(text, published=article.published)
            return any(found.translate(_NO_DIGITS) == kind for found in _wrong(riwaya.to_row(annotations), annotations))
        except Exception as error:
            return signature(error).translate(_NO_DIGITS) == kind

    return shrunk(article.text, fails) if fails(article.text) else article.text[:200]


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Every span of a row, however deep."""
    if isinstance(value, dict):
        if value.keys() == {"start", "end", "text"}:
            yield value
        else:
            for inner in value.values():
                yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


def read_twice(every: int = 1, corpus: Path = CORPUS) -> list[Pass]:
    """The readings of two processes at once, each with its own seed."""
    command = [sys.executable, __file__, "--once", "--every", str(every), "--corpus", str(corpus)]
    running = [
        subprocess.Popen(command, env={**os.environ, "PYTHONHASHSEED": str(seed)}, stdout=subprocess.PIPE, text=True) for seed in SEEDS
    ]
    said = [process.communicate()[0] for process in running]
    if any(process.returncode for process in running):
        raise SystemExit("corpus: a reading broke off")
    return [Pass(**json.loads(one)) for one in said]


def faults(passes: list[Pass]) -> list[str]:
    """What is wrong with readings, a line each."""
    first = passes[0]
    wrong = list(first.faults)
    if len({one.digest for one in passes}) > 1:
        wrong.append("the readings differ")
    if min(one.slowest[0][0] for one in passes) > LONGEST:
        wrong.append(f"{first.slowest[0][2]} takes {first.slowest[0][0]:.2f} s")
    return wrong


def _tell(one: Pass) -> None:
    print(f"{one.articles} articles, {one.points / 1e6:.1f} million code points, read twice; {one.refused} refused")
    print(f"{one.articles / one.seconds:.0f} articles/s, {one.points / one.seconds / 1e3:.0f} thousand code points/s in each process")
    print(f"{one.claims} claims, {one.quantities} quantities, {one.times} times:")
    for name, number in sorted(one.counts.items()):
        print(f"  {name:24} {number:8}")
    print("the slowest, in seconds of processor time, with code points:")
    for spent, points, name in one.slowest:
        print(f"  {spent:.3f}  {points:7}  {name}")


def main() -> None:
    """Read, tell, and end with 1 where something is wrong."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--every", type=int, default=1, metavar="N")
    options.add_argument("--corpus", type=Path, default=CORPUS)
    options.add_argument("--once", action="store_true", help="read once, and write what was found as JSON")
    chosen = options.parse_args()
    if not chosen.corpus.exists():
        print(f"corpus: skipped: {chosen.corpus.name} is not in ../shared/corpora beside the project")
        return
    if chosen.once:
        print(json.dumps(asdict(read_once(chosen.every, chosen.corpus))))
        return
    passes = read_twice(chosen.every, chosen.corpus)
    _tell(passes[0])
    wrong = faults(passes)
    for line in wrong[:50]:
        print(f"corpus: {line}", file=sys.stderr)
    if wrong:
        sys.exit(1)


if __name__ == "__main__":
    main()
