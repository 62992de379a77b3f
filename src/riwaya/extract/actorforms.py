"""Names by their form: a noun that heads names, with what goes with it; and short names that a text gives."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from riwaya.extract.actornames import ActorNames, ShortForm, with_clitics
from riwaya.extract.scan import Scan

_LONGEST = 7  # tokens of the longest phrase by form
_THE = "ال"
_NISBA = ("ي", "يه", "يين", "يون", "يات")
_FEMININE = "ه"
_COMMON = (*_NISBA, _FEMININE, "ات", "ين")
_FOR = "ل"
_WITHIN = frozenset(("في", "من", "داخل"))  # مصادر في …
_SHORTEST = 2  # letters of a short name
_QUOTED = 4  # tokens of the longest short name in marks or brackets
_MARKED = 2  # tokens of the longest short name in marks right behind a name: longer ones are what is said
_CLAUSE = ("ي", "ت", "ب", "س", "ان")  # how what is said may begin
_WITH = "ب"


def alone(scan: Scan, names: ActorNames, i: int) -> int:
    """Where a definite noun at token i ends, with the epithet behind it, if it stands without what would make it a name; else 0."""
    following = scan.words[i + 1]
    if scan.classes[i + 1] or not following:
        return i + 1
    if following.startswith(_THE):
        return i + 2 if epithet(names, following) else 0
    if epithet(names, following):
        return i + 2
    return 0 if following[0].isdigit() or following in scan.lexicon.names else i + 1


def epithet(names: ActorNames, word: str) -> bool:
    """Whether a word behind a short form adds nothing to it: المتطرف, نفسه."""
    bare = word.removeprefix(_THE)
    return bare in names.epithets or bare.removesuffix("ه") in names.epithets


def phrase(scan: Scan, names: ActorNames, i: int, noun: ShortForm, *, definite: bool) -> int:
    """Where the name ends that the noun at token i heads; i + 1 where nothing goes with it that could make it a name."""
    if scan.classes[i + 1] == "mark":
        close = scan.closes.get(i + 1, 0)
        closed = close < scan.size and i + 2 < close <= i + 2 + _QUOTED
        return close + 1 if closed and not definite else i + 1
    after = i + 1
    while after < i + _LONGEST and _goes_on(scan, after, i, definite=definite) and (noun.source or not names.governs(scan.words[after])):
        after += 1
    if noun.source:
        within = after < i + _LONGEST and scan.words[after] in _WITHIN and scan.words[after + 1].startswith(_THE)
        return after + 2 if within else after
    return after if _names_one(scan, i, after) else i + 1


def _names_one(scan: Scan, i: int, after: int) -> bool:
    """Whether the last word of a phrase makes it a name: with the article, or neither an adjective nor a common feminine."""
    last = scan.words[after - 1]
    return any(word.startswith(_THE) for word in scan.words[i:after]) or not last.endswith(_COMMON)


def _goes_on(scan: Scan, k: int, i: int, *, definite: bool) -> bool:
    """Whether token k belongs to the phrase of the noun at token i."""
    word = scan.words[k]
    if scan.classes[k] or scan.company[k] == "time" or (scan.verb(k) and not word.startswith(_THE)):
        return False
    if word.startswith(_THE):
        return scan.heads[k] not in ("role", "honorific") or k == i + 1
    if word.startswith("لل") or (word.startswith(_FOR) and scan.words[k + 1].startswith(_THE) and k > i + 1):
        return True
    if definite:
        return word[0].isdigit() and k == i + 1
    if k == i + 1:
        return word[0] not in "يت" or scan.heads[k] != "" or word.endswith(_NISBA)
    before = scan.words[k - 1]
    return not before.startswith(_THE) and before.endswith(_NISBA) and word.endswith((*_NISBA, _FEMININE))


def introduced(scan: Scan, names: ActorNames, after: int, *, only_told: bool) -> tuple[int, int] | None:
    """The tokens of the short name that follows a name ending at token `after`: (قسد), «قسد», المعروفة اختصارا بـ«قسد».

    `only_told`: only behind a word that introduces it.
    """
    k = after
    if scan.classes[k] == "mark" and k not in scan.closes:
        k += 1
    if not only_told:
        if scan.words[k] == "(":
            close = next((j for j in range(k + 1, min(k + 2 + _QUOTED, scan.size)) if scan.words[j] == ")"), 0)
            return _bare(scan, k + 1, close, _QUOTED) if close else None
        if scan.classes[k] == "mark":
            said = _bare(scan, k + 1, scan.closes.get(k, 0), _MARKED)
            return said if said and not scan.words[said[0]].startswith(_CLAUSE) and scan.words[said[0]] not in scan.lexicon.names else None
    k += scan.classes[k] == "comma"
    told = names.tell(scan.words[k]) if scan.words[k] else None
    if told is None or not told.introduces:
        return None
    while scan.words[k] and (((told := names.tell(scan.words[k])) and told.introduces) or scan.words[k] in names.between):
        k += 1
    if scan.classes[k] == "mark":
        return _bare(scan, k + 1, scan.closes.get(k, 0), _QUOTED)
    return (k, k + 1) if _may_be_short(scan, k) else None


def _bare(scan: Scan, first: int, after: int, most: int) -> tuple[int, int] | None:
    """The tokens of a short name between two marks, without marks within; at most so many."""
    while first < after and scan.classes[first] in ("mark", "bracket"):
        first += 1
    while first < after and scan.classes[after - 1] in ("mark", "bracket"):
        after -= 1
    return (first, after) if 0 < after - first <= most and _may_be_short(scan, first) else None


def _may_be_short(scan: Scan, k: int) -> bool:
    word = scan.words[k]
    return len(word) >= _SHORTEST and not scan.classes[k] and not word[0].isdigit()


def occurrences(scan: Scan, tokens: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Where a short name stands later in the text, with what may be attached to its first word."""
    words = scan.words[slice(*tokens)]
    first = words[0].removeprefix(_WITH) if len(words[0]) > len(_WITH) + _SHORTEST else words[0]
    for i in places_of(scan, first, tokens[1]):
        if scan.words[i + 1 : i + len(words)] == words[1:]:
            yield i, i + len(words)


def places_of(scan: Scan, word: str, since: int) -> list[int]:
    """The tokens from `since` on that are this word, with or without what may be attached to its front."""
    found: list[int] = []
    for form in with_clitics(word):
        places = scan.places.get(form, [])
        found += places[bisect_left(places, since) :]
    return sorted(found)
