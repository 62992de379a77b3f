"""Who says it? Where a cue's noun phrase may start, where it ends, and what speaks for each: decisions `source` and `phrase`."""

from __future__ import annotations

from collections.abc import Iterator
from math import log
from typing import NamedTuple

from riwaya.extract.cues import Form
from riwaya.extract.decide import Models, chance
from riwaya.extract.scan import Scan

_REACH = 14  # tokens from the cue within which its own source is looked for
_SEEN_BETWEEN = 60  # tokens between a phrase and its cue that are looked at
_LONGEST_SENTENCE = 150  # tokens from a sentence's start within which its first words may be a cue's subject
_LONGEST = 18  # tokens of the longest source phrase
_UNLIKELY = 0.1  # an end so much less likely than the best is not weighed


class Option(NamedTuple):
    """One place for the source: its first token (-1 for unexpressed) and how it lies to the cue."""

    start: int
    side: str


def options(scan: Scan, cue: int) -> Iterator[Option]:
    """Every place where the source of the cue at token `cue` may begin, `unexpressed` first."""
    yield from options_behind(scan, cue)
    yield from options_before(scan, cue)


def options_behind(scan: Scan, cue: int) -> Iterator[Option]:
    """`Unexpressed`, and the places behind the cue."""
    yield Option(-1, "none")
    bare = scan.cues[cue][0].group in ("prep", "relay", "came")
    yield from (Option(k, "after") for k in _after(scan, cue) if bare or _stuck(scan, k) != "ل")


def options_before(scan: Scan, cue: int) -> Iterator[Option]:
    """The places before the cue."""
    yield from (Option(k, "before") for k in _before(scan, cue))


def _after(scan: Scan, cue: int) -> Iterator[int]:
    """Starts behind the cue: the next word, and each word behind a comma, a bracket, a mark or an adverb, up to the content."""
    open_place = True
    for k in range(cue + 1, min(cue + _REACH, scan.size)):
        kind = scan.classes[k]
        if kind in ("stop", "colon", "that"):
            return
        if kind in ("comma", "mark", "bracket", "dash"):
            open_place = True
            continue
        if (open_place or k - cue <= 3) and may_begin(scan, k):
            yield k
        open_place = kind in ("aside", "clause start", "preposition") or scan.words[k] in ("ال", "ل") or scan.words[k - 1] == "»"


_MARKS = frozenset(("comma", "stop", "mark", "bracket", "dash", "colon"))


def _promising(scan: Scan, k: int, first: int) -> bool:
    """Whether a phrase before the cue may well begin with token k: a clause's subject could stand there, or it is a head or a name."""
    return bool(scan.heads[k]) or scan.seen[k] == "name" or opens_phrase(scan, k, first) != ""


def may_begin(scan: Scan, k: int) -> bool:
    """Whether a source's phrase can begin with token k: no small word, no lone letter, no participle that reports (قائلا)."""
    if (
        scan.classes[k] in ("that", "joined that", "as", "per", "relative", "negation", "preposition", "auxiliary")
        or len(scan.words[k]) == 1
    ):
        return False
    forms = scan.cues[k]
    return not (
        forms
        and forms[0].part == "participle"
        and not forms[0].lead.endswith("ال")
        and forms[0].group in ("say", "point")
        and not scan.heads[k]
    )


def _before(scan: Scan, cue: int) -> Iterator[int]:
    """Starts before the cue within its sentence: the sentence's first words, and each word near the cue."""
    first, _ = scan.sentence(cue)
    places: list[int] = []
    if cue - first <= _LONGEST_SENTENCE:
        places += range(first, min(first + 4, cue))
    for k in range(max(first, cue - 8), cue):
        places.append(k)
    for k in range(cue - 1, max(first, cue - 40), -1):
        if scan.classes[k] == "comma" or scan.cues[k]:
            places.append(k + 1)
    yield from sorted(
        {k for k in places if k < cue and scan.classes[k] not in _MARKS and may_begin(scan, k) and _promising(scan, k, first)}
    )


