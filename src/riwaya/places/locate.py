"""Where a phrase is: `locate` reads whole phrases as people write them, and answers with a place and how exactly it is known.

A phrase is read by the first rule that has an answer: a name; a name behind the word that says what it is; parts between commas and
dashes, of which one lies in the other; two names joined by بين or by و; a name before a word that says where it lies from another, known
itself or only by that other; a name behind such a word. What no rule reads stays unresolved, and says why.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

from riwaya.lang.tables import Words, load
from riwaya.model import Location, Place
from riwaya.places import answers
from riwaya.places.choose import AREAS, SETTLED, Asked, choose
from riwaya.places.grammar import AND, Word, grammar, spellings
from riwaya.places.keys import loose
from riwaya.places.layers import Found, Gazetteers

_UNSEEN = re.compile("[\u0640\u064b-\u065f\u0670\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SEPARATOR = ","
_TOKENS = re.compile(r"[^\W_][\w'’]*|[-–—,،:;؛/|()\[\]\n]").findall
_WORD = re.compile(r"\w")
_MOST = 20  # tokens of a phrase: what is longer is a sentence
_APART = 60.0  # kilometres: what is farther from a place is not in it, nor beside it
_SEVERAL = 25.0  # kilometres from their middle: several places nearer than this are told by it
_INHABITED = SETTLED | AREAS | {"neighbourhood", "camp"}
_STRICT = frozenset(
    {"river", "lake", "mountain", "island", "country", "settlement", "road", "dam", "region"}
)  # their words go before nothing else
_LONG = 5  # letters that a name needs, without its article, to be known by a loose spelling: shorter ones are often other words
_ANY: frozenset[str] = frozenset()
_WASTE = 2 * answers.NEAR


def locate(
    phrase: str, gazetteers: Gazetteers, *, country: str | None = None, near: Sequence[Place] = (), words: Words | None = None
) -> Location:
    """Where this phrase is. Unresolved is an answer: its place is None, and `why` says what is missing.

    `country` (ISO 3166-1 alpha-2) is where it is known to lie: nothing is found in others. `near` are other places of the same text, which
    settle which of several is meant; a country among them makes its places likelier, and leaves the others possible.
    """
    asked = Asked(gazetteers, grammar(words or load()), {}, country, tuple(near))
    tokens = [token if _WORD.match(token) else _SEPARATOR for token in _TOKENS(_UNSEEN.sub("", unicodedata.normalize("NFKC", phrase)))]
    if len(tokens) > _MOST:
        return Location(why=f"{len(tokens)} words and marks: a name and what stands around it has {_MOST} at most")
    return _resolve(tokens, asked, _ANY)


Tokens = list[str]
Rule = Callable[[Tokens, Asked, frozenset[str]], Location | None]


def _resolve(tokens: Tokens, asked: Asked, wish: frozenset[str]) -> Location:
    """The answer of the first rule that has one; else that of the first that can say why there is none. `wish` are kinds it may have."""
    asking = tuple(tokens), asked.near, wish
    if asking not in asked.answered:
        asked.answered[asking] = _read(tokens, asked, wish)
    return asked.answered[asking]


def _read(tokens: Tokens, asked: Asked, wish: frozenset[str]) -> Location:
    reason: Location | None = None
    if not any(map(_WORD.match, tokens)):
        return Location(why="no words")
    for rule in _RULES:
        answer = rule(tokens, asked, wish)
        if answer and answer.place:
            return answer
        reason = reason or answer
    return reason or Location(why=f"no gazetteer knows {' '.join(tokens)}")


# -- a name, and a word before it


def _itself(tokens: Tokens, asked: Asked, wish: frozenset[str]) -> Location | None:
    """The whole phrase is the name of a place."""
    name = [token for token in tokens if token != _SEPARATOR]
    if not name:
        return None
    lead = asked.grammar.at(name, 0)
    pick = choose(_named(name, asked), asked, wish or (lead.kinds if lead else _ANY))
    return pick and answers.itself(pick, asked.grammar.kinds[pick.place.kind] if pick.place else None)


def _named(name: Sequence[str], asked: Asked) -> list[Found]:
    """The places of a name; if there are none of it as it stands, of what is left without attached letters."""
    for first in spellings(name[0]):
        spelled = " ".join((first, *name[1:]))
        found = asked.gazetteers.named(spelled)
        if len(loose(spelled)) < _LONG:
            found = [one for one in found if one.hit.spelling != "loose"]
        if found:
            return found
    return []


def _kind_and_name(tokens: Tokens, asked: Asked, wish: frozenset[str]) -> Location | None:
    """A word that says what it is, and behind it nothing but the name. في before a phrase says nothing."""
    lead, rest = _lead(tokens, asked)
    if lead is None or not rest or lead.role not in ("in", "middle", "kind", "part"):
        return None
    if lead.role in ("in", "middle"):
        return _resolve(rest, asked, wish or SETTLED if lead.role == "middle" else wish)
    known = _itself(rest, asked, lead.kinds) or _kind_and_name(rest, asked, wish)
    return _of_kind(lead, known, asked) if known else None


def _led(tokens: Tokens, asked: Asked, wish: frozenset[str]) -> Location | None:
    """A word that says what the phrase behind it is, or where it lies from it."""
    lead, rest = _lead(tokens, asked)
    if lead is None or not rest or lead.role in ("between", "side", "in", "middle"):
        return None
    if lead.role in ("near", "direction"):
        return answers.beside(_resolve(rest, asked, SETTLED), lead.group)
    if lead.role in ("countryside", "waste"):
        return _around(lead, rest, asked)
    if lead.role in ("inside", "line"):
        return _stands_in(lead, rest, asked)
    return _of_kind(lead, _resolve(rest, asked, lead.kinds), asked)


def _lead(tokens: Tokens, asked: Asked) -> tuple[Word | None, Tokens]:
    """The word that a phrase begins with, if it is one of the table, and what follows it."""
    lead = asked.grammar.at(tokens, 0)
    return lead, tokens[lead.length :] if lead else tokens


def _around(lead: Word, rest: Tokens, asked: Asked) -> Location:
    """The countryside of a town: of a governorate's seat the governorate, else its district. A desert has no bounds."""
    side = asked.grammar.at(rest, len(rest) - 1) if len(rest) > 1 else None
    known = _resolve(rest[:-1] if side and side.role == "side" else rest, asked, _ANY)
    return answers.line(known, lead.group, _WASTE) if lead.role == "waste" else answers.district(known, lead.group)


