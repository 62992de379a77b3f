"""Where a phrase is: `locate` reads whole phrases as people write them, and answers with a place and how exactly it is known.

A phrase is read by the first rule that has an answer: a name; parts between commas and dashes, of which one lies in the other; two names
joined by بين or by و; a name behind near, north of, in the middle of, the countryside of; a name before one of those, known itself or only by
the place behind; a name behind the word that says what it is. The precision is UCDP's (GED codebook, appendix 3). What no rule reads stays
unresolved, and says why.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

from riwaya.lang.tables import Words, load
from riwaya.model import Location, Place
from riwaya.places.choose import AREAS, SETTLED, Asked, Pick, choose
from riwaya.places.grammar import Word, grammar, spellings
from riwaya.places.layers import Found, Gazetteers
from riwaya.places.space import kilometres, middle

_UNSEEN = re.compile("[\u0640\u064b-\u065f\u0670\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SEPARATOR = ","
_TOKENS = re.compile(r"[^\W_][\w'’]*|[-–—,،:;؛/|()\[\]\n]").findall
_WORD = re.compile(r"\w")
_NEAR = 25_000  # metres: UCDP's "within about 25 km of a known point"
_APART = 60.0  # kilometres: what is farther from a place is not in it, nor beside it
_SEVERAL = 25.0  # kilometres from their middle: several places nearer than this are told by it
_INHABITED = SETTLED | AREAS | {"neighbourhood", "camp"}
_STRICT = frozenset({"river", "lake", "mountain", "island", "country", "settlement", "road", "dam"})  # a word for one of these names nothing else
_LONG = 5  # letters that a name needs to be known by a loose spelling behind an attached letter
_ANY: frozenset[str] = frozenset()


def locate(
    phrase: str, gazetteers: Gazetteers, *, country: str | None = None, near: Sequence[Place] = (), words: Words | None = None
) -> Location:
    """Where this phrase is. Unresolved is an answer: its place is None, and `why` says what is missing.

    `country` (ISO 3166-1 alpha-2) is where it is known to lie: nothing is found in others. `near` are other places of the same text, which settle
    which of several is meant; a country among them makes its places likelier, and leaves the others possible.
    """
    asked = Asked(gazetteers, grammar(words or load()), country, tuple(near))
    tokens = [token if _WORD.match(token) else _SEPARATOR for token in _TOKENS(_UNSEEN.sub("", unicodedata.normalize("NFKC", phrase)))]
    return _resolve(tokens, asked, _ANY)


Rule = Callable[[list[str], Asked, frozenset[str]], Location | None]


def _resolve(tokens: list[str], asked: Asked, wish: frozenset[str]) -> Location:
    """The answer of the first rule that has one; else that of the first that can say why there is none."""
    reason: Location | None = None
    if not any(map(_WORD.match, tokens)):
        return Location(why="no words")
    for rule in _RULES:
        answer = rule(tokens, asked, wish)
        if answer and answer.place:
            return answer
        reason = reason or answer
    return reason or Location(why=f"no gazetteer knows {' '.join(tokens)}")


# -- a name


def _itself(tokens: list[str], asked: Asked, wish: frozenset[str]) -> Location | None:
    """The whole phrase is the name of a place."""
    name = [token for token in tokens if token != _SEPARATOR]
    lead = asked.grammar.at(name, 0)
    kinds = wish or (lead.kinds if lead else _ANY)
    pick = choose(_named(name, asked), asked, kinds)
    return None if pick is None else _located(pick, asked)


def _named(name: Sequence[str], asked: Asked) -> list[Found]:
    """The places of a name; if there are none of it as it stands, of what is left without attached letters, in a near spelling."""
    for first in spellings(name[0]):
        found = asked.gazetteers.named(" ".join((first, *name[1:])))
        if first != name[0] and sum(map(len, (first, *name[1:]))) < _LONG:
            found = [one for one in found if one.hit.spelling != "loose"]
        if found:
            return found
    return []


def _located(pick: Pick, asked: Asked) -> Location:
    if pick.place is None:
        return Location(score=pick.score, runner_up=pick.runner_up, why=pick.why)
    place = pick.place
    point = pick.seat or place
    kind = asked.grammar.kinds[place.kind]
    return Location(
        place, point.lat, point.lon, kind.precision, place.radius or kind.radius, pick.score, pick.runner_up, why=pick.why
    )  # fmt: skip


# -- a word before a name


def _kind_and_name(tokens: list[str], asked: Asked, wish: frozenset[str]) -> Location | None:
    """A word that says what it is, and behind it nothing but the name; في before both says nothing."""
    lead = asked.grammar.at(tokens, 0)
    if lead is None or lead.role not in ("in", "middle", "kind", "part") or len(tokens) <= lead.length:
        return None
    rest = tokens[lead.length :]
    if lead.role in ("in", "middle"):
        return _resolve(rest, asked, wish)
    known = _itself(rest, asked, lead.kinds) or _kind_and_name(rest, asked, wish)
    return _of_kind(lead, known, asked) if known else None


def _led(tokens: list[str], asked: Asked, wish: frozenset[str]) -> Location | None:
    """A word that says what the name behind it is, or where it lies from it."""
    lead = asked.grammar.at(tokens, 0)
    rest = tokens[lead.length :] if lead else []
    if lead is None or not rest or lead.role in ("between", "side"):
        return None
    if lead.role in ("near", "direction"):
        return _beside(_resolve(rest, asked, SETTLED), f"{lead.role}: by {' '.join(rest)}")
    if lead.role in ("countryside", "waste"):
        return _around(lead, rest, asked)
    if lead.role in ("in", "middle"):
        return _resolve(rest, asked, SETTLED)
    if lead.role in ("inside", "line"):
        return _stands_in(lead, rest, asked)
    return _of_kind(lead, _resolve(rest, asked, lead.kinds), asked)


def _beside(known: Location, why: str, detail: str | None = None) -> Location:
    """Near a known place: UCDP precision 2 by a point, the place's own by an area."""
    if known.place is None or known.where_prec is None or known.radius is None:
        return known
    near = known.where_prec <= 2
    return replace(
        known,
        where_prec=2 if near else known.where_prec,
        radius=max(known.radius, _NEAR) if near else known.radius,
        score=round(known.score * 0.9, 3),
        detail=detail or known.detail,
        why=f"{why}; {known.why}",
    )


