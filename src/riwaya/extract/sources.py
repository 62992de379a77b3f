"""Who says it? Where a cue's noun phrase may start, where it ends, and what speaks for each: decisions `source` and `phrase`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from riwaya.extract.cues import Form
from riwaya.extract.decide import Models
from riwaya.extract.scan import Scan
from riwaya.text.words import QUOTES

_REACH = 14  # tokens from the cue within which its own source is looked for
_LONGEST = 18  # tokens of the longest source phrase


@dataclass(frozen=True, slots=True)
class Option:
    """One place for the source: its first token (-1 for unexpressed) and how it lies to the cue."""

    start: int
    side: str


def options(scan: Scan, cue: int) -> Iterator[Option]:
    """Every place where the source of the cue at token `cue` may begin, and `unexpressed`."""
    yield Option(-1, "none")
    bare = scan.forms(cue)[0].group in ("prep", "relay", "came")
    yield from (Option(k, "after") for k in _after(scan, cue) if bare or _stuck(scan, k) != "ل")
    yield from (Option(k, "before") for k in _before(scan, cue))


def _after(scan: Scan, cue: int) -> Iterator[int]:
    """Starts behind the cue: the next word, and each word behind a comma, a bracket, a mark or an adverb, up to the content."""
    open_place = True
    for k in range(cue + 1, min(cue + _REACH, len(scan.words))):
        kind = scan.classes[k]
        if kind in ("stop", "colon", "that"):
            return
        if kind in ("comma", "mark", "bracket", "dash"):
            open_place = True
            continue
        if (open_place or k - cue <= 3) and may_begin(scan, k):
            yield k
        open_place = kind in ("aside", "clause start", "preposition") or scan.words[k] in ("ال", "ل") or scan.word(k - 1) == "»"


def may_begin(scan: Scan, k: int) -> bool:
    """Whether a source's phrase can begin with token k: no small word, no lone letter, no participle that reports (قائلا)."""
    if scan.classes[k] in ("that", "joined that", "as", "per", "relative", "negation", "preposition", "auxiliary") or len(scan.words[k]) == 1:
        return False
    forms = scan.forms(k)
    return not (forms and forms[0].part == "participle" and not forms[0].lead.endswith("ال") and forms[0].group in ("say", "point") and not scan.head(k))


def _before(scan: Scan, cue: int) -> Iterator[int]:
    """Starts before the cue within its sentence: the sentence's first words, and each word near the cue."""
    first, _ = scan.sentence(cue)
    places = []
    for k in range(first, min(first + 4, cue)):
        places.append(k)
    for k in range(max(first, cue - 8), cue):
        places.append(k)
    for k in range(cue - 1, max(first, cue - 40), -1):
        if scan.classes[k] == "comma" or scan.forms(k):
            places.append(k + 1)
    yield from sorted({k for k in places if k < cue and scan.classes[k] not in ("comma", "stop", "mark", "bracket", "dash", "colon") and may_begin(scan, k)})


def company_of(scan: Scan, cue: int, cues: frozenset[int]) -> str:
    """Where the nearest earlier cue stands: in the same clause, the same sentence, the sentence before, further back, or nowhere."""
    first, _ = scan.sentence(cue)
    for k in range(cue - 1, max(-1, cue - 120), -1):
        if k in cues:
            if k >= first:
                return "clause" if not any(scan.classes[j] == "comma" for j in range(k, cue)) else "sentence"
            return "before" if first == 0 or k >= scan.sentence(first - 1)[0] else "text"
    return "text" if any(k < cue for k in cues) else "first"


