"""What is said? Where a cue's content may start and end: decisions `opening`, `ending`, `beginning`, `resumes`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from riwaya.extract.cues import Form
from riwaya.extract.decide import Models, chance
from riwaya.extract.scan import Scan

_REACH = 36  # tokens behind the cue within which its content begins: all but 5 of 3,900 annotated ones
_AT_ONCE = 3  # tokens behind the source at which a complementiser or colon settles the matter
_NAME_IN_MARKS = 4  # tokens from mark to mark, the marks counted
_NEAR = 12  # tokens behind the source within which it begins without a complementiser, a colon or a mark
_FURTHEST = 400  # tokens of the longest content
_LEADING = frozenset(("كما", "وكما", "ما", "حد", "علي"))  # words between a content and the cue behind it, beside those of the tables
_SKIPPED = ("mark", "comma", "colon", "dash", "stop", "bracket")


class Opening(NamedTuple):
    """One place where the content may begin: its first token (-1: before the cue), what stands there, where, and what stood before."""

    start: int
    how: str
    at: int
    earlier: str = ""


def openings(scan: Scan, cue: int, source_end: int) -> Iterator[Opening]:
    """Every place where the content of a cue may begin. `source_end` is one past its source behind the cue, or the cue itself."""
    yield Opening(-1, "before", cue)
    floor = max(cue + 1, source_end)
    near = floor + _NEAR
    direct = 0
    earlier: tuple[str, ...] = ()
    words, classes = scan.words, scan.classes
    for k in range(cue + 1, min(cue + 1 + _REACH, scan.size)):
        kind, word = classes[k], words[k]
        seen = "+".join(earlier)
        if kind in ("that", "joined that", "colon"):
            yield Opening(skip(scan, k + 1), "colon" if kind == "colon" else "that", k, seen)
            if floor <= k <= floor + _AT_ONCE:
                return
        elif kind == "mark":
            if k in scan.closes:
                yield Opening(skip(scan, k), "mark", k, seen)
        elif kind == "preposition":
            if k <= near:
                yield Opening(skip(scan, k + 1), "preposition", k, seen)
        elif word == "\n" and classes[k - 1] != "colon":
            return  # a content begins in its cue's paragraph, or in the next one behind a colon
        elif kind == "stop" and k > cue + 2 and word != "\n":
            return
        if floor <= k <= near and kind not in _SKIPPED and (k == floor or direct < 4 or word[0] in "بل" or classes[k - 1] in _SKIPPED):
            direct += 1
            yield Opening(k, "word", k, seen)
        if k >= floor and (sign := _sign(scan, k)) and sign not in earlier:
            earlier = tuple(sorted((*earlier, sign)))


def _sign(scan: Scan, k: int) -> str:
    """What token k is as an opening that stood before a later one; an empty string for none."""
    kind = scan.classes[k]
    if kind in ("that", "colon", "comma", "relative") or (kind == "mark" and k in scan.closes):
        return kind
    return scan.words[k] if scan.words[k] in ("الي", "علي", "عن") else ""


def skip(scan: Scan, k: int) -> int:
    """The first word at or behind token k."""
    while k < scan.size - 1 and scan.classes[k] in _SKIPPED and scan.words[k] not in "([{":
        k += 1
    return min(k, scan.size - 1)


def next_cues(scan: Scan, cue: int, cues: frozenset[int] | set[int]) -> tuple[int, int]:
    """The two cues behind this one within which its content may begin; the text's end in place of one that is not there."""
    found = islice((k for k in range(cue + 1, min(cue + _REACH, scan.size)) if k in cues), 2)
    return next(found, scan.size), next(found, scan.size)


def opening_features(scan: Scan, cue: int, form: Form, opening: Opening, source: tuple[int, int], others: tuple[int, int]) -> list[str]:
    """What speaks for the content beginning at this opening; `source` is the token range of the source, (-1, -1) if unexpressed, `others`
    are the cues behind this one (`next_cues`)."""
    group, part, how = form.group, form.part, opening.how
    after_source = source[0] > cue
    if how == "before":
        first, last = scan.sentence(cue)
        end = source[1] if after_source else cue + 1
        return [
            "before", f"before/{group}", f"before/{part}/{group}", f"before/cue={form.cue}/{part}", f"before/prev={scan.seen[cue - 1]}",
            f"before/prev={scan.seen[cue - 1]}/{part}", f"before/next={scan.seen[end]}", f"before/next={scan.seen[end]}/{group}",
            f"before/last={end >= last - 1}", f"before/last={end >= last - 1}/prev={scan.seen[cue - 1]}",
            f"before/object={bool(form.object)}/{part}", f"before/lead={form.lead}/{part}", f"before/first={cue - first < 2}/{group}",
            f"before/prev2={scan.seen[cue - 2]}",
        ]  # fmt: skip
    k = opening.at
    base = source[1] if after_source else cue + 1
    gap = k - base
    near = "inside" if gap < 0 else str(gap) if gap <= 2 else "3-5" if gap <= 5 else "6-12" if gap <= 12 else "13+"
    left, here = scan.seen[k - 1], scan.seen[k]
    crosses = (others[0] < k) + (others[1] < k)
    found = [
        f"{how}/crosses={crosses}", f"{how}/crosses={crosses}/{part}", f"{how}/crosses={crosses}/earlier={opening.earlier}", how,
        f"{how}/{group}", f"{how}/{group}/{part}", f"{how}/gap={near}", f"{how}/gap={near}/{group}", f"{how}/cue={form.cue}",
        f"{how}/left={left}", f"{how}/here={here}", f"{how}/earlier={opening.earlier}",
        f"{how}/then={scan.seen[opening.start]}", f"{how}/source={after_source}/gap={near}",
        f"{how}/quoted={scan.inside[k] == scan.inside[cue]}",
    ]  # fmt: skip
    if how == "word":
        word = scan.words[k]
        found += [f"word/starts={word[0]}/{form.cue}", f"word/starts={word[:2]}/{group}", f"word/starts={word[0]}/gap={near}/{group}"]
    return found