def _around(lead: Word, rest: list[str], asked: Asked) -> Location:
    """The countryside of a town: of a governorate's seat the governorate, else its district."""
    side = asked.grammar.at(rest, len(rest) - 1) if len(rest) > 1 else None
    name = rest[:-1] if side and side.role == "side" else rest
    known = _resolve(name, asked, _ANY)
    why = f"{lead.group} of {' '.join(name)}"
    if known.place is None or known.radius is None:
        return known
    if lead.role == "waste":
        return replace(known, where_prec=max(known.where_prec or 5, 5), radius=max(known.radius, 2 * _NEAR), why=f"{why}; {known.why}")
    return _district(known, why)


def _stands_in(lead: Word, rest: list[str], asked: Asked) -> Location | None:
    """A thing whose own name says nothing of where it is: only what follows that name can. A road to a known place is a line by it."""
    inner = asked.grammar.at(rest, 0)
    if inner and inner.role == "kind":
        return _part_of(_resolve(rest, asked, _ANY), " ".join(rest), lead)
    if lead.role == "line":
        known = _resolve(rest, asked, SETTLED)
        if known.place and known.radius is not None:
            return replace(known, where_prec=5, radius=max(known.radius, _NEAR), why=f"a road by {' '.join(rest)}; {known.why}")
    return None


def _of_kind(lead: Word, known: Location, asked: Asked) -> Location:
    """The place behind a word for its kind; one of another kind, as far as the word lets it be."""
    if known.place is None:
        return known
    if lead.group == "area" and known.place.kind in SETTLED:
        return _area(known, lead)
    if known.place.kind in lead.kinds:
        return known
    if lead.kinds <= AREAS:  # only its seat is known
        return _seated(known, lead, asked)
    if lead.role == "after" or lead.kinds & {"field", "camp"}:
        return _beside(known, f"a {lead.group} named after {known.place.name}")
    strict = lead.kinds <= _STRICT or lead.group == "street"
    town_for_part = lead.role == "part" and known.place.kind in ("town", "city")
    if strict or town_for_part or (lead.kinds <= SETTLED and known.place.kind not in _INHABITED):
        return _unknown(f"no {lead.group} of this name", known)
    return known


def _area(known: Location, lead: Word) -> Location:
    """The district around a town; an area named like a village need not be around it."""
    if known.place and known.place.kind in ("town", "city"):
        return _district(known, "the area of it")
    return _unknown(f"no {lead.group} of this name", known)


