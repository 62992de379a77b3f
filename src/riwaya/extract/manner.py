"""How is it said? Direct or indirect, asserted or denied, and to whom: decision `form`, the cue's own attitude, and the addressee."""

from __future__ import annotations

from riwaya.extract.cues import Form
from riwaya.extract.scan import Scan
from riwaya.model import Attitude

FORMS = ("direct", "indirect", "mixed")
_ADDRESSED_WITHIN = 16  # tokens from the cue


def form_features(scan: Scan, cue: int, content: list[tuple[int, int]]) -> list[str]:
    """What speaks for the content being direct, indirect or mixed speech; the form's name is put before each."""
    base = scan.inside[cue]
    total = quoted = longest = 0
    opens = closes = False
    names = 0
    for first, after in content:
        run = 0
        for k in range(first, min(after, scan.size)):
            if scan.classes[k] in ("mark", "comma", "stop"):
                continue
            total += 1
            inside = scan.inside[k] >= 0 and scan.inside[k] != base
            quoted += inside
            run = run + 1 if inside else 0
            longest = max(longest, run)
            names += inside and run == 1 and scan.heads[k] in ("armed", "body", "media")
        opens |= scan.inside[first] >= 0 and scan.inside[first] != base
        closes |= after > 0 and scan.inside[after - 1] >= 0 and scan.inside[after - 1] != base
    share = quoted / total if total else 0.0
    part = "none" if not quoted else "all" if share > 0.97 else "most" if share > 0.6 else "some" if share > 0.2 else "little"
    run_size = "0" if not longest else "1" if longest == 1 else "2" if longest == 2 else "3-5" if longest <= 5 else "6+"
    same = len({scan.inside[k] for first, after in content for k in (first, after - 1) if 0 <= k < scan.size}) == 1
    return [
        "bias", f"quoted={part}", f"quoted={part}/same={same}", f"longest={run_size}", f"quoted={part}/longest={run_size}",
        f"opens={opens}/closes={closes}/{part}",
        f"nested={base >= 0}/{part}", f"names={bool(names)}/{run_size}", f"colon={_colon(scan, content[0][0])}/{part}",
    ]  # fmt: skip


def _colon(scan: Scan, first: int) -> bool:
    return any(scan.classes[k] == "colon" for k in (first - 1, first - 2))


def attitude(form: Form) -> Attitude:
    """The attitude that the reporting word itself gives (FactBank, simplified): its row's."""
    return form.attitude  # type: ignore[return-value]  # the table's shape allows nothing else


def addressee(scan: Scan, cue: int, form: Form, source: tuple[int, int], start: int) -> tuple[int, int] | None:
    """The outlet or person told: «لـ…» with a quoted name or a medium between the cue and the content; for a call, the one called upon."""
    limit = min(scan.size - 1, cue + _ADDRESSED_WITHIN, start if start > cue else cue + _ADDRESSED_WITHIN)
    for k in range(cue + 1, limit):
        word = scan.words[k]
        if scan.classes[k] == "stop":
            return None
        if word in ("ل", "لل") and scan.classes[k + 1] == "mark" and k + 1 in scan.closes:
            return k + 2, min(scan.closes[k + 1], k + 8)
        if word[0] == "ل" and len(word) > 3 and not source[0] <= k < source[1] and scan.heads[k] == "media":
            after = k + 1
            while after < scan.size and after - k < 7 and scan.classes[after] in ("", "mark") and after not in range(*source):
                after += 1
            return k, after
    if form.group in ("call", "tell", "accuse") and start > cue:
        first = source[1] if source[0] > cue else cue + 1
        after = first
        while after < start and (not scan.classes[after] or scan.words[after] in ("في", "من")) and scan.words[after][0] not in "ب":
            after += 1
        if first < after <= start and after - first <= 8 and (scan.classes[after] in ("preposition", "that", "stop") or after >= start):
            while after > first and scan.classes[after - 1]:
                after -= 1
            return (first, after) if after > first else None
    return None