def option_features(scan: Scan, cue: int, form: Form, option: Option, company: str) -> list[str]:
    """What speaks for the source starting at this option; `company` as `company_of` says."""
    group, part = form.group, form.part
    side = option.side
    who = form.gender + form.number
    if side == "none":
        after, before = scan.look(cue + 1), scan.look(cue - 1)
        return [
            "none", f"none/company={company}", f"none/company={company}/{part}", f"none/company={company}/prev={before}/{part}", f"none/company={company}/{part}/next={after}", f"none/company={company}/lead={form.lead}/{part}", f"none/{group}", f"none/{part}", f"none/cue={form.cue}/{part}", f"none/next={after}", f"none/next={after}/{part}",
            f"none/prev={before}/{part}", f"none/lead={form.lead}/{part}", f"none/who={form.person}{who}", f"none/object={form.object}/{part}",
            f"none/next2={scan.look(cue + 2)}", f"none/quoted={scan.inside[cue] >= 0}", f"none/next={after}/{group}",
        ]  # fmt: skip
    k = option.start
    here, left = scan.look(k), scan.look(k - 1)
    gap = abs(k - cue)
    near = str(gap) if gap <= 3 else "4-6" if gap <= 6 else "7+"
    found = [
        side, f"{side}/gap={near}", f"{side}/gap={near}/{part}", f"{side}/here={here}", f"{side}/here={here}/{part}", f"{side}/left={left}",
        f"{side}/left={left}/gap={near}", f"{side}/here={here}/gap={near}", f"{side}/{group}", f"{side}/{part}/{group}",
        f"{side}/next={scan.look(k + 1)}", f"{side}/quoted={scan.inside[k] == scan.inside[cue]}", f"{side}/here={here}/{group}",
        f"{side}/left={left}/{group}", f"{side}/cue={form.cue}", f"{side}/gender={_gender(scan, k)}/{who}", f"{side}/word={scan.words[k]}",
        f"{side}/quote={_quote(scan, k - 1)}", f"{side}/quote={_quote(scan, k - 1)}/gap={near}", f"{side}/stuck={_stuck(scan, k)}/{group}", f"{side}/stuck={_stuck(scan, k)}/{form.cue}", f"{side}/kept={scan.kept(k)}", f"{side}/kept={scan.kept(k)}/{part}", f"{side}/kept={scan.kept(k)}/gap={near}", f"{side}/kept={scan.kept(k)}/{group}", f"{side}/kept={scan.kept(k)}/{who}",
        f"{side}/left={left}/kept={scan.kept(k)}", f"{side}/kept={scan.kept(k)}/then={scan.kept(k + 1)}",
    ]  # fmt: skip
    if side == "before":
        first, _ = scan.sentence(cue)
        between = _between(scan, k, cue)
        begins = min(4, k - first)
        opens = opens_phrase(scan, k, first)
        prev = scan.look(cue - 1)
        agree = agreement(scan, k, form)
        found += [
            f"before/company={company}", f"before/company={company}/{part}", f"before/company={company}/opens={opens}/{part}", f"before/company={company}/{between}/{part}",
            f"before/from={begins}", f"before/between={between}", f"before/from={begins}/{between}/{part}", f"before/prev={prev}", f"before/prev={prev}/{part}",
            f"before/opens={opens}", f"before/opens={opens}/{between}/{part}", f"before/opens={opens}/gap={near}/{part}", f"before/opens={opens}/left kept={scan.kept(k - 1)}",
            f"before/opens={opens}/agree={agree}/{part}", f"before/agree={agree}/{between}", f"before/opens={opens}/here={here}", f"before/opens={opens}/kept={scan.kept(k)}",
            f"before/opens={opens}/prev={prev}/{part}", f"before/opens={opens}/{group}/{part}", f"before/left kept={scan.kept(k - 1)}/{part}", f"before/cue kept={scan.kept(cue)}/{opens}",
            f"before/opens={opens}/agree={agree}/{between}/{part}",
        ]  # fmt: skip
    elif gap > 1:
        found += [f"after/first={scan.look(cue + 1)}", f"after/between={_between(scan, cue + 1, k)}"]
    return found


def _quote(scan: Scan, k: int) -> str:
    """The quotation that token k opens: how long, and what follows it; an empty string if it opens none."""
    close = scan.closes.get(k, -1)
    if close < 0 or scan.kind(k) != "mark":
        return ""
    return f"{'short' if close - k <= 5 else 'long'}/{scan.look(close + 1)}"


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
    forms = scan.forms(k - 1)
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
        return "yes" if look in ("p", "f") or scan.head(k) == "people" else "no"
    return "yes" if (look == "f") == (form.gender == "f") else "no"


