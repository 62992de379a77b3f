"""What a word is where it stands: a small convolutional network over the tokens of a text, beside the linear models of `decide`.

Each token is the sum of the vectors of its pieces (the word, the word without what is stuck to it, its ending, what the tables say of it).
Four residual layers (He et al. 2016; dilated as in Yu and Koltun 2016) let it see 15 tokens to either side. Decisions then read a score off
one token (`word`) or off a pair of tokens (`pair`), which is added to the linear model's. The numbers are data: `encoder.npz`, learned by
`make train`, first by guessing hidden words of the unlabelled corpus, then together with the linear weights from the annotated reports.
Computed in 32-bit floats with numpy; nothing is random.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np

from riwaya.lang.tables import PACKAGED

if TYPE_CHECKING:
    from riwaya.extract.scan import Lexicon, Scan

DILATIONS = (1, 2, 4, 8)  # tokens between the three that each layer looks at
REACH = 11  # tokens: pairs further apart than this are as far as this
# tokens behind and ahead of the one that asks for which pairs are scored: as far as each decision looks
_SEEN = {"source": (160, 20), "phrase": (1, 24), "opening": (4, 48), "ending": (4, 450), "beginning": (160, 1)}
_KEPT = 50_000  # words whose vectors are kept: 64 MB at most; a text of more is read all the same
_NOTHING = -1  # the row of a token without a known piece: zeros, the last
_BLOCK = 2_048  # tokens encoded at a time
_EDGE = sum(DILATIONS)  # tokens beyond a block that bear on it
_SMALL = 1e-5  # keeps a layer's division from zero
Array = np.ndarray[Any, np.dtype[np.float32]]


def pieces(token: str, scan_told: tuple[str, str, str, str, tuple[Any, ...]], names: frozenset[str]) -> Iterator[str]:
    """The pieces of a normal token, given what the tables tell of it (`Lexicon.tell`)."""
    kind, seen, company, _head, forms = scan_told
    word = "0" if token[:1].isdigit() else token
    front, rest = stripped(word)
    yield from (word, f"k:{company}", f"e:{seen}", f"f:{front}")
    if rest != word:
        yield rest
    if len(word) > 2 and not kind:
        yield from (f"s2:{rest[-2:]}", f"s3:{rest[-3:]}", f"p1:{rest[:1]}", f"p2:{rest[:2]}", f"n:{min(9, len(rest))}")
        if rest in names:
            yield "g:name"
    if forms:
        form = forms[0]
        yield from (f"q:{form.group}/{form.part}", f"a:{form.part}/{form.person}{form.gender}{form.number}", f"l:{form.cue}")
        if form.object:
            yield "o:obj"


def stripped(word: str) -> tuple[str, str]:
    """What may be stuck to a word's front (conjunction, preposition, article), and the rest."""
    front, rest = "", word
    if len(rest) > 3 and rest[0] in "وف":
        front, rest = rest[0], rest[1:]
    if len(rest) > 4 and rest.startswith("لل"):
        return front + "لل", rest[2:]
    if len(rest) > 4 and rest[0] in "بكل" and rest[1:3] == "ال":
        front, rest = front + rest[0], rest[1:]
    if len(rest) > 4 and rest.startswith("ال"):
        front, rest = front + "ال", rest[2:]
    return front, rest


def known_pieces(token: str, lex: Lexicon, rows: Mapping[str, int]) -> list[int]:
    """The rows of a token's pieces, of those that have one."""
    return [rows[piece] for piece in pieces(token, lex.tell(token), lex.names) if piece in rows]


def marks(scan: Scan) -> np.ndarray[Any, np.dtype[np.int64]]:
    """What is marked of each token beside its word: 1 in a quotation, 2 in an expression of time, 3 in both; 0 otherwise."""
    quoted = np.array(scan.inside[: scan.size], dtype=np.int64) >= 0
    timed = np.array([seen == "time" for seen in scan.seen[: scan.size]], dtype=np.int64)
    return quoted + 2 * timed


