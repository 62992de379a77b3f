"""Which words of a phrase are a person's name, as the encoder tags them, and which name the text gives in full."""

from __future__ import annotations

from riwaya.extract.scan import Scan

JOINING = frozenset(("بن", "ابن", "بنت", "ال", "ابو", "ام", "عبد", "ابي", "ولد", "دي", "فان", "دو", "بو", "سي", "فون"))
_CALLED = frozenset(("هو", "هي", "يدعي", "تدعي", "ويدعي", "وتدعي", "المدعو", "واسمه", "اسمه"))
_OPENING = frozenset(("عبد", "ابو", "ابي", "بن", "ال", "ام", "بنت", "ابن"))  # a name never ends with these
_LAST_NAME = 0.7  # a word with the article behind a given name, and no other behind it, is nearly always the family's name
_LONGEST = 8  # tokens of the longest name


def name_within(scan: Scan, start: int, after: int) -> tuple[int, int] | None:
    """The token range of the person's name in the phrase [start, after), or `None` if it names nobody."""
    best: tuple[float, int, int] | None = None
    first, total = -1, 0.0
    for k in range(start, after + 1):
        score = -1.0
        if first >= 0 and k < after and scan.words[k - 1] in _OPENING:
            score = 1.0
        elif (
            k < after
            and scan.classes[k] not in ("comma", "mark", "dash")
            and not (first >= 0 and _office(scan, k) and not _surname(scan, first, k, after))
        ):
            score = scan.context.person(k)
            score += (
                _LAST_NAME
                if first >= 0 and scan.words[k].startswith("ال") and (k == after - 1 or not scan.words[k + 1].startswith("ال"))
                else 0.0
            )
        if score > 0:
            first, total = (k if first < 0 else first), total + score
        elif first >= 0:
            if (best is None or total > best[0]) and scan.words[first:k] != ["الله"]:
                best = (total, first, k)
            first, total = -1, 0.0
    return best[1:] if best else None


def _office(scan: Scan, k: int) -> bool:
    """Whether token k begins an office that follows a name (رئيس …, الشريك المؤسس): it ends the name."""
    return scan.heads[k] in ("role", "honorific") and (scan.words[k] not in scan.lexicon.names or scan.words[k + 1].startswith("ال"))


def _surname(scan: Scan, first: int, k: int, after: int) -> bool:
    """Whether an office's word is a family name after all.

    With the article it is where it ends the phrase right behind a given name (سالم المعلم). Without it an office goes on (أمين المجلس), so
    one that ends the phrase is a name (سالم رجب أمين).
    """
    if scan.words[k].startswith("ال"):
        return k == after - 1 == first + 1 and scan.words[first] in scan.lexicon.names
    return k == after - 1


def name_beside(scan: Scan, after: int) -> tuple[int, int] | None:
    """The name that stands in apposition behind a phrase that ends at token `after`: «…، سالم الدهّان،» or «هو سالم الدهّان»."""
    if scan.classes[after] not in ("comma", "bracket", "dash") and scan.words[after] not in _CALLED:
        return None
    first = after + 1
    last = first
    while last < scan.size and last - first <= _LONGEST and not scan.classes[last]:
        last += 1
    if not 1 <= last - first <= _LONGEST:
        return None
    found = name_within(scan, first, last)
    if found and found[0] == first and (found[1] == last or scan.words[after] in _CALLED):
        return found
    if found and found[1] == last and scan.heads[first] in ("honorific", "role"):
        return found
    return None


def fullest(scan: Scan, name: tuple[int, int], places: dict[str, list[int]]) -> tuple[int, int]:
    """The longest form that the text gives of a name: where its last word stands elsewhere behind more of the name."""
    first, after = name
    best = name
    wanted = scan.words[first:after]
    for at in places.get(scan.words[after - 1], ())[:40]:
        start = _leftmost(scan, at)
        end = _rightmost(scan, start, at) if start == at else at + 1
        words = scan.words[start:end]
        bare = [unprefixed(scan, words[0]), *words[1:]]
        if len(words) > best[1] - best[0] and all(word in bare for word in wanted):
            best = (start, end)
    return best


def name_ending(scan: Scan, after: int) -> tuple[int, int] | None:
    """The name of two words or more that ends right before token `after`: in «سالم الدهّان وزير النقل», before the office."""
    last = after - 1
    if last < 1 or not _may_end_name(scan, last):
        return None
    start = _leftmost(scan, last)
    if after - start < 2 or (unprefixed(scan, scan.words[start]) not in scan.lexicon.names and scan.context.person(start) <= 0):
        return None
    inside = name_within(scan, start, after)
    return (start, after) if inside and inside[1] == after and inside[1] - inside[0] >= 2 else None


def _may_end_name(scan: Scan, k: int) -> bool:
    """Whether token k may be a name's last word: a given name, or a word without the article, or a rare one with it."""
    word = scan.words[k]
    if scan.company[k].startswith("ال~") or word in scan.lexicon.names:
        return True
    return not (scan.classes[k] or scan.heads[k] or word.startswith("ال"))


def _leftmost(scan: Scan, at: int) -> int:
    """Where the name that ends with token `at` begins."""
    start = at
    while start > 0 and at - start < _LONGEST - 1:
        word = scan.words[start - 1]
        if scan.classes[start - 1] or (scan.heads[start - 1] and word not in scan.lexicon.names):
            break
        if unprefixed(scan, word) != word:
            return start - 1
        if word not in scan.lexicon.names and word not in JOINING and scan.context.person(start - 1) <= 0:
            break
        start -= 1
    return start


def _rightmost(scan: Scan, start: int, at: int) -> int:
    """One past the last token of the name that holds token `at`."""
    end = at + 1
    while end < scan.size and end - start < _LONGEST and not scan.classes[end] and not scan.heads[end]:
        word = scan.words[end]
        likely = word in scan.lexicon.names or word in JOINING or (scan.company[end] == "~" and not scan.cues[end])
        if not likely or scan.context.person(end) <= 1.0:
            break
        end += 1
    return end


def unprefixed(scan: Scan, word: str) -> str:
    """A given name without the preposition or conjunction stuck to it; any other word as it is."""
    names = scan.lexicon.names
    return (
        word[1:]
        if word not in names and word[0] in "ول" and len(word) > 3 and word[1:] in names and not scan.lexicon.head_of(word)
        else word
    )
