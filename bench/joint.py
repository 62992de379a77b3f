"""Fit the encoder and the linear weights together, with torch: one network whose last layer adds both.

The encoder begins where `pretrain.py` left it. Every decision's score is the sum of its linear features' weights and, for those of DEEP,
of what the encoder says of its token or pair of tokens. Adam; an L2 penalty on the linear weights; words and hidden units are dropped at
random so that neither part leans on the other alone.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from learn import Question
from pretrain import Layers
from riwaya.extract.encoder import REACH, TAGS, known_pieces, marks
from riwaya.extract.known import FLAGS
from riwaya.extract.scan import Scan

WORDS = ("cue",)  # decisions about one token
PAIRS = ("source", "phrase", "opening", "ending", "beginning")  # decisions about a pair
YES_NO = frozenset(("cue", "phrase", "ending", "beginning", "resumes"))
SIDE = 24  # dimensions in which a pair meets
INNER = 32  # hidden units of a decision about one token
TAGGING = 48  # hidden units of the tags of names
Weights = dict[str, dict[str, float]]
Tags = np.ndarray[Any, np.dtype[np.int64]]


class Joint(nn.Module):
    """The encoder, the decisions' heads, and the linear weights."""

    def __init__(self, layers: Layers, vocabularies: Mapping[str, Mapping[str, int]], drop: float) -> None:
        super().__init__()
        width = layers.width
        self.layers = layers
        self.flag = nn.Embedding(4 * FLAGS, width)
        self.ask = nn.ModuleDict({name: nn.Linear(width, SIDE) for name in PAIRS})
        self.key = nn.ModuleDict({name: nn.Linear(width, SIDE + 1) for name in PAIRS})
        self.none = nn.ModuleDict({name: nn.Linear(width, 1) for name in PAIRS})
        self.gap = nn.ModuleDict({name: nn.Embedding(2 * REACH + 1, 1) for name in PAIRS})
        self.word = nn.ModuleDict({name: nn.Sequential(nn.Linear(width, INNER), nn.ReLU(), nn.Linear(INNER, 1)) for name in WORDS})
        self.tag = nn.Sequential(nn.Linear(width, TAGGING), nn.ReLU(), nn.Dropout(drop / 2), nn.Linear(TAGGING, len(TAGS)))
        self.linear = nn.ModuleDict({name: nn.EmbeddingBag(len(table) + 1, 1, mode="sum") for name, table in vocabularies.items()})
        with torch.no_grad():
            for side in (*self.ask.values(), *self.key.values()):
                side.weight *= 0.3  # so that a pair of tokens says little at first
        for table in (self.flag, *self.gap.values(), *self.linear.values()):
            nn.init.zeros_(table.weight)
        self.drop = nn.Dropout(drop)

    def hidden(self, texts: Sequence[Text]) -> torch.Tensor:
        """The tokens of several texts in their context, padded to the longest."""
        bags = [bag for text in texts for bag in text.bags]
        starts = np.cumsum([0, *map(len, bags[:-1])])
        flat = torch.from_numpy(np.concatenate(bags))
        found = functional.embedding_bag(flat, self.layers.emb.weight, torch.from_numpy(starts), mode="sum")
        if self.training:
            found = found * (torch.rand(len(found), 1) > FORGOTTEN)
        marks = self.flag(torch.from_numpy(np.concatenate([text.marks for text in texts])))
        sizes = [len(text.bags) for text in texts]
        x, flags, mask = (
            nn.utils.rnn.pad_sequence(torch.split(each, sizes), batch_first=True) for each in (found, marks, torch.ones(len(found), 1))
        )
        return self.drop(self.layers.encode(x, mask, flags))

    def forward(self, texts: Sequence[Text]) -> dict[str, torch.Tensor]:
        """What is lost on each decision, in nats, and on the tags of names."""
        hidden = self.hidden(texts)
        found = {}
        tagged = [(k, text.tags) for k, text in enumerate(texts) if text.tags is not None]
        if tagged:
            scores = self.tag(torch.cat([hidden[k, : len(tags)] for k, tags in tagged]))
            found["entity"] = functional.cross_entropy(
                scores, torch.from_numpy(np.concatenate([tags for _, tags in tagged])), reduction="sum"
            )
        for name, linear in self.linear.items():
            asked = [(k, text.asked[name]) for k, text in enumerate(texts) if name in text.asked]
            if not asked:
                continue
            flat, starts, first, second, number, right, of = _joined(asked)
            score = linear(flat, starts)[:, 0]
            if name in WORDS:
                score = score + self.word[name](hidden[of, second])[:, 0]
            elif name in PAIRS:
                score = score + self._pair(name, hidden[of, first], hidden[of, second.clamp(min=0)], second, second - first)
            found[name] = loss_of(name, score, number, right, sum(one.count for _, one in asked))
        return found

    def _pair(self, name: str, here: torch.Tensor, there: torch.Tensor, second: torch.Tensor, gap: torch.Tensor) -> torch.Tensor:
        key = self.key[name](there)
        score = (self.ask[name](here) * key[:, :-1]).sum(1) + key[:, -1] + self.gap[name](gap.clamp(-REACH, REACH) + REACH)[:, 0]
        return torch.where(second >= 0, score, self.none[name](here)[:, 0])


