"""Is this word reporting? What is seen around a reporting word, for the decision `cue`."""

from __future__ import annotations

from riwaya.extract.cues import Form
from riwaya.extract.scan import Scan

_REACH = 14  # tokens looked ahead for what usually follows a reporting word


def cue_features(scan: Scan, i: int, form: Form) -> list[str]:
    """What speaks for or against token i, read as `form`, reporting something."""
    group, part = form.group, form.part
    ahead = _ahead(scan, i)
    before, after = scan.seen[i - 1], scan.seen[i + 1]
    place = _place(scan, i)
    who = form.person + form.gender + form.number
    found = [
        "bias", f"cue={form.cue}/{part}", f"group={group}/{part}", f"lead={form.lead}/{part}", f"who={part}/{who}",
        f"object={bool(form.object)}/{part}", f"cue={form.cue}/{ahead}", f"group={group}/{ahead}", f"ahead={ahead}",
        f"prev={before}/{part}", f"next={after}", f"next={after}/{group}", f"place={place}/{part}",
        f"token={scan.words[i]}", f"quoted={scan.inside[i] >= 0}/{who[0]}", f"readings={min(3, len(scan.cues[i]))}",
    ]  # fmt: skip
    if part in ("participle", "noun"):
        found.append(f"ends={scan.words[i][-1]}/{place}/{part}")
    if any(scan.classes[k] == "negation" for k in (i - 1, i - 2)):
        found.append(f"negated/{part}")
    return found


def _place(scan: Scan, i: int) -> str:
    """Where in its sentence token i stands."""
    first, _ = scan.sentence(i)
    while first < i and scan.classes[first] in ("mark", "stop"):
        first += 1
    if i == first:
        return "first"
    if scan.classes[i - 1] == "comma":
        return "after comma"
    if scan.classes[i - 1] == "mark":
        return "after mark"
    return "second" if i - first <= 2 else "inside"


def _ahead(scan: Scan, i: int) -> str:
    """The first thing that a report would show within the sentence: a complementiser, a colon, a quotation."""
    for k in range(i + 1, min(i + 1 + _REACH, scan.size)):
        kind = scan.classes[k]
        distance = "near" if k - i <= 2 else "mid" if k - i <= 6 else "far"
        if kind in ("that", "colon"):
            return f"{kind} {distance}"
        if kind == "mark" and k in scan.closes:
            return f"quote {distance}" if scan.closes[k] - k > 4 else f"short quote {distance}"
        if kind == "stop":
            return "nothing"
        if k - i > 1 and scan.cues[k] and scan.cues[k][0].part in ("past", "present"):
            return "other verb"
    return "nothing"