def _stands_in(lead: Word, rest: Tokens, asked: Asked) -> Location | None:
    """A thing whose own name says nothing of where it is: only what follows that name can. A road by a known place is a line."""
    inner = asked.grammar.at(rest, 0)
    if lead.role == "line":
        return answers.line(_resolve(rest, asked, SETTLED), lead.group)
    if inner and inner.role == "kind":
        return answers.part_of(_resolve(rest, asked, _ANY), lead.group, " ".join(rest))
    return None


def _of_kind(lead: Word, known: Location, asked: Asked) -> Location:
    """The place behind a word for its kind; one of another kind, as far as the word lets it be."""
    if known.place is None:
        return known
    kind = known.place.kind
    if lead.group == "area" and kind in SETTLED:  # an area named like a village need not be around it
        return answers.district(known, lead.group) if kind in ("town", "city") else answers.unknown(f"no {lead.group} of this name", known)
    if kind in lead.kinds:
        return known
    if lead.kinds <= AREAS:
        return answers.seated(known, asked.grammar.kinds[min(lead.kinds)], f"{lead.group}, by its seat")
    if lead.role == "after" or lead.kinds & {"field", "camp"}:
        return answers.beside(known, f"{lead.group} named after {known.place.name}")
    strict = lead.kinds <= _STRICT or lead.group == "street" or (lead.role == "part" and kind in ("town", "city"))
    if strict or (lead.kinds <= SETTLED and kind not in _INHABITED):
        return answers.unknown(f"no {lead.group} of this name", known)
    return known


# -- several names


def _between(tokens: Tokens, asked: Asked, wish: frozenset[str]) -> Location | None:
    """Between two places, on the road of two, or several told together: their middle, if they are near each other or it is said."""
    lead, rest = _lead(tokens, asked)
    is_line = lead is not None and lead.role == "line"
    inner, behind = _lead(rest, asked) if is_line and rest else (lead, rest)
    is_between = inner is not None and inner.role == "between"
    ends = _ends(behind if is_between else rest if is_line else tokens, asked, is_line)
    if len(ends) < 2:
        return None
    answer = answers.midway(ends, 5 if is_line else 2)
    if (answer.radius or 0) <= 1000 * _SEVERAL or not (is_line or is_between):
        return answer if (answer.radius or 0) <= 1000 * _SEVERAL else None
    return answers.line(answer, "far apart")


def _ends(tokens: Tokens, asked: Asked, is_line: bool) -> list[Location]:
    """The places joined by و, and on a road by a dash: two or more, or none where one is not known."""
    for i in range(1, len(tokens)):
        parts = tokens[i][0] == AND or (is_line and tokens[i] == _SEPARATOR)
        bare = tokens[i + 1 :] if tokens[i] in (AND, _SEPARATOR) else [tokens[i][1:], *tokens[i + 1 :]]
        if not parts or not bare:
            continue
        first = _one_end(tokens[:i], asked)
        last = _one_end(bare, asked) if first else None
        if first and last:
            return [first, last]
        if first and (rest := _ends(bare, asked, is_line)):
            return [first, *rest]
    return []


def _one_end(tokens: Tokens, asked: Asked) -> Location | None:
    known = _itself(tokens, asked, SETTLED) or _kind_and_name(tokens, asked, SETTLED)
    return known if known and known.place else None