# -- where it ends


def _holds(scan: Scan, start: int, k: int) -> bool:
    """Whether token k stands in a closed quotation that the content opens with or holds: a content does not end in the middle of one."""
    mark = scan.inside[k]
    if mark < start - 3 or mark < 0:
        return False
    close = scan.closes[mark]
    return k < close < scan.size and scan.classes[close] == "mark"


def boundaries(scan: Scan, start: int, is_cue: frozenset[int] | set[int]) -> Iterator[int]:
    """Every token before which the content that starts at `start` may end, nearest first; the text's end is the last."""
    limit = min(start + _FURTHEST, scan.size)
    paragraphs = 0
    own = scan.closes.get(own_mark(scan, start, start - 5), -1)
    for k in range(start + 1, limit):
        kind = scan.classes[k]
        if kind in ("comma", "stop", "mark", "dash") or k in is_cue or kind in ("contrast", "as", "per", "clause start"):
            if kind == "mark" and k != own:
                continue
            if _holds(scan, start, k):
                continue
            yield k
            if scan.words[k] == "\n":
                paragraphs += 1
                if paragraphs > 6:
                    return
    yield limit


@dataclass(frozen=True, slots=True)
class Stretch:
    """A content being read: its first token, its cue's form, the quotation it opened with (-1: none) and where the cue stands."""

    start: int
    cue: int
    form: Form
    quote: int
    how: str


def stretch(scan: Scan, cue: int, form: Form, opening: Opening) -> Stretch:
    """The content that begins at this opening, with the quotation mark that opens it."""
    return Stretch(opening.start, cue, form, own_mark(scan, opening.start, cue), opening.how)


def own_mark(scan: Scan, start: int, floor: int) -> int:
    """The opening mark of the quotation that a content beginning at `start` opens with, behind token `floor`; -1 if there is none.

    A name in marks that the sentence goes on from («…» أعلن …) is no quotation of the content.
    """
    mark = -1
    for k in range(start - 1, max(floor, start - 4), -1):
        if k in scan.closes and scan.classes[k] == "mark":
            mark = k
        elif scan.classes[k] not in _SKIPPED:
            break
    if mark >= 0 and scan.closes[mark] - mark <= _NAME_IN_MARKS and scan.classes[scan.closes[mark] + 1] in ("", "relative", "preposition"):
        return -1
    return mark


def ending_features(scan: Scan, content: Stretch, k: int, is_cue: frozenset[int] | set[int]) -> list[str]:
    """What speaks for the content ending before token k."""
    form = content.form
    kind = scan.classes[k] or "word"
    here = "newline" if scan.words[k] == "\n" else "cue" if k in is_cue else kind
    follow = k + 1 if kind in ("comma", "stop", "mark", "dash") else k
    while follow < scan.size and scan.classes[follow] in ("mark", "comma", "stop", "dash"):
        follow += 1
    then = _then(scan, follow, is_cue)
    quoted = _quoted(scan, content, k)
    length = k - content.start
    size = (
        "1"
        if length <= 1
        else "2-3"
        if length <= 3
        else "4-8"
        if length <= 8
        else "9-20"
        if length <= 20
        else "21-60"
        if length <= 60
        else "61+"
    )
    leaves = content.quote < 0 and scan.inside[content.cue] >= 0 and (k >= scan.size or scan.inside[k] != scan.inside[content.cue])
    found = [
        "bias", f"here={here}", f"quoted={quoted}", f"here={here}/quoted={quoted}", f"then={then}", f"here={here}/then={then}",
        f"here={here}/quoted={quoted}/then={then}", f"size={size}", f"here={here}/size={size}", f"here={here}/group={form.group}",
        f"here={here}/part={form.part}", f"here={here}/how={content.how}", f"here={here}/quoted={quoted}/how={content.how}",
        f"leaves={leaves}/here={here}",
        f"here={here}/word={scan.words[k]}", f"then={then}/word={scan.words[follow]}", f"here={here}/left={scan.seen[k - 1]}",
        f"group={form.group}/size={size}/here={here}",
    ]  # fmt: skip
    if kind == "comma":
        found.append(f"comma/then={then}/group={form.group}")
    if here in ("cue", "stop") and quoted == "no":
        found.append(f"{here}/lead={scan.words[follow][:1]}")
    return found


