"""Names in running text: which tokens name a person, an organisation or a place, as the encoder's tags say."""

from __future__ import annotations

from typing import NamedTuple, get_args

from riwaya.extract.encoder import TAGS
from riwaya.extract.scan import Scan
from riwaya.model import NameKind

KINDS: tuple[NameKind, ...] = get_args(NameKind)
_EDGES = frozenset(("comma", "stop", "mark", "bracket", "dash", "colon"))


class Named(NamedTuple):
    """A name at tokens [first, after), of one of KINDS."""

    first: int
    after: int
    kind: NameKind


def named(scan: Scan) -> list[Named]:
    """The names of a text in its order, none over another, none across a line's end."""
    found: list[Named] = []
    if not scan.size:
        return found
    goes_on = ""
    for i, number in enumerate(scan.context.tags.argmax(1).tolist()):
        begins, _, kind = TAGS[number].partition(" ")
        if not kind or scan.words[i] == "\n":
            goes_on = ""
            continue
        if begins == "B" or kind != goes_on:
            found.append(Named(i, i + 1, kind))  # type: ignore[arg-type]  # one of KINDS
        else:
            found[-1] = found[-1]._replace(after=i + 1)
        goes_on = kind
    return [trimmed for one in found if (trimmed := _trim(scan, one)).after > trimmed.first]


def _trim(scan: Scan, one: Named) -> Named:
    """A name without the marks at its edges."""
    first, after = one.first, one.after
    while first < after and scan.classes[first] in _EDGES:
        first += 1
    while after > first and scan.classes[after - 1] in _EDGES:
        after -= 1
    return Named(first, after, one.kind)
