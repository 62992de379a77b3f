"""Sort the words of a corpus into classes by the company they keep: `python bench/classes.py` writes `lang/ar/classes.txt`.

Words are described by their left and right neighbours (positive pointwise mutual information, reduced by a truncated SVD) and grouped by
k-means. The classes let a rule treat a word it has never seen annotated as it treats its like: names as names, adjectives as adjectives.
The file keeps only the word and the number of its class; no text of the corpus is in it.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.sparse import coo_matrix, hstack
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.preprocessing import normalize

from riwaya.text.words import read

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpora" / "saudinewsnet" / "saudinewsnet.jsonl.gz"
TARGET = ROOT / "src" / "riwaya" / "lang" / "ar" / "classes.txt"
VOCABULARY = 24_000
CONTEXTS = 3_000
DIMENSIONS = 80
CLASSES = 160
SEED = 20150721
ARABIC = re.compile("[\u0621-\u064a]+")


def tokens() -> list[list[str]]:
    """The corpus's articles as normal tokens, digits as one word."""
    found = []
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            words = read(f"{row['title']}\n{row['content']}").words
            found.append(["0" if word[0].isdigit() else word for word in words])
    return found


def contexts(texts: list[list[str]], vocabulary: dict[str, int]) -> coo_matrix:
    """PPMI of each word with each frequent left and right neighbour."""
    ids = np.concatenate([np.array([vocabulary.get(word, -1) for word in text] + [-1], dtype=np.int64) for text in texts])
    sides = []
    for left, right in ((ids[1:], ids[:-1]), (ids[:-1], ids[1:])):
        keep = (left >= 0) & (right >= 0) & (right < CONTEXTS)
        counts = coo_matrix((np.ones(keep.sum()), (left[keep], right[keep])), shape=(len(vocabulary), CONTEXTS)).tocsr()
        total = counts.sum()
        rows, columns = np.asarray(counts.sum(1)).ravel(), np.asarray(counts.sum(0)).ravel()
        entries = counts.tocoo()
        value = np.log(entries.data * total / (rows[entries.row] * columns[entries.col]))
        sides.append(coo_matrix((np.maximum(value, 0), (entries.row, entries.col)), shape=counts.shape))
    return hstack(sides).tocsr()


def main() -> None:
    """Write the classes."""
    texts = tokens()
    counts = Counter(word for text in texts for word in text)
    common = [word for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:VOCABULARY]]
    vocabulary = {word: i for i, word in enumerate(common)}
    vectors = TruncatedSVD(DIMENSIONS, random_state=SEED).fit_transform(contexts(texts, vocabulary))
    labels = KMeans(CLASSES, random_state=SEED, n_init=1, max_iter=60).fit_predict(normalize(vectors))
    order = {label: i for i, (label, _) in enumerate(Counter(labels).most_common())}
    groups: dict[int, list[str]] = {}
    for word, label in zip(common, labels, strict=True):
        groups.setdefault(order[label], []).append(word)
    lines = [f"{number} {' '.join(sorted(filter(ARABIC.fullmatch, words)))}" for number, words in sorted(groups.items())]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(common)} words in {len(groups)} classes -> {TARGET.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