class Setting(NamedTuple):
    """Where a cue stands: its nearest earlier cue, how its clause begins, and the first token of its sentence."""

    company: str
    clause: str
    first: int


def setting(scan: Scan, cue: int, cues: frozenset[int]) -> Setting:
    """Where a cue stands; `cues` are those of its text."""
    first, _ = scan.sentence(cue)
    return Setting(_company(scan, cue, cues, first), _clause(scan, cue, first), first)


def _company(scan: Scan, cue: int, cues: frozenset[int], first: int) -> str:
    """Where the nearest earlier cue stands: in the same clause, the same sentence, the sentence before, further back, or nowhere."""
    for k in range(cue - 1, max(-1, cue - 120), -1):
        if k in cues:
            if k >= first:
                return "clause" if not any(scan.classes[j] == "comma" for j in range(k, cue)) else "sentence"
            return "before" if first == 0 or k >= scan.sentence(first - 1)[0] else "text"
    return "text" if any(k < cue for k in cues) else "first"


def _clause(scan: Scan, cue: int, first: int) -> str:
    """How the cue's clause begins before it: with itself, a small word, or what may be its subject; the headline apart."""
    where = "headline " if first == 0 else ""
    if cue == first or scan.classes[cue - 1]:
        return where + ("opened" if cue == first else scan.classes[cue - 1])
    return where + ("noun" if cue - first <= 6 else "far")


def option_features(scan: Scan, cue: int, form: Form, option: Option, where: Setting) -> list[str]:
    """What speaks for the source starting at this option."""
    group, part = form.group, form.part
    company, clause, first = where
    side = option.side
    who = form.gender + form.number
    if side == "none":
        after, before = scan.seen[cue + 1], scan.seen[cue - 1]
        return [
            "none", f"none/company={company}", f"none/company={company}/{part}", f"none/company={company}/prev={before}/{part}",
            f"none/{part}", f"none/cue={form.cue}/{part}", f"none/next={after}/{part}",
            f"none/prev={before}/{part}", f"none/lead={form.lead}/{part}", f"none/who={form.person}{who}",
            f"none/object={form.object}/{part}",
            f"none/next2={scan.seen[cue + 2]}", f"none/quoted={scan.inside[cue] >= 0}", f"none/next={after}/next2={scan.seen[cue + 2]}",
            f"none/quote={_quote(scan, cue + 1)}/{part}",
        ]  # fmt: skip
    k = option.start
    here, left = scan.seen[k], scan.seen[k - 1]
    gap = abs(k - cue)
    near = str(gap) if gap <= 3 else "4-6" if gap <= 6 else "7+"
    found = [
        side, f"{side}/gap={near}", f"{side}/gap={near}/{part}", f"{side}/here={here}", f"{side}/here={here}/{part}", f"{side}/left={left}",
        f"{side}/here={here}/gap={near}", f"{side}/{part}/{group}",
        f"{side}/next={scan.seen[k + 1]}", f"{side}/quoted={scan.inside[k] == scan.inside[cue]}",
        f"{side}/left={left}/{group}", f"{side}/cue={form.cue}", f"{side}/gender={_gender(scan, k)}/{who}",
        f"{side}/quote={_quote(scan, k - 1)}/gap={near}", f"{side}/stuck={_stuck(scan, k)}/{group}",
    ]  # fmt: skip
    if side == "before":
        between = _between(scan, k, cue)
        begins = min(4, k - first)
        opens = opens_phrase(scan, k, first)
        prev = scan.seen[cue - 1]
        agree = agreement(scan, k, form)
        found += [
            f"before/company={company}", f"before/company={company}/{part}", f"before/company={company}/opens={opens}/{part}",
            f"before/clause={clause}/opens={opens}", f"before/clause={clause}/{part}", f"before/clause={clause}/from={begins}/{part}",
            f"before/from={begins}", f"before/between={between}", f"before/prev={prev}",
            f"before/opens={opens}", f"before/opens={opens}/gap={near}/{part}",
            f"before/opens={opens}/agree={agree}/{part}", f"before/opens={opens}/here={here}",
            f"before/opens={opens}/prev={prev}/{part}",
        ]  # fmt: skip
    else:
        found += [
            f"after/prev={scan.seen[cue - 1]}", f"after/prev={scan.seen[cue - 1]}/{part}",
            f"after/clause={clause}/{part}",
            f"after/clause={clause}/{part}/here={here}", f"after/clause={clause}/gap={near}", f"after/lead={form.lead}/{part}",
            f"after/company={company}/{part}", f"after/gap={near}/{form.cue}",
        ]  # fmt: skip
    if side == "after" and gap > 1:
        found += [f"after/first={scan.seen[cue + 1]}", f"after/between={_between(scan, cue + 1, k)}"]
    return found