def _unknown(why: str, beside: Location) -> Location:
    """Unresolved: what was found instead is kept as the runner-up."""
    runner_up = (beside.place, beside.score) if beside.place else beside.runner_up
    return Location(runner_up=runner_up, why=f"{why}; {beside.why}")


def _seated(known: Location, lead: Word, asked: Asked) -> Location:
    """A district, governorate or country by the place that it is named after."""
    (named,) = lead.kinds
    kind = asked.grammar.kinds[named]
    return replace(known, where_prec=kind.precision, radius=kind.radius, why=f"the {named} by its seat; {known.why}")


def _district(known: Location, why: str, detail: str | None = None) -> Location:
    """Somewhere in the district of a town: UCDP precision 3, unless the place is an area itself."""
    if known.place is None or known.where_prec is None or known.radius is None:
        return known
    return replace(
        known, where_prec=max(3, known.where_prec), radius=max(known.radius, _NEAR), score=round(known.score * 0.8, 3),
        detail=detail or known.detail, why=f"{why}; {known.why}",
    )  # fmt: skip


def _part_of(town: Location, detail: str, lead: Word | None) -> Location:
    """In a town: the town's point (UCDP precision 1), the part kept as a detail."""
    if town.place is None or town.radius is None:
        return town
    return replace(town, detail=detail, score=round(town.score * 0.9, 3), why=f"{lead.group if lead else 'part'} of it; {town.why}")


# -- several names


def _between(tokens: list[str], asked: Asked, wish: frozenset[str]) -> Location | None:
    """Between two places, or several named together: their middle, if they lie near each other."""
    lead = asked.grammar.at(tokens, 0)
    is_between = bool(lead and lead.role == "between")
    is_line = bool(lead and lead.role == "line")
    rest = tokens[lead.length :] if lead and (is_between or is_line) else tokens
    if is_line and rest and (inner := asked.grammar.at(rest, 0)) and inner.role == "between":
        is_between, rest = True, rest[inner.length :]
    for i in range(1, len(rest)):
        if rest[i][0] == "و" or (is_line and rest[i] == _SEPARATOR):
            tail = rest[i + 1 :] if rest[i] in ("و", _SEPARATOR) else [rest[i][1:], *rest[i + 1 :]]
            if tail and all(tail) and (answer := _midway(rest[:i], tail, asked, is_between or is_line)):
                return replace(answer, where_prec=5) if is_line else answer
    return None


def _midway(one: list[str], other: list[str], asked: Asked, is_between: bool) -> Location | None:
    first = _itself(one, asked, _ANY)
    second = _between(other, asked, _ANY) or _itself(other, asked, _ANY) if first and first.place else None
    ends = [end for end in (first, second) if end and end.place and end.lat is not None and end.lon is not None]
    if len(ends) < 2:
        return None
    lat, lon = middle([(end.lat or 0.0, end.lon or 0.0) for end in ends])
    at = replace(ends[0], lat=lat, lon=lon)
    half = max(kilometres(_At(lat, lon), _At(end.lat or 0.0, end.lon or 0.0)) for end in ends)
    if half > _SEVERAL and not is_between:
        return None
    precision = max(2 if half <= _SEVERAL else 5, *(end.where_prec if (end.where_prec or 1) > 4 else 1 for end in ends))
    names = " and ".join(end.place.name for end in ends if end.place)
    return replace(
        at, where_prec=precision, radius=max(round(1000 * half), 1000), score=round(min(end.score for end in ends) * 0.9, 3),
        runner_up=(ends[1].place, ends[1].score) if ends[1].place else None, why=f"midway between {names}",
    )  # fmt: skip


class _At:
    def __init__(self, lat: float, lon: float) -> None:
        self.lat = lat
        self.lon = lon


def _apart(tokens: list[str], asked: Asked, wish: frozenset[str]) -> Location | None:
    """Parts between commas or dashes: what is in something and what it is in, in either order."""
    parts: list[list[str]] = [[]]
    for token in tokens:
        parts.append([]) if token == _SEPARATOR else parts[-1].append(token)
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return _resolve(parts[0], asked, wish) if len(parts[0]) < len(tokens) else None
    wholes = [_resolve(part, asked, SETTLED if len(part) < 3 else _ANY) for part in parts]
    for i, part in enumerate(parts):
        around = [whole for j, whole in enumerate(wholes) if j != i and whole.place]
        if around and not wholes[i].place:
            return _within(part, around, asked)
    known = [whole for whole in wholes if whole.place]
    if len(known) < 2:
        return known[0] if known and len(parts) == 1 else None
    return _finest(parts, known, asked)