def _between(scan: Scan, first: int, after: int) -> str:
    """What lies between a source and its cue, coarsely."""
    seen = set()
    for k in range(first, after):
        kind = scan.classes[k]
        if kind in ("comma", "relative", "stop", "colon", "that", "mark", "preposition", "auxiliary"):
            seen.add(kind)
        elif k > first and (scan.forms(k) and scan.forms(k)[0].part in ("past", "present")):
            seen.add("verb")
    return "+".join(sorted(seen))


def phrase_features(scan: Scan, start: int, k: int, cue: int, form: Form) -> list[str]:
    """What speaks for the phrase that began at `start` going on with token k (k > start)."""
    here, left, right = scan.look(k), scan.look(k - 1), scan.look(k + 1)
    word, previous = scan.words[k], scan.words[k - 1]
    length = k - start
    definite = f"{previous[:2] == 'ال'}{word[:2] == 'ال'}"
    head = scan.head(start)
    again = len(scan.places.get(scan.words[start], ())) > 1 and length == 1
    pair = any(scan.word(at + 1) == word for at in scan.places.get(previous, ())[:20] if at != k - 1)
    return [
        "bias", f"here={here}", f"left={left}", f"here={here}/left={left}", f"here={here}/right={right}", f"length={min(8, length)}",
        f"here={here}/length={min(3, length)}", f"definite={definite}", f"definite={definite}/here={here}", f"word={word}",
        f"previous={previous}", f"starts={word[:2]}", f"ends={word[-2:]}", f"group={form.group}/here={here}", f"first={word[0]}",
        f"quoted={scan.inside[k] == scan.inside[start]}", f"head={head}/here={here}", f"part={form.part}/here={here}", f"cue={form.cue}/first={word[0]}",
        f"again={again}/{pair}", f"again={again}/{pair}/{definite}", f"pair={pair}/here={here}", f"kept={scan.kept(k)}", f"kept={scan.kept(k - 1)}|{scan.kept(k)}", f"kept={scan.kept(k)}/group={form.group}", f"kept={scan.kept(k)}/head={head}", f"kept={scan.kept(k)}/right={right}",
        f"kept={scan.kept(k)}|{scan.kept(k + 1)}", f"left kept={scan.kept(k - 1)}/here={here}", f"kept={scan.kept(k)}/length={min(4, length)}", f"left={left}/kept={scan.kept(k)}",
        f"left={left}/definite={definite}", f"word={word}/head={head}", f"suffixes={previous[-2:]}|{word[-2:]}/{definite}", f"left ends={previous[-3:]}/definite={definite}",
        f"group={form.group}/definite={definite}/left ends={previous[-2:]}", f"group={form.group}/first={word[0]}", f"names={previous in scan.lexicon.names}|{word in scan.lexicon.names}",
        f"names={previous in scan.lexicon.names}|{word in scan.lexicon.names}/head={head}",
    ]  # fmt: skip


def phrase_end(scan: Scan, models: Models, start: int, cue: int, form: Form) -> int:
    """One past the last token of the source phrase that begins at `start`."""
    limit = phrase_limit(scan, start, cue)
    k = start + 1
    while k < limit:
        if models.score("phrase", phrase_features(scan, start, k, cue, form)) < 0:
            break
        k += 1
    return trim(scan, start, k)


def phrase_limit(scan: Scan, start: int, cue: int) -> int:
    """The furthest a phrase can reach: never over a stop, a colon, a complementiser or the cue itself."""
    limit = min(start + _LONGEST, len(scan.words))
    if start < cue:
        limit = min(limit, cue)
    for k in range(start + 1, limit):
        if scan.classes[k] in ("stop", "colon", "that", "joined that", "blessing"):
            return k
    return limit


def trim(scan: Scan, start: int, after: int) -> int:
    """The phrase's end without marks, commas and dangling small words."""
    while after > start + 1 and (
        scan.classes[after - 1] in ("comma", "mark", "dash", "preposition") or scan.words[after - 1] in "([{" or scan.words[after - 1] in QUOTES
    ):
        after -= 1
    if scan.words[after - 1] in ")]}" and not any(scan.words[k] in "([{" for k in range(start, after)):
        after -= 1
    return after