@dataclass(frozen=True, eq=False)
class Head:
    """How one decision about pairs reads the encoder: what the asking token asks, where its keys stand, and what distance says."""

    ask: Array
    ask_bias: Array  # its last number is 1: what a token says whoever asks
    columns: slice
    key_bias: Array
    gaps: Array
    behind: int
    ahead: int


@dataclass(frozen=True, eq=False)
class Encoder:
    """The network's numbers by name, and the vectors of the words it has met."""

    numbers: Mapping[str, Array]
    rows: Mapping[str, int]
    grains: np.ndarray[Any, np.dtype[np.int8]]  # the pieces' vectors, each in units of its own
    units: Array
    heads: Mapping[str, Head]
    width: int

    def vectors(self, scan: Scan) -> Array:
        """For each token, what `_words` says of it. Those of words met before are kept with the lexicon."""
        known = scan.lexicon.vectors.setdefault(self, {})
        tokens = scan.words[: scan.size]
        if new := [token for token in dict.fromkeys(tokens) if token not in known]:
            if len(known) + len(new) > _KEPT:
                known.clear()
                new = list(dict.fromkeys(tokens))
            known.update(zip(new, self._words(new, scan), strict=True))
        return np.array([known[token] for token in tokens], dtype=np.float32).reshape(scan.size, 4 * self.width)

    def _words(self, tokens: Sequence[str], scan: Scan) -> Array:
        """The sum of the vectors of each token's pieces, evened; and what it gives itself and its neighbours in the first layer."""
        lex, rows = scan.lexicon, self.rows
        known = [known_pieces(token, lex, rows) for token in tokens]
        at = [row for some in known for row in (some or [_NOTHING])]
        starts = np.cumsum([0, *(len(some) or 1 for some in known[:-1])])
        whole: Array = np.add.reduceat(self.grains[at] * self.units[at, None], starts, axis=0, dtype=np.float32)
        h: Array = _even(whole) * self.numbers["ln.weight"] + self.numbers["ln.bias"]
        both: Array = np.concatenate([h, self._spread(h, 0)], axis=1)
        return both

    def _spread(self, h: Array, layer: int) -> Array:
        """What each token gives its neighbour ahead, itself, and its neighbour behind in a layer."""
        numbers = self.numbers
        evened: Array = _even(h) * numbers[f"norm.{layer}.weight"] + numbers[f"norm.{layer}.bias"]
        return evened @ numbers[f"conv.{layer}.weight"]

    def encode(self, vectors: Array, flags: Array) -> Array:
        """Each token's vector in its context. Linear in the number of tokens: long texts are read in blocks that overlap."""
        if len(vectors) <= _BLOCK:
            return self._layers(vectors, flags)
        parts = []
        for first in range(0, len(vectors), _BLOCK):
            begin = max(0, first - _EDGE)
            seen = slice(begin, first + _BLOCK + _EDGE)
            parts.append(self._layers(vectors[seen], flags[seen])[first - begin : first - begin + _BLOCK])
        return np.concatenate(parts)

    def _layers(self, vectors: Array, flags: Array) -> Array:
        width = self.width
        h, x = vectors[:, :width].copy(), vectors[:, width:]
        for layer, gap in enumerate(DILATIONS):
            if layer:
                x = self._spread(h, layer)
            y = x[:, width : 2 * width] + self.numbers[f"conv.{layer}.bias"]
            y[gap:] += x[:-gap, :width]
            y[:-gap] += x[gap:, 2 * width :]
            h += np.maximum(y, 0, out=y)
            if not layer:
                h += flags
        return h


def _even(x: Array) -> Array:
    """Each row with mean 0 and variance 1."""
    x = x - x.mean(1, keepdims=True)
    x /= np.sqrt(np.einsum("ij,ij->i", x, x)[:, None] / x.shape[1] + _SMALL)
    return x


