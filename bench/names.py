"""How well names are read: `python bench/names.py` (`make names`) prints exact-span figures on `../shared/ner`.

CLEANANERCorp's sentences are put together eight by eight, as the reports they come from are not marked; nothing is learned from them.
Names are learned from our own annotation (`bench/annotations/names.jsonl`, by the conventions of that corpus, kept as offsets): articles of
the SaudiNewsNet corpus and unlabelled reports of Airwars, whose texts come from `../shared`.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from riwaya.extract import times
from riwaya.extract.encoder import TAGS
from riwaya.extract.named import KINDS, named
from riwaya.extract.scan import Scan, scan
from riwaya.lang.tables import Words, load
from riwaya.text.words import read

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent.parent / "shared"
SENTENCES = 8  # sentences of a text
CODES = {"PERS": "person", "ORG": "organisation", "LOC": "place"}
Name = tuple[int, int, str]  # start, end in code points, kind


def annotated() -> dict[str, tuple[str, list[Name]]]:
    """Our annotation: each text by its id, with its names. A text whose digest has changed is an error."""
    rows = {row["id"]: row for row in map(json.loads, (HERE / "annotations" / "names.jsonl").read_text("utf-8").splitlines())}
    found = {}
    for key, text in _texts():
        row = rows.get(key)
        if row is None:
            continue
        if hashlib.sha256(text.encode()).hexdigest()[:16] != row["sha256"]:
            raise SystemExit(f"names: the text of {key} is not the one that was annotated")
        found[key] = (text, [(start, end, kind) for start, end, kind in row["names"]])
    return found


def _texts() -> Iterator[tuple[str, str]]:
    with gzip.open(SHARED / "corpora" / "saudinewsnet" / "saudinewsnet.jsonl.gz", "rt", encoding="utf-8") as lines:
        for article in map(json.loads, lines):
            yield article["id"], f"{article['title'].strip()}\n{article['content']}"
    for line in (SHARED / "stories" / "airwars_unlabelled.jsonl").read_text("utf-8").splitlines():
        report = json.loads(line)
        yield report["id"], report["text"]


def scan_of(text: str, words: Words) -> Scan:
    """A text's tokens as an annotation meets them."""
    reading = read(text)
    return scan(reading, words, [time.span for time in times.find(reading, words, published=None)])


def tags_of(seen: Scan, spans: Sequence[Name]) -> np.ndarray:
    """The number in TAGS of each token."""
    found = np.zeros(seen.size, dtype=np.int64)
    reading = seen.reading
    for start, end, kind in spans:
        first, after = bisect_right(reading.ends, start), bisect_left(reading.starts, end)
        for k in range(first, after):
            found[k] = TAGS.index(f"{'B' if k == first else 'I'} {kind}")
    return found


def corpus(path: Path) -> Iterator[tuple[str, list[Name], list[tuple[int, int]]]]:
    """The texts of a file in CLEANANERCorp's form, with their names and the spans of its tokens."""
    sentences = [block.splitlines() for block in path.read_text("utf-8").split("\n\n") if block.strip()]
    for k in range(0, len(sentences), SENTENCES):
        text, names, tokens = "", [], []
        for sentence in sentences[k : k + SENTENCES]:
            last = ""
            for word, tag in (line.split() for line in sentence if len(line.split()) == 2):
                kind = CODES.get(tag[2:], "")
                start, end = len(text), len(text) + len(word)
                if kind and tag[0] == "I" and kind == last:
                    names[-1] = (names[-1][0], end, kind)
                elif kind:
                    names.append((start, end, kind))
                last = kind
                tokens.append((start, end))
                text += word + " "
            text = text[:-1] + "\n"
        yield text, names, tokens


def snapped(span: tuple[int, int], tokens: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """A span widened to the corpus's tokens."""
    first = bisect_right(tokens, (span[0], 1 << 60)) - 1
    last = bisect_left(tokens, (span[1], -1))
    return tokens[max(0, first)][0], tokens[max(0, last - 1)][1]


def score(words: Words, path: Path) -> Mapping[str, tuple[float, float, float]]:
    """Precision, recall and F1 of each kind, by exact spans."""
    counts = {kind: [0, 0, 0] for kind in KINDS}
    for text, names, tokens in corpus(path):
        seen = scan_of(text, words)
        gold = set(names)
        read_ = {(*snapped(tuple(seen.reading.span(one.first, one.after)), tokens), one.kind) for one in named(seen)}
        for kind, tally in counts.items():
            right = {one for one in gold if one[2] == kind}
            mine = {one for one in read_ if one[2] == kind}
            tally[0] += len(right & mine)
            tally[1] += len(mine)
            tally[2] += len(right)
    return {kind: (hit / max(1, mine), hit / max(1, gold), 2 * hit / max(1, mine + gold)) for kind, (hit, mine, gold) in counts.items()}


def main() -> None:
    """Print the figures."""
    path = SHARED / "ner" / "cleananercorp_TRAIN.txt"
    for kind, (precision, recall, f1) in score(load(), path).items():
        print(f"{kind:13} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")


if __name__ == "__main__":
    main()
