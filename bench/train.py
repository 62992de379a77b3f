"""Learn attribution from the annotated reports: `make train` writes `lang/ar/weights.json` and `lang/ar/encoder.npz`.

Learned from `bench/annotations/claims.jsonl`, our own annotation (by the scheme of GUIDELINES.md) of articles of the SaudiNewsNet corpus of
21 to 31 July 2015, kept as offsets only (the texts come from `../shared/corpora`), and from the even half of `claims_dev.jsonl`
(the odd half is never read here). `--folds N` prints cross-validated figures before the weights are written; `--dry` writes nothing.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib.util
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch

import names
from examples import (
    Report,
    cast_examples,
    content_examples,
    cue_examples,
    form_examples,
    kind_examples,
    report,
    source_examples,
)  # fmt: skip
from joint import Weights, fit
from learn import Question, fit_choice, fit_yes_no
from riwaya.extract.claims import draft, finish
from riwaya.extract.decide import Models
from riwaya.extract.encoder import Context, Encoder, unpack
from riwaya.extract.scan import Scan
from riwaya.extract.spot import cue_features
from riwaya.lang.tables import Words, load

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SHARED = ROOT.parent / "shared"
TARGET = ROOT / "src" / "riwaya" / "lang" / "ar" / "weights.json"
ENCODER = TARGET.with_name("encoder.npz")
PRETRAINED = ROOT / "build" / "pretrained.pt"
FAINT = 0.02  # weights nearer to nothing are left out
Row = Mapping[str, Any]


class Blank:
    """In place of a scan's context: says nothing, so that the linear models stand alone."""

    def word(self, decision: str, i: int) -> float:
        """Nothing."""
        return 0.0

    def pair(self, decision: str, i: int, k: int) -> float:
        """Nothing."""
        return 0.0

    def pairs(self, decision: str, i: int, tokens: Sequence[int]) -> list[float]:
        """Nothing."""
        return [0.0] * len(tokens)

    def person(self, i: int) -> float:
        """Nothing."""
        return 0.0


def annotated() -> Iterator[Row]:
    """Our annotation joined with the corpus's texts. A text whose digest has changed is an error."""
    rows = {row["id"]: row for row in map(json.loads, (HERE / "annotations" / "claims.jsonl").read_text("utf-8").splitlines())}
    with gzip.open(SHARED / "corpora" / "saudinewsnet" / "saudinewsnet.jsonl.gz", "rt", encoding="utf-8") as lines:
        for article in map(json.loads, lines):
            row = rows.get(article["id"])
            if row is None:
                continue
            text = f"{article['title'].strip()}\n{article['content']}"
            if hashlib.sha256(text.encode()).hexdigest()[:16] != row["sha256"]:
                raise SystemExit(f"train: the text of {row['id']} is not the one that was annotated")
            cut = lambda span, text=text: text[span[0] : span[1]] if span else None  # noqa: E731
            claims = [
                {**claim, "speaker": cut(claim["speaker"]), "speaker_span": claim["speaker"], "via": cut(claim["via"])}
                for claim in row["claims"]
            ]
            yield {"id": row["id"], "text": text, "claims": claims}


class Tagged(NamedTuple):
    """A text whose names are marked."""

    id: str
    scan: Scan
    tags: np.ndarray


def tagged_texts(words: Words) -> list[Tagged]:
    """Our annotation of names."""
    found = []
    for key, (text, spans) in names.annotated().items():
        seen = names.scan_of(text, words)
        found.append(Tagged(key, seen, names.tags_of(seen, spans)))
    return found


def dev_rows(half: int) -> list[Row]:
    """The texts of claims_dev.jsonl at even (0) or odd (1) places."""
    return [json.loads(line) for line in (SHARED / "gold" / "claims_dev.jsonl").read_text("utf-8").splitlines()][half::2]


def train(reports: Sequence[Report], tagged: Sequence[Tagged], pretrained: Mapping[str, Any], **settings: Any) -> tuple[Weights, bytes]:
    """The linear weights of every decision, and the encoder's file.

    Whom a source means is learned last, from names as the rest finds them.
    """
    for one in reports:
        one.scan.__dict__["context"] = Blank()
    known = {text.id: text.tags for text in tagged}
    scans = [(one.scan, known.get(one.id)) for one in reports]
    ids = {one.id for one in reports}
    scans += [(text.scan, text.tags) for text in tagged if text.id not in ids]
    weights, data = fit(scans, questions(reports), pretrained, **settings)
    encoder = unpack(data)
    for one in reports:
        one.scan.__dict__["context"] = Context(one.scan, encoder)
    cast(reports, weights)
    return weights, data


def cast(reports: Sequence[Report], weights: Weights) -> None:
    """Learn whom a source means, from reports whose encoder is known: `link`, then `speaker`."""
    weights["link"] = fit_choice(cast_examples(reports, Models(weights, ""))[0])
    weights["speaker"] = fit_choice(cast_examples(reports, Models(weights, ""))[1])


