"""Nouns in the dual: `جنديان`, `وزيرين سابقين`, `مزارعين تم إسعافهما`."""

from __future__ import annotations

from riwaya.extract.counting import Dual
from riwaya.extract.following import Look

_ENDING = 2  # letters of the dual ending
_ENDINGS = ("ان", "ين")
_HE_OR_SHE = ("ي", "ت")  # prefixes of a verb in the dual, which ends like a noun
_CLITIC_LETTERS = ("و", "ب", "ل", "ف")
_FOR_THE = "لل"


def dual_end(look: Look, i: int, dual: Dual) -> int | None:
    """The end of the phrase of the noun in the dual at token `i`; None where it is no dual, or a name.

    Its adjective belongs to it unless that has a complement (`مناهضان للقرار`); so do `اثنين` and `آخرين`.
    """
    words, counting = look.words, look.counting
    after = i + 1
    beside = words[after] if after < len(words) else ""
    if look.before(i) == "label":
        return None
    if dual.owned:
        return None if counting.noun(beside, 50) and not beside.endswith(_ENDINGS) else after
    if not dual.sure and not (counting.speaks_of_two(words, after) or _surely_dual(look, beside, words[i]) or _bounded(look, after)):
        return None
    if is_adjective(look, beside, words[i]):
        governs = after + 1 < len(words) and words[after + 1].startswith(_FOR_THE)
        if not governs or beside in counting.both or beside in counting.more:
            after += 1
            if after < len(words) and (words[after] in counting.both or words[after] in counting.more):
                after += 1
    return after


def is_adjective(look: Look, word: str, noun: str) -> bool:
    """Whether a word may be the dual adjective of a noun with the same ending."""
    if word in look.counting.both:
        return True
    if not word.endswith(noun[-_ENDING:]) or len(word) < 5 or word.startswith("ال") or word in look.numbers.lexicon:
        return False
    verb = word.startswith(_HE_OR_SHE) and word.endswith(_ENDINGS[0])
    return look.counting.duals[word] is not None or not (verb or word.startswith(_CLITIC_LETTERS))


def _bounded(look: Look, i: int) -> bool:
    """Whether a bound stands at token `i`, which only a number has: `مدنيين على الأقل`."""
    behind = look.bounds.after_at(look.words, i)
    return behind is not None and behind[1] in ("at least", "at most")


def _surely_dual(look: Look, word: str, noun: str) -> bool:
    """Whether a word is a dual adjective that cannot be a plural: `صيادين روسيين`."""
    dual = look.counting.duals[word] if word.endswith(noun[-_ENDING:]) else None
    return dual is not None and dual.sure