FORGOTTEN = 0.08  # share of words hidden from the encoder while it learns


class Asked:
    """The questions of one decision about one text, as arrays."""

    def __init__(self, questions: Sequence[Question], table: Mapping[str, int], size: int) -> None:
        flat: list[int] = []
        starts, first, second, number, right = [], [], [], [], []
        for k, one in enumerate(questions):
            for o, option in enumerate(one.options):
                starts.append(len(flat))
                flat += [table[feature] for feature in option if feature in table]
                i, j = one.at[o] if one.at else (0, -1)
                first.append(i)
                second.append(min(j, size - 1))
                number.append(k)
                right.append(one.right[o])
        self.count, self.flat_size = len(questions), len(flat)
        self.arrays = [np.array(x, dtype=np.int64) for x in (flat, starts, first, second, number, right)]


class Text:
    """One report as the network reads it: its tokens' pieces, their marks, what is asked of it, and its tags if they are known."""

    def __init__(self, scan: Scan, rows: Mapping[str, int], tags: Tags | None) -> None:
        tokens = scan.words[: scan.size]
        known = {token: np.array(known_pieces(token, scan.lexicon, rows), dtype=np.int64) for token in set(tokens)}
        self.bags = [known[token] for token in tokens]
        self.marks = marks(scan)
        self.asked: dict[str, Asked] = {}
        self.tags = tags


def _joined(asked: Sequence[tuple[int, Asked]]) -> tuple[torch.Tensor, ...]:
    """The arrays of several texts as one, with what they number moved on; last, which text each option belongs to."""
    columns: list[list[np.ndarray[Any, Any]]] = [[] for _ in range(7)]
    flat_base = number_base = 0
    for k, one in asked:
        flat, starts, first, second, number, right = one.arrays
        for column, value in zip(
            columns, (flat, starts + flat_base, first, second, number + number_base, right > 0, np.full(len(first), k)), strict=True
        ):
            column.append(value)
        flat_base += one.flat_size
        number_base += one.count
    return tuple(torch.from_numpy(np.concatenate(column)) for column in columns)


def loss_of(name: str, score: torch.Tensor, number: torch.Tensor, right: torch.Tensor, count: int) -> torch.Tensor:
    """What is lost on one decision's questions, in nats."""
    if name in YES_NO:
        return functional.binary_cross_entropy_with_logits(score, right.float(), reduction="sum")
    most = torch.full((count,), -1e9).scatter_reduce(0, number, score.detach(), "amax")
    e = torch.exp(score - most[number])
    total = torch.zeros(count).scatter_add(0, number, e)
    good = torch.zeros(count).scatter_add(0, number, e * right)
    return -(torch.log(good + 1e-12) - torch.log(total))[good > 0].sum()


def texts_of(
    scans: Sequence[tuple[Scan, Tags | None]],
    questions: Mapping[str, Sequence[Question]],
    tables: Mapping[str, Mapping[str, int]],
    rows: Mapping[str, int],
) -> list[Text]:
    """Each report with all that is asked of it."""
    texts = [Text(scan, rows, tags) for scan, tags in scans]
    for name, asked in questions.items():
        by: dict[int, list[Question]] = defaultdict(list)
        for one in asked:
            by[one.report].append(one)
        for k, some in by.items():
            texts[k].asked[name] = Asked(some, tables[name], len(texts[k].bags))
    return texts


