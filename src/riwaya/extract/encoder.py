"""What a word is where it stands: a small convolutional network over the tokens of a text, beside the linear models of `decide`.

Each token is the sum of the vectors of its pieces (the word, the word without what is stuck to it, its ending, what the tables say of it).
Four residual layers (He et al. 2016; dilated as in Yu and Koltun 2016) let it see 15 tokens to either side. Decisions then read a score
off one token (`word`) or off a pair of tokens (`pair`), which is added to the linear model's; names are read off as tags (`tags`). The
numbers are data: `encoder.npz`, learned by `make train`, first by guessing hidden words of the unlabelled corpus, then together with the
linear weights from the annotated reports.
Computed in 32-bit floats with numpy; nothing is random.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
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
TAGS = ("", "B person", "I person", "B organisation", "I organisation", "B place", "I place")
"""What a token is of a name, in the scheme BIO: it begins one (B), goes on with one (I), or is in none."""
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
    """What is marked of each token beside its word: 1 in a quotation, 2 in an expression of time, 3 in both, 0 in neither; and 4 times what
    the tables know of names there (`known`)."""
    quoted = np.array(scan.inside[: scan.size], dtype=np.int64) >= 0
    timed = np.array([seen == "time" for seen in scan.seen[: scan.size]], dtype=np.int64)
    return quoted + 2 * timed + 4 * np.array(scan.known, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Head:
    """How one decision about pairs reads the encoder: what the asking token asks, what its keys are, and what distance says."""

    ask: Array
    ask_bias: Array  # its last number is 1: what a token says whoever asks
    key: Array
    key_bias: Array
    none: Array
    none_bias: float
    gaps: Array
    behind: int
    ahead: int


@dataclass(frozen=True, eq=False)
class Layer:
    """One layer: what an evened token gives its neighbour ahead, itself and its neighbour behind, side by side, and what is added.

    `first` and `last` are taken back from the tokens that lack a neighbour before or behind them.
    """

    weight: Array
    bias: Array
    first: Array
    last: Array
    gap: int


class Met:
    """The vectors of the words met so far."""

    def __init__(self, width: int) -> None:
        self.rows: dict[str, int] = {}
        self.vectors: Array = np.empty((2_048, width), np.float32)

    def add(self, words: Sequence[str], vectors: Array) -> None:
        """Keep the vectors of words not met before."""
        first = len(self.rows)
        after = first + len(words)
        if after > len(self.vectors):
            grown = np.empty((2 * after, self.vectors.shape[1]), np.float32)
            grown[:first] = self.vectors[:first]
            self.vectors = grown
        self.vectors[first:after] = vectors
        self.rows.update(zip(words, range(first, after), strict=True))


@dataclass(frozen=True, eq=False)
class Encoder:
    """The network's numbers, and the vectors of the words it has met."""

    numbers: Mapping[str, Array]
    rows: Mapping[str, int]
    grains: np.ndarray[Any, np.dtype[np.int8]]  # the pieces' vectors, each in units of its own
    units: Array
    layers: Sequence[Layer]
    heads: Mapping[str, Head]
    width: int

    def vectors(self, scan: Scan) -> Array:
        """For each token, what `_words` says of it. Those of words met before are kept with the lexicon."""
        met = scan.lexicon.met.get(self)
        if met is None:
            met = scan.lexicon.met[self] = Met(4 * self.width)
        tokens = scan.words[: scan.size]
        if new := [token for token in dict.fromkeys(tokens) if token not in met.rows]:
            if len(met.rows) + len(new) > _KEPT:
                met.rows.clear()
                new = list(dict.fromkeys(tokens))
            met.add(new, self._words(new, scan))
        found: Array = met.vectors.take(np.array([met.rows[token] for token in tokens], dtype=np.intp), 0)
        return found

    def _words(self, tokens: Sequence[str], scan: Scan) -> Array:
        """The sum of the vectors of each token's pieces, evened; and what it gives itself and its neighbours in the first layer."""
        lex, rows = scan.lexicon, self.rows
        known = [known_pieces(token, lex, rows) for token in tokens]
        at = [row for some in known for row in (some or [_NOTHING])]
        starts = np.cumsum([0, *(len(some) or 1 for some in known[:-1])])
        whole: Array = np.add.reduceat(self.grains[at] * self.units[at, None], starts, axis=0, dtype=np.float32)
        h: Array = _even(whole - whole.mean(1, keepdims=True)) * self.numbers["ln.weight"] + self.numbers["ln.bias"]
        both: Array = np.concatenate([h, _even(h) @ self.layers[0].weight], axis=1)
        return both

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
        for number, layer in enumerate(self.layers):
            if number:
                x = _even(h) @ layer.weight
            gap = layer.gap
            y = x[:, width : 2 * width] + layer.bias
            y[:gap] -= layer.first
            y[-gap:] -= layer.last
            y[gap:] += x[:-gap, :width]
            y[:-gap] += x[gap:, 2 * width :]
            h += np.maximum(y, 0, out=y)
            if not number:
                h += flags
        return h