def _apart(tokens: Tokens, asked: Asked, wish: frozenset[str]) -> Location | None:
    """Parts between commas or dashes: what is in something and what it is in, in either order."""
    parts: list[Tokens] = [[]]
    for token in tokens:
        parts.append([]) if token == _SEPARATOR else parts[-1].append(token)
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return _resolve(parts[0], asked, wish) if len(parts[0]) < len(tokens) else None
    wholes = [_resolve(part, asked, SETTLED if len(part) < 3 else _ANY) for part in parts]
    known = [whole for whole in wholes if whole.place]
    if not known:
        return None
    around = asked.beside(tuple(whole.place for whole in known if whole.place))
    wholes = [whole if whole.place else _resolve(part, around, _ANY) for part, whole in zip(parts, wholes, strict=True)]
    unknown = next((part for part, whole in zip(parts, wholes, strict=True) if not whole.place), None)
    return _within(unknown, min(known, key=_size), asked) if unknown else _finest(parts, wholes, asked)


def _within(part: Tokens, host: Location, asked: Asked) -> Location:
    """A part that no gazetteer knows, in a place that one does: at its point if it is a quarter or a thing in it; in an area, the area."""
    lead, detail = asked.grammar.at(part, 0), " ".join(part)
    if lead and lead.role in ("near", "direction"):
        return answers.beside(host, lead.group, detail)
    if (lead and lead.role in ("part", "inside", "after", "line")) or (host.where_prec or 0) > 2:
        return answers.part_of(host, lead.group if lead else "in it", detail)
    return answers.unknown(f"no gazetteer knows {detail}, in or by {host.place.name if host.place else ''}", host)


def _finest(parts: list[Tokens], wholes: list[Location], asked: Asked) -> Location:
    """The smallest of several known places, read again with the others beside it; of places far apart, the largest."""
    best = min(range(len(wholes)), key=lambda i: _size(wholes[i]))
    others = [whole for i, whole in enumerate(wholes) if i != best]
    beside = tuple(whole.place for whole in others if whole.place)
    again = _resolve(parts[best], asked.beside(beside), _ANY)
    finest = again if again.place else wholes[best]
    fits = any(answers.distance(finest, other) <= max(_APART, (other.radius or 0) / 1000) for other in others)
    return finest if fits else answers.unknown("places far apart", max(wholes, key=_size))


_ORDER = ("site", "neighbourhood", "village", "settlement", "camp", "town", "city", "district", "region", "governorate", "country")


def _size(whole: Location) -> tuple[int, int]:
    """Small before large; what is no inhabited place or area, such as a bridge, before all."""
    kind = whole.place.kind if whole.place else "country"
    return _ORDER.index(kind) if kind in _ORDER else 0, whole.place.population if whole.place else 0


# -- a name before a word


def _followed(tokens: Tokens, asked: Asked, wish: frozenset[str]) -> Location | None:
    """A name, a word that says where it lies from another, and that other."""
    lead, _ = _lead(tokens, asked)
    for i in range(max(1, lead.length + 1 if lead else 1), len(tokens) - 1):
        word = asked.grammar.at(tokens, i)
        if word is None or word.role in ("waste", "between", "side", "line"):
            continue
        is_relation = word.role in ("in", "near", "direction", "middle")
        tail = tokens[i + word.length :] if is_relation else tokens[i:]
        if len(tail) > (0 if is_relation else word.length) and (answer := _head_and_tail(tokens[:i], word, tail, asked)):
            return answer
    return None


def _head_and_tail(head: Tokens, word: Word, tail: Tokens, asked: Asked) -> Location | None:
    """The head itself if it is known and lies by the tail; else by the tail: in it, near it, or unresolved in it."""
    if word.role in ("part", "inside"):
        town = _itself(head, asked, SETTLED)
        return answers.part_of(town, word.group, " ".join(tail)) if town and town.place and town.place.kind in SETTLED else None
    host = _resolve(tail, asked, _ANY if word.role in ("kind", "countryside") else SETTLED)
    if host.place is None:
        return None
    own = _resolve(head, asked.beside((host.place,)), _ANY)
    if own.place and answers.distance(own, host) <= max(_APART, (host.radius or 0) / 1000):
        return replace(own, why=f"{own.why}, by {host.place.name}")
    if word.role in ("near", "direction"):
        return _out_there(head, word, host, asked)
    return None if own.place and word.role in ("kind", "after") else _within(head, host, asked)


def _out_there(head: Tokens, word: Word, host: Location, asked: Asked) -> Location:
    """What no gazetteer knows, near a place: within some 25 km of it; a road north of it is a line."""
    lead = asked.grammar.at(head, 0)
    known = answers.beside(host, word.group, " ".join(head))
    return answers.line(known, lead.group) if lead and lead.role == "line" else known


_RULES: tuple[Rule, ...] = (_itself, _kind_and_name, _apart, _between, _followed, _led)
