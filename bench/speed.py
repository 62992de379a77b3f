"""Speed and memory: `python bench/speed.py` (`make bench`). One core; CPU seconds, so that other work on the machine matters less."""

from __future__ import annotations

import gzip
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"

from riwaya.extract import quantities, times
from riwaya.extract.annotate import annotate
from riwaya.lang.tables import load
from riwaya.model import Article
from riwaya.text.words import read

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpora" / "saudinewsnet" / "saudinewsnet.jsonl.gz"
SAMPLE = ROOT / "src" / "riwaya" / "sample"
ARTICLES = 2_000
PUBLISHED = date(2015, 7, 25)


def texts() -> list[str]:
    """Every fifteenth article of the corpus, 2,000 in all; without it, the packaged sample over and over."""
    if CORPUS.exists():
        with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for number, line in enumerate(lines) if number % 15 == 0]
        return [f"{row['title']}\n{row['content']}" for row in rows[:ARTICLES]]
    print(f"{CORPUS.name} is not here: measured on the packaged sample, repeated")
    return [path.read_text("utf-8") for path in sorted(SAMPLE.glob("*.txt"))] * 200


def start_up() -> None:
    """From the command's start to its end, on one small file."""
    small = min(SAMPLE.glob("*.txt"), key=lambda path: path.stat().st_size)
    seconds = []
    for _ in range(7):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "riwaya.cli", "read", str(small), "--format", "jsonl"], check=True, capture_output=True)
        seconds.append(time.perf_counter() - began)
    print(f"start-up: riwaya read on one small file, median of 7: {statistics.median(seconds):.2f} s")


def rate(found: list[str]) -> None:
    """Articles a second, whole and in parts, and the peak memory of the process."""
    words = load()
    articles = [Article(str(number), text, published=PUBLISHED) for number, text in enumerate(found)]
    for article in articles[:20]:
        annotate(article)
    spent = dict.fromkeys(("read", "times", "quantities", "whole"), 0.0)
    for article in articles:
        marks = [time.process_time()]
        reading = read(article.text)
        marks.append(time.process_time())
        times.find(reading, words, published=PUBLISHED)
        marks.append(time.process_time())
        quantities.find(reading, words)
        marks.append(time.process_time())
        annotate(article)
        marks.append(time.process_time())
        for name, begin, end in zip(spent, marks[:-1], marks[1:], strict=True):
            spent[name] += end - begin
    parts = ", ".join(f"{name} {1000 * seconds / len(articles):.2f} ms" for name, seconds in spent.items())
    print(f"rate: {len(articles) / spent['whole']:.0f} articles/s on one core over {len(articles)} articles ({parts} an article)")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def growth(found: list[str]) -> None:
    """The cost of 1, 10, 100 and 1,000 articles put together as one text."""
    for count in (1, 10, 100, 1_000):
        text = "\n".join(found[:count])
        began = time.process_time()
        annotate(Article("long", text, published=PUBLISHED))
        spent = time.process_time() - began
        print(f"growth: {count:5} articles, {len(text):9,} characters: {spent:7.2f} s, {1e6 * spent / len(text):5.1f} µs a character")


def main() -> None:
    """Print every figure."""
    start_up()
    found = texts()
    rate(found)
    growth(found)


if __name__ == "__main__":
    main()