def _quote(scan: Scan, k: int) -> str:
    """The quotation that token k opens: how long, and what follows it; an empty string if it opens none."""
    close = scan.closes.get(k, -1)
    if close < 0 or scan.classes[k] != "mark":
        return ""
    return f"{'short' if close - k <= 5 else 'long'}/{scan.seen[close + 1]}"


def _stuck(scan: Scan, k: int) -> str:
    """The preposition stuck to token k, if what follows it is a known head, a name or has the article."""
    word = scan.words[k]
    if word.startswith("لل"):
        return "ل"
    known = len(word) > 3 and (word[1:] in scan.lexicon.head or word[1:] in scan.lexicon.names or word[1:3] == "ال")
    return word[0] if word[0] in "بلوفك" and known and word not in scan.lexicon.head and word not in scan.lexicon.names else ""


def _gender(scan: Scan, k: int) -> str:
    """What a word's ending says of its gender and number: a hint, for agreement with the cue."""
    word = scan.words[k]
    if word.endswith("ه"):
        return "f"
    if word.endswith(("ون", "ين", "و")):
        return "p"
    return "f" if word.endswith(("ات", "ا")) else "m"


def opens_phrase(scan: Scan, k: int, first: int) -> str:
    """What stands before token k that lets a new noun phrase begin there; an empty string if k goes on a phrase."""
    if k == first:
        return "sentence"
    kind = scan.classes[k - 1]
    if kind in ("that", "joined that", "contrast", "comma", "colon", "mark", "auxiliary", "relative", "preposition", "pronoun", "negation"):
        return kind
    forms = scan.cues[k - 1]
    if forms and forms[0].part in ("past", "present"):
        return "reporting"
    if k - 1 == first or (k - 2 >= first and scan.classes[k - 2] in ("auxiliary", "comma", "that", "contrast", "relative")):
        return "second"
    return "definite" if scan.words[k - 1].startswith("ال") else ""


def agreement(scan: Scan, k: int, form: Form) -> str:
    """Whether a phrase that begins with token k could be the subject of the cue, by gender and number endings."""
    if form.part == "noun" or form.gender == "-":
        return "open"
    look = _gender(scan, k)
    if form.number == "p":
        return "yes" if look in ("p", "f") or scan.heads[k] == "people" else "no"
    return "yes" if (look == "f") == (form.gender == "f") else "no"


def _between(scan: Scan, first: int, after: int) -> str:
    """What lies between a source and its cue, coarsely."""
    seen = set()
    for k in range(max(first, after - _SEEN_BETWEEN), after):
        kind = scan.classes[k]
        if kind in ("comma", "relative", "stop", "colon", "that", "mark", "preposition", "auxiliary"):
            seen.add(kind)
        elif k > first and (scan.cues[k] and scan.cues[k][0].part in ("past", "present")):
            seen.add("verb")
    return "+".join(sorted(seen))