def fit(
    scans: Sequence[tuple[Scan, Tags | None]], questions: Mapping[str, Sequence[Question]], pretrained: Mapping[str, Any], *,
    epochs: int = 10, drop: float = 0.3, penalty: float = 1.0, batch: int = 8, seed: int = 3, rate: float = 1e-3,
) -> tuple[Weights, bytes]:  # fmt: skip
    """The linear weights and the encoder's file. `scans` are the reports that `questions` number, each with its tags if they are known."""
    torch.manual_seed(seed)
    shuffled = random.Random(seed)
    tables = {}
    for name, asked in questions.items():
        counts = Counter(feature for one in asked for option in one.options for feature in set(option))
        tables[name] = {feature: k for k, feature in enumerate(sorted(feature for feature, n in counts.items() if n > 1))}
    layers = Layers(len(pretrained["pieces"]))
    layers.load_state_dict(pretrained["state"])
    net = Joint(layers, tables, drop)
    texts = texts_of(scans, questions, tables, {piece: k for k, piece in enumerate(pretrained["pieces"])})
    linear = [p for name, p in net.named_parameters() if name.startswith("linear.")]
    words = [net.layers.emb.weight]
    others = [p for name, p in net.named_parameters() if not name.startswith("linear.") and "emb" not in name]
    groups = [(others, rate, 0.02), (words, rate / 2, 0.0), (linear, 0.02, 0.0)]
    adam = torch.optim.AdamW([{"params": p, "lr": r, "weight_decay": d} for p, r, d in groups], betas=(0.9, 0.98))
    steps, step = epochs * -(-len(texts) // batch), 0
    net.train()
    for _ in range(epochs):
        order = list(texts)
        shuffled.shuffle(order)
        for k in range(0, len(order), batch):
            step += 1
            pace = min(1.0, step / 60) * max(0.02, 1 - step / steps)
            for group, (_, r, _) in zip(adam.param_groups, groups, strict=True):
                group["lr"] = r * pace
            lost = sum(net(order[k : k + batch]).values()) / batch
            squares = sum((p**2).sum() for p in linear)
            adam.zero_grad()
            (lost + 0.5 * penalty / len(texts) * squares).backward()
            nn.utils.clip_grad_norm_(others + words, 5.0)
            adam.step()
    net.eval()
    weights = {
        name: {
            feature: round(float(w), 3)
            for feature, w in zip(table, net.linear[name].weight[:, 0].detach().numpy(), strict=False)
            if abs(w) >= 0.01
        }
        for name, table in tables.items()
    }
    return weights, packed(net, pretrained["pieces"])


def packed(net: Joint, names: Sequence[str]) -> bytes:
    """The encoder as `encoder.npz` keeps it: the pieces' vectors in 8 bits, the rest in 16."""
    out: dict[str, np.ndarray[Any, Any]] = {}
    table = net.layers.emb.weight.detach().numpy()
    units = np.abs(table).max(1) / 127 + 1e-8
    out["grains"] = np.round(table / units[:, None]).astype(np.int8)
    out["units"] = units.astype(np.float16)
    out["pieces"] = np.frombuffer("\x00".join(names).encode(), dtype=np.uint8)
    out["decisions"] = np.frombuffer(" ".join(PAIRS).encode(), dtype=np.uint8)
    state = {name: value.detach().numpy() for name, value in net.state_dict().items()}
    half = lambda x: np.ascontiguousarray(x).astype(np.float16)  # noqa: E731
    out["ln.weight"], out["ln.bias"] = half(state["layers.ln.weight"]), half(state["layers.ln.bias"])
    width = net.layers.width
    for k in range(len(net.layers.conv)):
        out[f"norm.{k}.weight"], out[f"norm.{k}.bias"] = half(state[f"layers.norm.{k}.weight"]), half(state[f"layers.norm.{k}.bias"])
        weight = state[f"layers.conv.{k}.weight"]  # width × (left, here, right)
        out[f"conv.{k}.weight"] = half(np.concatenate([weight[:, part * width : (part + 1) * width].T for part in range(3)], axis=1))
        out[f"conv.{k}.bias"] = half(state[f"layers.conv.{k}.bias"])
    out["flag"] = half(state["flag.weight"])
    out["keys"] = half(np.concatenate([state[f"key.{name}.weight"].T for name in PAIRS], axis=1))
    for name in PAIRS:
        out[f"{name}.key bias"] = half(state[f"key.{name}.bias"])
        out[f"{name}.ask"], out[f"{name}.ask bias"] = half(state[f"ask.{name}.weight"].T), half(state[f"ask.{name}.bias"])
        out[f"{name}.none"], out[f"{name}.none bias"] = half(state[f"none.{name}.weight"][0]), half(state[f"none.{name}.bias"])
        out[f"{name}.gap"] = half(state[f"gap.{name}.weight"][:, 0])
    for name in WORDS:
        out[f"{name}.in"], out[f"{name}.in bias"] = half(state[f"word.{name}.0.weight"].T), half(state[f"word.{name}.0.bias"])
        out[f"{name}.out"], out[f"{name}.out bias"] = half(state[f"word.{name}.2.weight"][0]), half(state[f"word.{name}.2.bias"][0])
    out["entity.in"], out["entity.in bias"] = half(state["tag.0.weight"].T), half(state["tag.0.bias"])
    out["entity.out"], out["entity.out bias"] = half(state["tag.3.weight"].T), half(state["tag.3.bias"])
    file = BytesIO()
    np.savez(file, **out)
    return file.getvalue()
