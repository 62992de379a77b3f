"""The shape of every table under `ar/`."""

from re import fullmatch
from typing import get_args

from riwaya.lang.tables import Row, Shape
from riwaya.model import PlaceKind, Sector, Sort

SHAPES: dict[str, Shape] = {}
_FORMS = ("past", "present", "participle", "noun", "words")  # of a reporting word
_WHO = frozenset(f"{person}{gender}{number}" for person in "123" for gender in "mf-" for number in "sdp-")


def _cue(row: Row) -> str | None:
    """What is wrong with a row of cues.toml, beyond the types of its fields."""
    if not any(name in row for name in _FORMS):
        return f"no form of the word: it needs one of {', '.join(_FORMS)}"
    strange = next((word for word in row.get("present", ()) if not word.startswith("ي")), None)
    return f"present: {strange} does not begin with ي, as the third person masculine does" if strange else None


def _agreement(row: Row) -> str | None:
    """What is wrong with a row of agreement.toml, beyond the types of its fields."""
    part, _, who = row["form"].partition(" ")
    if part not in ("past", "present", "participle", "noun") or who not in _WHO:
        return f"form: {row['form']} should be past, present, participle or noun, and who: 1 2 3, m f -, s d p - (as in past 3fs)"
    return "prefixes is missing: a present has one" if part == "present" and "prefixes" not in row else None


def _actor(row: Row) -> str | None:
    """What is wrong with a row of actors.toml, beyond the types of its fields."""
    if not fullmatch("([A-Z]{2})?", row.get("country", "")):
        return f"country: {row['country']} is no code of two letters"
    if not fullmatch("(Q[1-9][0-9]*)?", row.get("wikidata", "")):
        return f"wikidata: {row['wikidata']} is no item"
    if row.get("from", 0) > row.get("to", 9999):
        return "from is later than to"
    strange = next((office for office in row.get("offices", ()) if not fullmatch(r"[a-z0-9-]+ \d{4}-(\d{4})?", office)), None)
    return f"offices: {strange} should be an office's id and its years, as in syria-president 2000-2024" if strange else None


SHAPES["numbers"] = Shape(
    key="words",
    fields={
        "words": list, "role": str, "value": int, "parts": int, "high": int, "times": int, "twice": bool, "plural": bool, "bare": bool,
        "never": list,
    },
    required=frozenset({"words", "role", "value"}),
    choices={
        "role": frozenset(
            {
                "unit", "head", "ten", "tens", "hundred", "hundreds", "scale", "fraction", "parts", "vague", "some",
                "ordinal", "ordinal head",
            }
        )
    },
)  # fmt: skip

SHAPES["cues"] = Shape(
    key="cue",
    fields={
        "cue": str, "group": str, "attitude": str, "past": list, "present": list, "participle": list, "noun": list, "words": list,
    },
    required=frozenset({"group"}),
    choices={
        "attitude": frozenset({"asserted", "denied", "hedged", "called-for"}),
        "group": frozenset(
            {
                "accuse", "admit", "announce", "appear", "ascribe", "ask", "believe", "call", "came", "content", "decide", "deny", "doubt",
                "evaluate", "expect", "expectnot", "express", "hope", "judge", "learn", "lisan", "opinion", "pledge", "point", "prep",
                "reject", "relay", "repeat", "say", "show", "stress", "talk", "tell", "threaten", "warn", "write",
            }
        ),
    },
    tokens=frozenset(_FORMS),
    check=_cue,
)  # fmt: skip

SHAPES["agreement"] = Shape(
    key="form",
    fields={"form": str, "prefixes": list, "endings": list, "weak": str},
    required=frozenset({"form", "endings"}),
    choices={"weak": frozenset({"drop", "keep"})},
    blank=frozenset({"endings"}),
    check=_agreement,
)

SHAPES["heads"] = Shape(
    key="head",
    fields={"head": str, "kind": str, "words": list},
    required=frozenset({"kind", "words"}),
    choices={"kind": frozenset({"person", "organisation", "document", "media", "anonymous", "unspecified"})},
    tokens=frozenset({"words"}),
)

SHAPES["particles"] = Shape(
    key="class", fields={"class": str, "words": list}, required=frozenset({"words"}), tokens=frozenset({"words"})
)  # fmt: skip

SHAPES["names"] = Shape(
    key="origin", fields={"origin": str, "words": list}, required=frozenset({"words"}), tokens=frozenset({"words"})
)  # fmt: skip