def questions(reports: Sequence[Report]) -> dict[str, list[Question]]:
    """Every decision about a claim by itself, as the reports settle it."""
    asked = {"cue": cue_examples(reports), "kind": kind_examples(reports), "form": form_examples(reports)}
    cues = unseen_cues(reports)
    asked["source"], asked["phrase"] = source_examples(reports, cues)
    asked |= content_examples(reports, cues)
    return asked


def unseen_cues(reports: Sequence[Report], parts: int = 3) -> dict[str, frozenset[int]]:
    """The cues of each report as a model finds them that was trained on the other parts: what later decisions will meet in a new text."""
    found = {}
    for part in range(parts):
        models = Models({"cue": fit_yes_no(cue_examples([one for k, one in enumerate(reports) if k % parts != part]))}, "")
        for one in reports[part::parts]:
            scan = one.scan
            found[one.id] = frozenset(
                i for i in range(scan.size) if (forms := scan.cues[i]) and models.score("cue", cue_features(scan, i, forms[0])) > 0
            )
    return found


def predict(one: Report, models: Models, encoder: Encoder) -> Row:
    """A report's claims as the scorer reads them."""
    one.scan.__dict__["context"] = Context(one.scan, encoder)
    claims = finish(one.scan, models, draft(one.scan, models))
    return {
        "id": one.id,
        "claims": [
            {
                "cue": list(claim.cue), "source": list(claim.source.span) if claim.source.span else None, "speaker": claim.source.name,
                "kind": claim.source.kind, "content": [list(span) for span in claim.content], "form": claim.form,
                "attitude": claim.attitude,
                "to": list(claim.addressee) if claim.addressee else None, "via": claim.chain[0] if claim.chain else None,
            }
            for claim in claims
        ],
    }  # fmt: skip


def score(rows: Sequence[Row], reports: Sequence[Report], models: Models, encoder: Encoder) -> dict[str, float]:
    """The figures of `../shared/gold/score_claims.py`."""
    spec = importlib.util.spec_from_file_location("score_claims", SHARED / "gold" / "score_claims.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    figures: dict[str, float] = scorer.score(
        [json.loads(json.dumps(row)) for row in rows], [predict(one, models, encoder) for one in reports]
    )
    return figures


def show(title: str, figures: Mapping[str, float]) -> None:
    """One line of figures."""
    names = ("gold", "claim_f1", "cue_p", "cue_r", "cue_f1", "source", "speaker", "content", "form", "kind", "attitude", "via", "nested")
    print(
        f"{title:26}", *(f"{name} {figures[name]:.3f}" if isinstance(figures[name], float) else f"{name} {figures[name]}" for name in names)
    )


def main() -> None:
    """Train, print how well, write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--folds", type=int, default=0, help="cross-validate in N parts first")
    options.add_argument("--cast", action="store_true", help="learn only whom a source means; the rest stays as it is")
    options.add_argument("--dry", action="store_true", help="write nothing")
    chosen = options.parse_args()
    words = load()
    even = dev_rows(0)
    rows = [*annotated(), *even]
    reports = [report(row, words) for row in rows]
    tagged = tagged_texts(words)
    print(f"{len(reports)} reports, {sum(len(one.gold) for one in reports)} claims; {len(tagged)} texts with names", flush=True)
    for part in range(chosen.folds):
        weights, data = train([one for k, one in enumerate(reports) if k % chosen.folds != part], tagged, torch.load(PRETRAINED))
        held_out = reports[part :: chosen.folds]
        show(f"held-out part {part + 1}", score(rows[part :: chosen.folds], held_out, Models(weights, ""), unpack(data)))
    everything = reports + reports[len(reports) - len(even) :]
    if chosen.cast:
        weights, encoder = dict(json.loads(TARGET.read_text("utf-8"))["decisions"]), ENCODER.read_bytes()
        known = unpack(encoder)
        for one in reports:
            one.scan.__dict__["context"] = Context(one.scan, known)
        cast(everything, weights)
    else:
        weights, encoder = train(everything, tagged, torch.load(PRETRAINED))
    weights = {name: {key: round(w, 2) for key, w in table.items() if abs(w) >= FAINT} for name, table in weights.items()}
    data = json.dumps(weights, ensure_ascii=False, sort_keys=True)
    learned = {
        "learned_from": f"{len(reports)} annotated reports, {sum(len(one.gold) for one in reports)} claims; see bench/train.py",
        "digest": hashlib.sha256(data.encode() + encoder).hexdigest()[:12],
        "decisions": weights,
    }
    odd = dev_rows(1)
    show("odd half of dev (unread)", score(odd, [report(row, words) for row in odd], Models(weights, ""), unpack(encoder)))
    if not chosen.dry:
        TARGET.write_text(json.dumps(learned, ensure_ascii=False, sort_keys=True, indent=0) + "\n", encoding="utf-8")
        ENCODER.write_bytes(encoder)
        print(f"{sum(map(len, weights.values()))} weights -> {TARGET.relative_to(ROOT)}, {ENCODER.relative_to(ROOT)}", file=sys.stderr)


if __name__ == "__main__":
    main()