def _then(scan: Scan, k: int, is_cue: frozenset[int] | set[int]) -> str:
    if k >= scan.size:
        return "end"
    if k in is_cue:
        form = scan.cues[k][0]
        return f"cue {form.part} {form.lead}"
    if scan.classes[k] in ("as", "per", "contrast", "joined that", "relative", "that", "preposition"):
        return f"{scan.classes[k]}:{scan.words[k]}{' + cue' if k + 1 in is_cue else ''}"
    if k + 1 < scan.size and k + 1 in is_cue:
        return f"word + cue {scan.classes[k]}"
    return scan.seen[k]


def _quoted(scan: Scan, content: Stretch, k: int) -> str:
    """How token k lies to the quotation that the content opened with."""
    if content.quote >= 0:
        close = scan.closes[content.quote]
        return "within" if k < close else "closing" if k == close else "closed" if k == close + 1 else "past"
    inner = scan.inside[k] if k < scan.size else -1
    if (
        k > 0
        and k < scan.size
        and scan.inside[k - 1] >= 0
        and scan.inside[k - 1] != scan.inside[content.start]
        and scan.inside[k] != scan.inside[k - 1]
    ):
        return "closes inner"
    return "inner" if inner >= 0 and inner != scan.inside[content.start] else "no"


def ending(scan: Scan, models: Models, content: Stretch, is_cue: frozenset[int] | set[int]) -> int:
    """One past the content's last token: the boundary that is likeliest to be the first at which this source's words stop."""
    said = scan.context.pair
    going, best, best_at = 1.0, 0.0, content.start + 1
    for k in boundaries(scan, content.start, is_cue):
        stop = chance(models.odds("ending", said("ending", content.cue, k), lambda k=k: ending_features(scan, content, k, is_cue)))  # type: ignore[misc]
        if going * stop > best:
            best, best_at = going * stop, k
        going *= 1.0 - stop
        if going < best:
            break
    if going > best and going > 0.5:
        best_at = k
    return best_at


# -- content before its cue


def beginnings(scan: Scan, cue: int) -> Iterator[int]:
    """Every token at which a content that ends before the cue may begin, nearest first."""
    first, _ = scan.sentence(cue)
    for k in range(cue - 1, max(first, cue - 150), -1):
        kind = scan.classes[k - 1]
        if kind in ("comma", "that", "dash", "colon", "joined that", "mark") and scan.classes[k] not in _SKIPPED:
            yield k
    yield first


def before_cue(scan: Scan, first: int, cue: int) -> int:
    """Where a content that began at token `first` ends before its cue: without what leads over to it (كما أفاد، على حد قوله)."""
    end = cue
    while end > first + 1 and (scan.classes[end - 1] in ("as", "per", "auxiliary", "comma", "dash") or scan.words[end - 1] in _LEADING):
        end -= 1
    return end


def beginning_features(scan: Scan, cue: int, form: Form, k: int) -> list[str]:
    """What speaks for the content that ends before the cue beginning at token k."""
    first, _ = scan.sentence(cue)
    left, here = scan.seen[k - 1], scan.seen[k]
    length = cue - k
    size = "1-3" if length <= 3 else "4-8" if length <= 8 else "9-20" if length <= 20 else "21+"
    whole = k == first
    return [
        "bias", f"whole={whole}", f"whole={whole}/group={form.group}", f"left={left}", f"here={here}", f"size={size}",
        f"left={left}/size={size}",
        f"left={left}/here={here}", f"word={scan.words[k]}", f"part={form.part}/whole={whole}", f"prev={scan.seen[cue - 1]}/whole={whole}",
        f"prev={scan.seen[cue - 1]}/left={left}",
    ]  # fmt: skip


def beginning(scan: Scan, models: Models, cue: int, form: Form) -> int:
    """The first token of a content that ends before the cue."""
    said = scan.context.pair
    going, best, best_at = 1.0, 0.0, scan.sentence(cue)[0]
    for k in beginnings(scan, cue):
        here = chance(models.odds("beginning", said("beginning", cue, k), lambda k=k: beginning_features(scan, cue, form, k)))  # type: ignore[misc]
        if going * here > best:
            best, best_at = going * here, k
        going *= 1.0 - here
    return best_at


def resume_features(scan: Scan, cue: int, form: Form, end: int) -> list[str]:
    """What speaks for a content before the cue going on behind the attribution that ends at token `end`."""
    _, last = scan.sentence(cue)
    return [
        "bias", f"here={scan.seen[end]}", f"then={scan.seen[end + 1]}", f"here={scan.seen[end]}/then={scan.seen[end + 1]}",
        f"group={form.group}",
        f"last={end >= last - 1}", f"prev={scan.seen[cue - 1]}", f"here={scan.seen[end]}/prev={scan.seen[cue - 1]}",
        f"left={min(6, last - end)}", f"before={min(6, cue - scan.sentence(cue)[0])}",
    ]  # fmt: skip
