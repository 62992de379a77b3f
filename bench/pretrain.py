"""Teach the encoder Arabic news before it is taught attribution: `make pretrain` writes `build/pretrained.pt`.

Words of the unlabelled corpus (`../shared/corpora/saudinewsnet`, without the texts of claims_dev.jsonl) are hidden at random and guessed
from what stands around them. Only the numbers learned are kept. About 20 minutes on two cores.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from riwaya.extract.encoder import DILATIONS, pieces
from riwaya.extract.scan import lexicon
from riwaya.lang.tables import load
from riwaya.text.words import read

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
TARGET = ROOT / "build" / "pretrained.pt"
WIDTH = 80
RARE_WORD, RARE_PIECE = 70, 40  # a piece is known that stands so often in the corpus
GUESSED = 4096  # the most frequent words are those to guess
STRETCH, BATCH = 256, 24  # tokens of a stretch, stretches of a step
HIDDEN, MASKED = 0.18, 0.85  # share of words to guess; share of those that the encoder does not see


class Layers(nn.Module):
    """The encoder as it learns; `riwaya.extract.encoder` is the same in numpy."""

    def __init__(self, count: int, width: int = WIDTH) -> None:
        super().__init__()
        self.width = width
        self.emb = nn.Embedding(count, width)
        nn.init.normal_(self.emb.weight, 0, 0.05)
        self.ln = nn.LayerNorm(width)
        self.conv = nn.ModuleList(nn.Linear(3 * width, width) for _ in DILATIONS)
        self.norm = nn.ModuleList(nn.LayerNorm(width) for _ in DILATIONS)
        self.drop = nn.Dropout(0.1)

    def encode(self, x: torch.Tensor, mask: torch.Tensor | None = None, marks: torch.Tensor | None = None) -> torch.Tensor:
        """Each token's vector in its context; `mask` is 0 where a text is padded, `marks` is added behind the first layer."""
        seen = mask if mask is not None else torch.ones(1)
        h = self.ln(x) * seen
        for conv, norm, gap in zip(self.conv, self.norm, DILATIONS, strict=True):
            here = norm(h) * seen
            wide = functional.pad(here, (0, 0, gap, gap))
            size = here.shape[-2]
            y = conv(torch.cat([wide[..., :size, :], here, wide[..., 2 * gap :, :]], -1))
            h = h + self.drop(functional.relu(y)) * seen
            if marks is not None and gap == DILATIONS[0]:
                h = h + marks
        return h


def corpus() -> list[list[str]]:
    """The normal tokens of every article but those of dev, digits as one word."""
    rows = [json.loads(line) for line in (SHARED / "gold" / "claims_dev.jsonl").read_text("utf-8").splitlines()]
    ids, titles = {row["id"] for row in rows}, {row["text"].split("\n")[0].strip() for row in rows}
    found = []
    with gzip.open(SHARED / "corpora" / "saudinewsnet" / "saudinewsnet.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["id"] not in ids and (row["title"] or "").strip() not in titles:
                found.append(["0" if word[0].isdigit() else word for word in read(f"{row['title']}\n{row['content']}").words])
    return found


def main() -> None:
    """Read the corpus, learn, write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--epochs", type=float, default=4)
    chosen = options.parse_args()
    texts = corpus()
    counts = Counter(word for text in texts for word in text)
    lex = lexicon(load())
    parts = {word: list(pieces(word, lex.tell(word), lex.names)) for word in counts}
    weight: Counter[str] = Counter()
    for word, n in counts.items():
        for piece in parts[word]:
            weight[piece] += n
    known = [piece for piece, n in weight.most_common() if n >= (RARE_PIECE if ":" in piece else RARE_WORD)]
    rows = {piece: k for k, piece in enumerate(known)}
    words = [word for word, _ in counts.most_common()]
    place = {word: k for k, word in enumerate(words)}
    bags = [[rows[piece] for piece in parts[word] if piece in rows] for word in words]
    ids = np.concatenate([np.array([place[word] for word in text], dtype=np.int64) for text in texts])
    print(f"{len(texts)} texts, {len(ids)} tokens, {len(words)} words, {len(known)} pieces", flush=True)
    layers = learn(ids, bags, len(known), chosen.epochs)
    TARGET.parent.mkdir(exist_ok=True)
    torch.save({"pieces": known, "state": layers.state_dict()}, TARGET)


def learn(ids: np.ndarray, bags: list[list[int]], count: int, epochs: float) -> Layers:
    """The encoder after guessing hidden words `epochs` times over."""
    torch.manual_seed(1)
    chance = torch.Generator().manual_seed(2)
    layers = Layers(count)
    guess = nn.Linear(WIDTH, GUESSED)
    hidden = nn.Parameter(torch.zeros(WIDTH))
    numbers = [*layers.parameters(), *guess.parameters(), hidden]
    adam = torch.optim.AdamW(numbers, weight_decay=0.01, betas=(0.9, 0.98))
    flat = torch.from_numpy(np.concatenate([np.array(bag, dtype=np.int64) for bag in bags]))
    ends = torch.from_numpy(np.cumsum([0, *map(len, bags)]))
    stretches = torch.from_numpy(ids[: len(ids) // STRETCH * STRETCH]).view(-1, STRETCH)
    round_ = len(stretches) // BATCH
    steps = int(epochs * round_)
    order = torch.arange(0)
    for step in range(steps):
        if step % round_ == 0:
            order = torch.randperm(len(stretches), generator=chance)
        x = stretches[order[step % round_ * BATCH :][:BATCH]]
        words, place = torch.unique(x, return_inverse=True)
        sizes = ends[words + 1] - ends[words]
        starts = torch.cumsum(sizes, 0) - sizes
        at = torch.arange(int(sizes.sum())) - torch.repeat_interleave(starts - ends[words], sizes)
        vectors = functional.embedding_bag(flat[at], layers.emb.weight, starts, mode="sum")[place]
        asked = torch.rand(x.shape, generator=chance) < HIDDEN
        unseen = asked & (torch.rand(x.shape, generator=chance) < MASKED)
        context = layers.encode(torch.where(unseen[..., None], hidden.expand_as(vectors), vectors))
        target = x[asked]
        common = target < GUESSED
        loss = functional.cross_entropy(guess(context[asked][common]), target[common])
        for group in adam.param_groups:
            group["lr"] = 3e-3 * min(1.0, (step + 1) / 200) * (1 - step / steps) + 1e-5
        adam.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(numbers, 1.0)
        adam.step()
        if step % 500 == 0:
            print(f"step {step} of {steps}: {float(loss.detach()):.3f}", flush=True)
    return layers


if __name__ == "__main__":
    main()