def _even(x: Array) -> Array:
    """Each row divided by its standard deviation; that its mean is taken off is part of a layer's weights."""
    size = x.shape[1]
    spread = np.einsum("ij,ij->i", x, x) / size - (x @ np.full(size, 1 / size, np.float32)) ** 2
    evened: Array = x * (1 / np.sqrt(spread + _SMALL))[:, None]
    return evened


class Context:
    """What the encoder says of one text's tokens."""

    def __init__(self, scan: Scan, encoder: Encoder) -> None:
        self._encoder = encoder
        self._size = scan.size
        vectors = encoder.vectors(scan)
        self._hidden = encoder.encode(vectors, encoder.numbers["flag"][marks(scan)])
        self._words: dict[str, list[float]] = {}
        self._keys: dict[str, Array] = {}
        self._rows: dict[tuple[str, int], tuple[int, list[float], float]] = {}

    def word(self, decision: str, i: int) -> float:
        """What token i itself speaks for, in log-odds."""
        found = self._words.get(decision)
        if found is None:
            numbers = self._encoder.numbers
            inner = np.maximum(self._hidden @ numbers[f"{decision}.in"] + numbers[f"{decision}.in bias"], 0)
            found = self._words[decision] = (inner @ numbers[f"{decision}.out"] + numbers[f"{decision}.out bias"]).tolist()
        return found[i] if 0 <= i < self._size else 0.0

    @cached_property
    def tags(self) -> Array:
        """For each token, what speaks for each of TAGS, in log-odds of each other."""
        numbers = self._encoder.numbers
        inner = np.maximum(self._hidden @ numbers["entity.in"] + numbers["entity.in bias"], 0)
        found: Array = inner @ numbers["entity.out"] + numbers["entity.out bias"]
        return found

    @cached_property
    def _persons(self) -> list[float]:
        e = np.exp(self.tags - self.tags.max(1, keepdims=True))
        person = e[:, 1] + e[:, 2]
        found: list[float] = (np.log(person + 1e-9) - np.log(e.sum(1) - person + 1e-9)).tolist()
        return found

    def person(self, i: int) -> float:
        """The log-odds of token i belonging to a person's name."""
        return self._persons[i] if 0 <= i < self._size else -9.0

    def pair(self, decision: str, i: int, k: int) -> float:
        """What speaks for token k (-1: for nothing) answering the decision that token i asks for, in log-odds."""
        return self.pairs(decision, i, (k,))[0]

    def pairs(self, decision: str, i: int, tokens: Iterable[int]) -> list[float]:
        """What speaks for each of these tokens (-1: for nothing) answering the decision that token i asks for, in log-odds."""
        row = self._rows.get((decision, i))
        if row is None:
            row = self._rows[decision, i] = self._row(decision, i)
        first, scores, nothing = row
        last, after = self._size - 1, first + len(scores)
        return [
            nothing
            if k < 0
            else scores[k - first]
            if first <= k < after
            else 0.0
            if k <= last
            else scores[last - first]
            if after > last
            else 0.0
            for k in tokens
        ]

    def _row(self, decision: str, i: int) -> tuple[int, list[float], float]:
        """What token i's decision says of the tokens from the first one that it looks at, and of nothing."""
        head = self._encoder.heads[decision]
        keys = self._keys.get(decision)
        if keys is None:
            keys = self._keys[decision] = self._hidden @ head.key + head.key_bias
        first, after = max(0, i - head.behind), min(self._size, i + head.ahead)
        scores = keys[first:after] @ (self._hidden[i] @ head.ask + head.ask_bias)
        scores += head.gaps[first - i + head.behind : after - i + head.behind]
        return first, scores.tolist(), float(self._hidden[i] @ head.none) + head.none_bias


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
    width = grains.shape[1]
    layers = [_layer(wide, number, gap, width) for number, gap in enumerate(DILATIONS)]
    heads = {name: _head(wide, name, place) for place, name in enumerate(decisions)}
    return Encoder(wide, {piece: row for row, piece in enumerate(words)}, grains, units, layers, heads, width)


def _layer(numbers: Mapping[str, Array], number: int, gap: int, width: int) -> Layer:
    """A layer with its evening folded in: the mean that is taken off, the gain and the shift."""
    weight = numbers[f"conv.{number}.weight"]
    shift = numbers[f"norm.{number}.bias"] @ weight
    weight = numbers[f"norm.{number}.weight"][:, None] * weight
    first, here, last = shift[:width], shift[width : 2 * width], shift[2 * width :]
    return Layer(weight - weight.mean(0), numbers[f"conv.{number}.bias"] + first + here + last, first, last, gap)


def _head(numbers: Mapping[str, Array], name: str, place: int) -> Head:
    ask = numbers[f"{name}.ask"]
    side = ask.shape[1] + 1
    behind, ahead = _SEEN[name]
    return Head(
        np.concatenate([ask, np.zeros((len(ask), 1), np.float32)], axis=1),
        np.append(numbers[f"{name}.ask bias"], np.float32(1)),
        np.ascontiguousarray(numbers["keys"][:, place * side : (place + 1) * side]),
        numbers[f"{name}.key bias"],
        numbers[f"{name}.none"],
        float(numbers[f"{name}.none bias"][0]),
        numbers[f"{name}.gap"][np.clip(np.arange(-behind, ahead), -REACH, REACH) + REACH],
        behind,
        ahead,
    )
