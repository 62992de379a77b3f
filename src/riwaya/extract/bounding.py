"""Words that bound a number (`أكثر من`, `لا يزيد عددهم على`, `على الأقل`), matched from the table `bounds` beside the number."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from riwaya.lang.tables import Words
from riwaya.model import Bound
from riwaya.text.normal import fold

_CLITICS = ("و", "ف", "ب", "ل", "وب", "ول")
_ATTACHED = frozenset("وفبل")
_GAP = "*"
_WIDEST_GAP = 2
_PRONOUNS = ("هم", "ها", "هن", "ه")
_Phrase = tuple[tuple[str, ...], Bound]


class Bounds(NamedTuple):
    """The phrases of the table: before a number by their last word (before the gap they end in), after it and whole by their first."""

    before: Mapping[str, tuple[_Phrase, ...]]
    open_ended: Mapping[str, tuple[_Phrase, ...]]
    after: Mapping[str, tuple[_Phrase, ...]]
    whole: Mapping[str, tuple[_Phrase, ...]]
    joints: frozenset[str]
    froms: frozenset[str]
    gaps: frozenset[str]
    betweens: tuple[str, ...]

    def before_at(self, words: list[str], end: int, floor: int) -> tuple[int, Bound] | None:
        """The longest phrase that ends right before token `end` and starts at or after `floor`: where it starts, and its bound."""
        best: tuple[int, Bound] | None = None
        for last in range(end - 1, max(floor - 1, end - 2 - _WIDEST_GAP), -1):
            if last < end - 1 and not self.gap(words, last + 1, end):
                continue
            table = self.before if last == end - 1 else self.open_ended
            for phrase, bound in table.get(words[last], ()) or table.get(_bare(words[last], table), ()):
                start = self.match_back(phrase, words, last, floor)
                if start is not None and (best is None or start < best[0]):
                    best = start, bound
        return best

    def gap(self, words: list[str], first: int, after: int) -> bool:
        """Whether tokens [first, after) may stand inside a phrase: nothing, `عددهم` and perhaps an adjective, or `عدد القتلى`."""
        if first >= after:
            return True
        if not all(words[i].isalpha() for i in range(first, after)):
            return False
        return words[first].endswith(_PRONOUNS) or words[first] in self.gaps

    def match_back(self, phrase: tuple[str, ...], words: list[str], last: int, floor: int) -> int | None:
        """Where `phrase` starts, if it ends with token `last`; only its first word may have something attached."""
        at = last
        for k in range(len(phrase) - 1, -1, -1):
            if phrase[k] == _GAP:
                behind = at + 1
                while at >= floor and behind - 1 - at < _WIDEST_GAP and not _is_word(words[at], phrase[k - 1], first=k == 1):
                    at -= 1
                if not self.gap(words, at + 1, behind):
                    return None
            elif at < floor or not _is_word(words[at], phrase[k], first=k == 0):
                return None
            else:
                at -= 1
        return at + 1

    def after_at(self, words: list[str], i: int) -> tuple[int, Bound] | None:
        """The phrase that starts at token `i` after a number: where it ends, and its bound."""
        return _match(self.after, words, i)

    def whole_at(self, words: list[str], i: int) -> tuple[int, Bound] | None:
        """The phrase at token `i` that stands for a number: where it ends, and its bound."""
        return _match(self.whole, words, i)


@cache
def bounds(words: Words) -> Bounds:
    """The bounding phrases of `words`, compiled once."""
    tables: dict[str, dict[str, list[_Phrase]]] = {"before": {}, "open": {}, "after": {}, "whole": {}}
    single: dict[str, set[str]] = {"joint": set(), "from": set(), "gap": set()}
    for row in words.rows("bounds"):
        side, bound = row["side"], row["bound"]
        for phrase in (tuple(fold(word).split()) for word in row["words"]):
            if side in single:
                single[side].add(phrase[0])
            if side in ("before", "either"):
                solid = phrase[:-1] if phrase[-1] == _GAP else phrase
                tables["before"].setdefault(solid[-1], []).append((solid, bound))
                if phrase[-1] == _GAP:
                    tables["open"].setdefault(solid[-1], []).append((solid, bound))
            if side in ("after", "either"):
                tables["after"].setdefault(phrase[0], []).append((phrase, bound))
            if side == "whole":
                for clitic in ("", "و", "ف"):
                    tables["whole"].setdefault(clitic + phrase[0], []).append((phrase, bound))
    frozen = {name: {word: tuple(phrases) for word, phrases in table.items()} for name, table in tables.items()}
    return Bounds(
        frozen["before"],
        frozen["open"],
        frozen["after"],
        frozen["whole"],
        joints=frozenset(single["joint"]),
        froms=frozenset(single["from"]),
        gaps=frozenset(single["gap"]),
        betweens=tuple(word for word, phrases in frozen["before"].items() if any(bound == "between" for _, bound in phrases)),
    )


def _bare(word: str, table: Mapping[str, tuple[_Phrase, ...]]) -> str:
    """`word` without what is attached, where the table holds it so."""
    for clitic in _CLITICS if word[0] in _ATTACHED else ():
        if word.startswith(clitic) and word[len(clitic) :] in table:
            return word[len(clitic) :]
    return word


def _is_word(word: str, of: str, *, first: bool) -> bool:
    """Whether `word` is the word `of` of a phrase, with something attached where it is its first."""
    return word == of or (first and word.endswith(of) and word[: -len(of)] in _CLITICS)


def _match(table: Mapping[str, tuple[_Phrase, ...]], words: list[str], i: int) -> tuple[int, Bound] | None:
    if i >= len(words):
        return None
    best: tuple[int, Bound] | None = None
    for phrase, bound in table.get(words[i], ()):
        after = i + len(phrase)
        if tuple(words[i + 1 : after]) == phrase[1:] and (best is None or after > best[0]):
            best = after, bound
    return best