SHAPES["months"] = Shape(
    key="words",
    fields={"words": list, "calendar": str, "month": int, "weak": bool, "strict": bool, "never": list},
    required=frozenset({"calendar", "month"}),
    choices={"calendar": frozenset({"gregorian", "hijri"})},
)

SHAPES["weekdays"] = Shape(key="words", fields={"words": list, "day": int, "indefinite": bool}, required=frozenset({"day"}))

SHAPES["timewords"] = Shape(
    key="words",
    fields={
        "words": list, "roles": list, "value": str, "days": int, "unit": str, "count": int, "nth": int, "bare": bool, "never": list,
        "not_after": list,
    },
    required=frozenset({"roles"}),
    choices={
        "unit": frozenset(
            {"minute", "hour", "day", "week", "month", "year", "decade", "century", "sports season", "period", "stage", "moment"}
        ),
    },
)  # fmt: skip

SHAPES["timecontexts"] = Shape(
    key="words",
    fields={"words": list, "role": str},
    required=frozenset({"role"}),
    choices={
        "role": frozenset(
            {
                "not day", "not today", "not weekday", "not year", "not date", "not each", "not by", "not then", "from", "age",
                "lasting",
            }
        )
    },
)  # fmt: skip

SHAPES["languages"] = Shape(
    key="language", fields={"language": str, "words": list, "letters": str}, required=frozenset({"words", "letters"})
)

SHAPES["furniture"] = Shape(
    key="say",
    fields={"say": list, "where": list, "most": int},
    required=frozenset({"where"}),
    choices={"where": frozenset({"line", "label", "start", "list", "rest", "tail", "head"})},
)

SHAPES["counted"] = Shape(
    key="group",
    fields={"group": str, "words": list, "dual": str, "one": bool, "two": list, "never": list},
    required=frozenset({"words", "dual"}),
    choices={"dual": frozenset({"sure", "by ending", "none"})},
)

SHAPES["afternumbers"] = Shape(
    key="group",
    fields={"group": str, "words": list, "role": str, "never": list},
    required=frozenset({"words", "role"}),
    choices={
        "role": frozenset(
            {
                "money", "measure", "percent", "kind", "time", "times", "no noun",
                "completes", "more", "plural", "these", "among", "owned", "number", "both",
            }
        )
    },
)  # fmt: skip

SHAPES["beforenumbers"] = Shape(
    key="group",
    fields={"group": str, "words": list, "role": str},
    required=frozenset({"words", "role"}),
    choices={"role": frozenset({"label", "year", "in", "counts", "toll", "change"})},
)

SHAPES["bounds"] = Shape(
    key="group",
    fields={"group": str, "words": list, "side": str, "bound": str},
    required=frozenset({"words", "side", "bound"}),
    choices={
        "side": frozenset({"before", "after", "either", "whole", "from", "joint", "gap"}),
        "bound": frozenset({"about", "at least", "at most", "between", "unknown"}),
    },
)

KINDS_OF_PLACES = frozenset(get_args(PlaceKind))

SHAPES["placewords"] = Shape(
    key="group",
    fields={"group": str, "words": list, "role": str, "kinds": list},
    required=frozenset({"words", "role"}),
    choices={
        "role": frozenset(
            {
                "kind", "part", "inside", "after", "line", "near", "direction", "middle", "countryside", "waste", "in", "between", "side",
            }
        ),
        "kinds": KINDS_OF_PLACES,
    },
)  # fmt: skip

SHAPES["placekinds"] = Shape(
    key="kind",
    fields={"kind": str, "precision": int, "radius": int, "people": int},
    required=frozenset({"precision", "radius", "people"}),
    choices={"kind": KINDS_OF_PLACES},
)

_SECTORS = frozenset(get_args(Sector))

SHAPES["actors"] = Shape(
    key="id",
    fields={
        "id": str, "kind": str, "sort": str, "country": str, "name": str, "en": str, "also": list, "local": list, "weak": list,
        "from": int, "to": int, "follows": str, "offices": list, "wikidata": str,
    },
    required=frozenset({"kind", "name"}),
    choices={"kind": _SECTORS, "sort": frozenset(get_args(Sort))},
    check=_actor,
)  # fmt: skip

SHAPES["actorwords"] = Shape(
    key="group",
    fields={"group": str, "role": str, "words": list, "heads": list, "kinds": list, "kind": str, "many": bool, "common": bool},
    required=frozenset({"role", "words"}),
    choices={
        "role": frozenset({"short form", "unnamed source", "introduces", "between", "epithet", "governs", "spelling", "country"}),
        "kinds": _SECTORS,
        "kind": _SECTORS,
    },
    tokens=frozenset({"words", "heads"}),
)