class Context:
    """What the encoder says of one text's tokens."""

    def __init__(self, scan: Scan, encoder: Encoder) -> None:
        self._encoder = encoder
        self._size = scan.size
        numbers = encoder.numbers
        vectors = encoder.vectors(scan)
        self._hidden = encoder.encode(vectors, numbers["flag"][marks(scan)])
        self._words: dict[str, list[float]] = {}
        self._keys = self._hidden @ numbers["keys"]
        self._rows: dict[tuple[str, int], tuple[int, list[float]]] = {}

    def word(self, decision: str, i: int) -> float:
        """What token i itself speaks for, in log-odds."""
        found = self._words.get(decision)
        if found is None:
            numbers = self._encoder.numbers
            inner = np.maximum(self._hidden @ numbers[f"{decision}.in"] + numbers[f"{decision}.in bias"], 0)
            found = self._words[decision] = (inner @ numbers[f"{decision}.out"] + numbers[f"{decision}.out bias"]).tolist()
        return found[i] if 0 <= i < self._size else 0.0

    def pair(self, decision: str, i: int, k: int) -> float:
        """What speaks for token k (-1: for nothing) answering the decision that token i asks for, in log-odds."""
        numbers = self._encoder.numbers
        if k < 0:
            return float(self._hidden[i] @ numbers[f"{decision}.none"] + numbers[f"{decision}.none bias"][0])
        row = self._rows.get((decision, i))
        if row is None:
            row = self._rows[decision, i] = self._row(decision, i)
        at = min(k, self._size - 1) - row[0]
        return row[1][at] if 0 <= at < len(row[1]) else 0.0

    def _row(self, decision: str, i: int) -> tuple[int, list[float]]:
        head = self._encoder.heads[decision]
        first, after = max(0, i - head.behind), min(self._size, i + head.ahead)
        asked = self._hidden[i] @ head.ask + head.ask_bias
        scores = self._keys[first:after, head.columns] @ asked + head.gaps[first - i + head.behind : after - i + head.behind]
        return first, (scores + head.key_bias @ asked).tolist()


@cache
def load_encoder() -> Encoder:
    """The packaged encoder."""
    # Until a larger product has touched the pages of OpenBLAS's buffer, small ones take three times as long (measured with 0.3.31).
    np.matmul(np.zeros((256, 128), np.float32), np.zeros((128, 512), np.float32))
    return unpack((PACKAGED / "encoder.npz").read_bytes())


def unpack(data: bytes) -> Encoder:
    """An encoder from the bytes of its file."""
    with np.load(BytesIO(data)) as stored:
        numbers = {name: stored[name] for name in stored.files}
    words = numbers.pop("pieces").tobytes().decode("utf-8").split("\x00")
    grains, units = numbers.pop("grains"), numbers.pop("units").astype(np.float32)
    grains, units = np.concatenate([grains, np.zeros_like(grains[:1])]), np.append(units, np.float32(0))
    decisions = numbers.pop("decisions").tobytes().decode("utf-8").split(" ")
    wide = {name: value.astype(np.float32) for name, value in numbers.items()}
    heads = {name: _head(wide, name, place) for place, name in enumerate(decisions)}
    return Encoder(wide, {piece: row for row, piece in enumerate(words)}, grains, units, heads, grains.shape[1])


def _head(numbers: Mapping[str, Array], name: str, place: int) -> Head:
    ask = numbers[f"{name}.ask"]
    side = ask.shape[1] + 1
    behind, ahead = _SEEN[name]
    gaps = numbers[f"{name}.gap"][np.clip(np.arange(-behind, ahead), -REACH, REACH) + REACH]
    return Head(
        np.concatenate([ask, np.zeros((len(ask), 1), np.float32)], axis=1),
        np.append(numbers[f"{name}.ask bias"], np.float32(1)),
        slice(place * side, (place + 1) * side),
        numbers[f"{name}.key bias"],
        gaps,
        behind,
        ahead,
    )