def _within(part: list[str], around: list[Location], asked: Asked) -> Location:
    """A part that no gazetteer knows, in a place that one does: at its point if it is a quarter or a thing in it, else unresolved."""
    lead = asked.grammar.at(part, 0)
    host = min(around, key=lambda whole: _size(whole))
    if lead and lead.role in ("part", "inside", "after", "line"):
        return _part_of(host, " ".join(part), lead)
    if lead and lead.role in ("near", "direction"):
        return _beside(host, "near something in it", " ".join(part))
    return _unknown(f"no gazetteer knows {' '.join(part)}, beside {host.place.name if host.place else ''}", host)


def _finest(parts: list[list[str]], known: list[Location], asked: Asked) -> Location | None:
    """The smallest of several known places, each read again with the others beside it."""
    places = tuple(whole.place for whole in known if whole.place)
    again = [_resolve(part, asked._replace(near=(*asked.near, *(p for j, p in enumerate(places) if j != i))), _ANY)
             for i, part in enumerate(parts) if len(places) == len(parts)] or known  # fmt: skip
    again = [whole for whole in again if whole.place] or known
    best = min(again, key=lambda whole: _size(whole))
    hosts = [whole.place for whole in again if whole.place and whole is not best]
    if all(best.place and kilometres(best.place, host) > max(_APART, host.radius / 1000) for host in hosts if host.kind not in AREAS):
        return max(again, key=lambda whole: _size(whole)) if hosts and any(host.kind not in AREAS for host in hosts) else best
    return best


_ORDER = ("site", "neighbourhood", "village", "settlement", "camp", "town", "city", "district", "region", "governorate", "country")


def _size(whole: Location) -> tuple[int, int]:
    """Small before large."""
    kind = whole.place.kind if whole.place else "country"
    return (_ORDER.index(kind) if kind in _ORDER else 0, whole.place.population if whole.place else 0)


# -- a name before a word


def _followed(tokens: list[str], asked: Asked, wish: frozenset[str]) -> Location | None:
    """A name, a word that says where it lies from another, and that other: the name itself if it is known, else by the other."""
    for i in range(1, len(tokens) - 1):
        word = asked.grammar.at(tokens, i)
        if not word or word.role not in ("in", "near", "direction", "countryside", "middle", "kind", "part", "inside", "after"):
            continue
        tail = tokens[i + word.length :] if word.role in ("in", "near", "direction", "middle") else tokens[i:]
        lead = asked.grammar.at(tokens, 0)
        if not tail or (lead and lead.length >= i) or (word.role in ("kind", "after") and word.length == len(tail)):
            continue
        if answer := _head_and_tail(tokens[:i], word, tail, asked, wish):
            return answer
    return None


def _head_and_tail(head: list[str], word: Word, tail: list[str], asked: Asked, wish: frozenset[str]) -> Location | None:
    if word.role in ("part", "inside"):
        town = _itself(head, asked, SETTLED)
        return _part_of(town, " ".join(tail), word) if town and town.place and town.place.kind in SETTLED else None
    host = _resolve(tail, asked, _ANY if word.role in ("kind", "countryside") else SETTLED)
    if host.place is None:
        return None
    own = _resolve(head, asked._replace(near=(*asked.near, host.place)), wish)
    if own.place and kilometres(own.place, host.place) <= max(_APART, (host.radius or 0) / 1000):
        return replace(own, why=f"{own.why}, by {host.place.name}")
    if own.place and word.role in ("kind", "after"):
        return None
    lead = asked.grammar.at(head, 0)
    if word.role in ("in", "middle") and lead and lead.role in ("part", "inside", "line"):
        return _part_of(host, " ".join(head), lead)
    if word.role in ("in", "middle", "kind", "countryside"):
        return _unknown(f"no gazetteer knows {' '.join(head)}, in or by {host.place.name}", host)
    return _beside(host, f"{word.role}: by {host.place.name}", " ".join(head))


_RULES: tuple[Rule, ...] = (_itself, _kind_and_name, _apart, _between, _followed, _led)
