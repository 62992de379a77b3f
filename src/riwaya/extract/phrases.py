"""What a source's phrase says by itself: its head and words, whether it is new, how it agrees, and what may be the same name."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from riwaya.extract.cues import Form
from riwaya.extract.names import unprefixed
from riwaya.extract.scan import REMEMBERED, Scan
from riwaya.extract.sources import opens_phrase
from riwaya.text.normal import fold

ARTICLES = ("ال", "لل", "وال", "بال")
_ADJECTIVES = ("ي", "يه", "ون", "ين")
_PLURALS = ("ون", "ين", "ان", "ات", "ه", "و", "ي")


def kind_features(scan: Scan, phrase: tuple[int, int], form: Form) -> list[str]:
    """What speaks for a source phrase being of a kind; the kind's name is put before each."""
    start, after = phrase
    word = scan.words[start]
    bare = scan.lexicon.bare(word)
    return [
        "bias", f"head={scan.heads[start]}", f"word={stem(bare)}", f"definite={word[:2] == 'ال'}", f"length={min(4, after - start)}",
        f"ends={word[-2:]}",
        f"head={scan.heads[start]}/definite={word[:2] == 'ال'}", f"number={form.number}", f"group={form.group}",
        f"next={scan.seen[start + 1] if after - start > 1 else ''}",
        f"last={scan.words[after - 1][-2:]}", f"kept={scan.company[start]}", f"last kept={scan.company[after - 1]}",
        f"pronoun={word.endswith(('ه', 'ها', 'هم')) and not word.startswith('ال')}",
    ]  # fmt: skip


def subject_place(scan: Scan, k: int, first: int) -> bool:
    """Whether a clause's subject may begin with token k: an ordinary noun behind a verb, a complementiser or nothing."""
    if scan.classes[k] or (scan.cues[k] and scan.cues[k][0].part in ("past", "present") and scan.words[k] not in scan.lexicon.names):
        return False
    return opens_phrase(scan, k, first) in ("sentence", "second", "that", "joined that", "contrast", "reporting", "auxiliary")


def far(scan: Scan, earlier: int, cue: int) -> str:
    """How many sentences lie between two cues."""
    first, _ = scan.sentence(cue)
    if earlier >= first:
        return "same"
    gap = bisect_left(scan.starts, first) - bisect_right(scan.starts, earlier) + 1
    return str(gap) if gap <= 2 else "3+"


def plural(scan: Scan, k: int) -> bool:
    """Whether a noun looks like more than one person."""
    return scan.words[k].endswith(("ون", "ين", "ات")) or (scan.heads[k] == "people" and not scan.words[k].endswith(("ه", "ول")))


def agrees(form: Form, agreement: str) -> str:
    """Which of gender and number a cue shares with a source's earlier cues; open where a side says nothing."""
    if form.part == "noun" or form.person != "3" or form.gender == "-" or agreement == "--":
        return "open"
    gender = form.gender == agreement[0] or agreement[0] == "-"
    number = form.number == agreement[1] or agreement[1] == "-"
    return "both" if gender and number else "gender" if gender else "number" if number else "neither"


def reports(scan: Scan, i: int) -> bool:
    """Whether token i is a verb that reports, and no name or head."""
    forms = scan.cues[i]
    return bool(forms) and forms[0].part in ("past", "present") and scan.words[i] not in scan.lexicon.names and not scan.heads[i]


def indefinite(scan: Scan, phrase: tuple[int, int]) -> bool:
    """Whether a phrase introduces somebody new: its head has no article or pronoun, and no chain of nouns leads to one that has."""
    first = scan.words[phrase[0]]
    if first.startswith(ARTICLES) or (first.endswith(("ه", "ها", "هم")) and not scan.heads[phrase[0]]):
        return False
    for k in range(phrase[0] + 1, min(phrase[1], phrase[0] + 4)):
        word = scan.words[k]
        if word.startswith(ARTICLES):
            return False
        if scan.classes[k] or word.endswith(_ADJECTIVES):
            return True
    return phrase[1] - phrase[0] < 2 or scan.heads[phrase[0]] != "role"


def stem(word: str) -> str:
    """A word without the ending of its number or gender, where three letters remain."""
    for ending in _PLURALS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def content_words(scan: Scan, phrase: tuple[int, int]) -> frozenset[str]:
    """The words of a phrase that say what it is, without articles, clitics and endings."""
    found = scan.told.get(phrase)
    if found is None:
        found = scan.told[phrase] = frozenset(
            bare_stem(scan, scan.words[k])
            for k in range(*phrase)
            if scan.classes[k] in ("", "aside", "place of speech") and scan.words[k] not in ("اخر", "نفس", "نفسه", "نفسها", "ذاته", "ذاتها")
        )
    return found


def bare_stem(scan: Scan, word: str) -> str:
    """A word without conjunction, preposition, article and ending."""
    stems = scan.lexicon.stems
    found = stems.get(word)
    if found is None:
        found = stem(scan.lexicon.bare(word))
        if len(stems) < REMEMBERED:
            stems[word] = found
    return found


def same_name(a: list[str], b: list[str]) -> bool:
    """One name is the end of the other, or shares its last word and every word of the shorter: سالم عبد الهادي, عبد الهادي."""
    short, long = sorted((a, b), key=len)
    return long[-len(short) :] == short or (short[-1] == long[-1] and all(word in long for word in short))


def plain(scan: Scan, words: str) -> str:
    """A name without the preposition or conjunction stuck to its first word: للناطق → الناطق, لشهود → شهود, لسامح → سامح."""
    first, _, _ = words.partition(" ")
    normal = fold(first)
    if normal.startswith("لل") and len(normal) > 4:
        return "ال" + words[2:]
    if normal.startswith(("وال", "بال", "فال")) and len(normal) > 5:
        return words[1:]
    if len(normal) > 3 and (
        unprefixed(scan, normal) != normal or (normal[0] in "ولبف" and normal not in scan.lexicon.head and normal[1:] in scan.lexicon.head)
    ):
        return words[1:]
    return words
