"""Names in running text: which tokens name a person, an organisation or a place, as the encoder's tags say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, get_args

import numpy as np

from riwaya.extract.encoder import TAGS
from riwaya.extract.scan import Scan
from riwaya.model import NameKind

KINDS: tuple[NameKind, ...] = get_args(NameKind)
_GOING_ON = frozenset(number for number, tag in enumerate(TAGS) if tag.startswith("I"))  # each behind the tag that begins it
_SURELY_NONE = 4.0  # log-odds by which a token that stands in no name is told
_NEVER = -1e9
_EDGES = frozenset(("comma", "stop", "mark", "bracket", "dash", "colon"))


class Named(NamedTuple):
    """A name at tokens [first, after), of one of KINDS."""

    first: int
    after: int
    kind: NameKind


def named(scan: Scan) -> list[Named]:
    """The names of a text in its order, none over another, none across a line's end."""
    found: list[Named] = []
    goes_on = ""
    for i, number in _tags(scan):
        begins, _, kind = TAGS[number].partition(" ")
        if begins == "I" and kind == goes_on and found[-1].after == i:
            found[-1] = found[-1]._replace(after=i + 1)
        else:
            found.append(Named(i, i + 1, kind))  # type: ignore[arg-type]  # one of KINDS
        goes_on = kind
    return [trimmed for one in found if (trimmed := _trim(scan, one)).after > trimmed.first]


def _tags(scan: Scan) -> Iterator[tuple[int, int]]:
    """The tokens that stand in names, with their tags: the likeliest sequence in which each name begins before it goes on."""
    if not scan.size:
        return
    scores = scan.context.tags
    doubtful = np.flatnonzero(scores[:, 1:].max(1) > scores[:, 0] - _SURELY_NONE).tolist()
    rows = scores[doubtful].tolist()
    start = 0
    for k in range(1, len(doubtful) + 1):
        if k == len(doubtful) or doubtful[k] != doubtful[k - 1] + 1 or scan.words[doubtful[k]] == "\n":
            tags = _likeliest(rows[start:k])
            yield from ((doubtful[start + n], tag) for n, tag in enumerate(tags) if tag and scan.words[doubtful[start + n]] != "\n")
            start = k


def _likeliest(rows: list[list[float]]) -> list[int]:
    """The likeliest tags of tokens that follow each other, the first of which goes on with nothing (Viterbi 1967)."""
    best = [score if tag not in _GOING_ON else _NEVER for tag, score in enumerate(rows[0])]
    steps: list[list[int]] = []
    for row in rows[1:]:
        top = max(range(len(best)), key=best.__getitem__)
        step = [max(tag, tag - 1, key=best.__getitem__) if tag in _GOING_ON else top for tag in range(len(row))]
        steps.append(step)
        best = [best[before] + score for before, score in zip(step, row, strict=True)]
    found = [max(range(len(best)), key=best.__getitem__)]
    for step in reversed(steps):
        found.append(step[found[-1]])
    return found[::-1]


def _trim(scan: Scan, one: Named) -> Named:
    """A name without the marks at its edges."""
    first, after = one.first, one.after
    while first < after and scan.classes[first] in _EDGES:
        first += 1
    while after > first and scan.classes[after - 1] in _EDGES:
        after -= 1
    return Named(first, after, one.kind)