def phrase_features(scan: Scan, start: int, k: int, cue: int, form: Form) -> list[str]:
    """What speaks for the phrase that began at `start` going on with token k (k > start)."""
    here, left, right = scan.seen[k], scan.seen[k - 1], scan.seen[k + 1]
    word, previous = scan.words[k], scan.words[k - 1]
    length = k - start
    definite = f"{previous[:2] == 'ال'}{word[:2] == 'ال'}"
    head = scan.heads[start]
    again = len(scan.places.get(scan.words[start], ())) > 1 and length == 1
    pair = any(scan.words[at + 1] == word for at in scan.places.get(previous, ())[:20] if at != k - 1)
    return [
        "bias", f"here={here}", f"left={left}", f"here={here}/left={left}", f"here={here}/right={right}", f"length={min(8, length)}",
        f"definite={definite}", f"definite={definite}/here={here}", f"starts={word[:2]}", f"ends={word[-2:]}",
        f"group={form.group}/here={here}", f"first={word[0]}",
        f"head={head}/here={here}", f"part={form.part}/here={here}",
        f"again={again}/{pair}/{definite}", f"pair={pair}/here={here}",
        f"left={left}/definite={definite}", f"agrees={previous[-1]}|{word[-2:]}/{definite}",
        f"group={form.group}/first={word[0]}", f"names={previous in scan.lexicon.names}|{word in scan.lexicon.names}",
        f"names={previous in scan.lexicon.names}|{word in scan.lexicon.names}/head={head}", f"known={scan.known[k]}",
        f"known={scan.known[k]}/left={scan.known[k - 1]}/head={head}",
    ]  # fmt: skip


def phrase_end(scan: Scan, models: Models, start: int, cue: int, form: Form) -> int:
    """One past the last token of the source phrase that begins at `start`."""
    return max(phrase_ends(scan, models, start, cue, form))[1]


def phrase_ends(scan: Scan, models: Models, start: int, cue: int, form: Form) -> list[tuple[float, int]]:
    """The likeliest ends of the source phrase that begins at `start` (one past its last token), with their log-probabilities."""
    limit = phrase_limit(scan, start, cue)
    said = scan.context.pair
    found: list[tuple[float, int]] = []
    going, best = 1.0, 0.0
    for k in range(start + 1, limit):
        goes_on = chance(models.odds("phrase", said("phrase", start, k), lambda k=k: phrase_features(scan, start, k, cue, form)))  # type: ignore[misc]
        ends = going * (1.0 - goes_on)
        best = max(best, ends)
        found.append((ends, k))
        going *= goes_on
        if going < best * _UNLIKELY:
            break
    else:
        found.append((going, limit))
        best = max(best, going)
    return [(log(likely), trim(scan, start, end)) for likely, end in found if likely >= max(best * _UNLIKELY, 1e-30)]


def phrase_limit(scan: Scan, start: int, cue: int) -> int:
    """The furthest a phrase can reach: never over a stop, a colon, a complementiser or the cue itself."""
    limit = min(start + _LONGEST, scan.size)
    if start < cue:
        limit = min(limit, cue)
    for k in range(start + 1, limit):
        if scan.classes[k] in ("stop", "colon", "that", "joined that", "blessing"):
            return k
    return limit


def trim(scan: Scan, start: int, after: int) -> int:
    """The phrase's end without marks that open outside it, commas and dangling small words."""
    while after > start + 1 and _dangles(scan, start, after - 1):
        after -= 1
    if scan.words[after - 1] in ")]}" and not any(scan.words[k] in "([{" for k in range(start, after)):
        after -= 1
    return after + 1 if scan.classes[after] == "mark" and closes_within(scan, start, after) else after


def _dangles(scan: Scan, start: int, k: int) -> bool:
    kind = scan.classes[k]
    if kind == "mark":
        return not closes_within(scan, start, k)
    return kind in ("comma", "dash", "preposition") or scan.words[k] in "([{"


def closes_within(scan: Scan, start: int, k: int) -> bool:
    """Whether the mark at token k closes a quotation that opens at or behind token `start`."""
    return scan.inside[k - 1] >= start and scan.closes.get(scan.inside[k - 1]) == k
