"""Persons of a text who stand in no table: by the titles and offices beside their names; and what stands for them later."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

from riwaya.extract.actorforms import places_of
from riwaya.extract.parties import Found, Parties, Party, Tokens
from riwaya.extract.phrases import ARTICLES, content_words, same_name
from riwaya.extract.scan import Scan
from riwaya.extract.speakers import Cast

_THE = "ال"
_REMEMBERED = 60  # persons, and titles, that are kept in mind: the latest named
_LONGEST_TITLE = 6  # tokens
_FAMILY = 4  # letters of the shortest last name that stands for a person by itself


def add_persons(scan: Scan, cast: Cast, names: Sequence[Tokens], parties: Parties, found: list[Found]) -> None:
    """Add the persons whom the text names, and the names and titles that stand for them later. `names` are of persons as they are told by
    themselves; others stand with a title, or are credited with words."""
    taken = _Taken(found)
    titles: list[tuple[Tokens, Party]] = []
    named: list[tuple[Tokens, Party]] = []
    for title, name in _named(cast, names):
        party = taken.person(name)
        if party is None:
            party = _party(scan, parties, named, name)
            if taken.free(name):
                taken.add(Found(*name, party, "form", "a name beside a title" if title else "named as a person is"))
                named.append((name, party))
        if title is not None:
            titles.append((title, party))
    for name, party in named:
        for one in _family_name(scan, name, party):
            if taken.free((one.start, one.after)):
                taken.add(one)
    for one in _titles_alone(scan, titles):
        if taken.free((one.start, one.after)):
            taken.add(one)


class _Taken:
    """What was found, and which tokens it holds."""

    def __init__(self, found: list[Found]) -> None:
        self._found = found
        self._persons = {k: one for one in found if _is_person(one.party) for k in range(one.start, one.after)}
        self._tokens = {k for one in found if one.how != "form" for k in range(one.start, one.after)}

    def person(self, name: Tokens) -> Party | None:
        """The person of the table whose name these tokens hold or lie in."""
        return next((one.party for k in range(*name) if (one := self._persons.get(k))), None)

    def free(self, tokens: Tokens) -> bool:
        """Whether nobody was found at these tokens."""
        return self._tokens.isdisjoint(range(*tokens))

    def add(self, one: Found) -> None:
        """Keep it."""
        self._found.append(one)
        self._tokens.update(range(one.start, one.after))


def _is_person(party: Party | None) -> bool:
    return party is not None and party.actor is not None and party.actor.sort == "person"


def _named(cast: Cast, names: Sequence[Tokens]) -> Iterator[tuple[Tokens | None, Tokens]]:
    """Every name that stands with a title, every person who is credited, and every other name, in the order of the text."""
    whole = {k: name for name in names for k in range(*name)}
    titled: list[tuple[Tokens | None, Tokens]] = [(title, whole.get(name[1] - 1, name)) for title, name in cast.titled()]
    credited = [(None, whole.get(entity.name[1] - 1, entity.name)) for entity in cast.entities if entity.person]
    told = {name for _, name in (*titled, *credited)}
    others = [(None, name) for name in names if name not in told]
    yield from sorted((*titled, *credited, *others), key=lambda one: one[1])


def _party(scan: Scan, parties: Parties, named: list[tuple[Tokens, Party]], name: Tokens) -> Party:
    """The party whose name this is: one of the persons before, under the same name, or a new one."""
    words = scan.words[slice(*name)]
    for before, party in reversed(named[-_REMEMBERED:]):
        if same_name(words, scan.words[slice(*before)]):
            return party
    return parties.of_form(" ".join(words), name, None, person=True)


def _family_name(scan: Scan, name: Tokens, party: Party) -> Iterator[Found]:
    """Where the last word of a name of several stands for the person later."""
    family = scan.words[name[1] - 1]
    if name[1] - name[0] < 2 or len(family) < _FAMILY or scan.heads[name[1] - 1]:
        return
    names = scan.lexicon.names
    for i in places_of(scan, family, name[1]):
        if scan.words[i - 1] not in names and scan.words[i + 1] not in names:  # else somebody else of the family
            yield Found(i, i + 1, party, "coreference", "the last word of a name said before")


def _titles_alone(scan: Scan, titles: list[tuple[Tokens, Party]]) -> Iterator[Found]:
    """Where a title stands without a name, and somebody was named with it before: مدير المرصد."""
    if not titles:
        return
    known = sorted(((title, party, content_words(scan, title)) for title, party in titles), key=lambda one: one[0])
    starts = [title[0] for title, _, _ in known]
    held = {k for title, _ in titles for k in range(*title)}
    for i in range(min(title[1] for title, _ in titles), scan.size):
        if scan.heads[i] != "role" or scan.classes[i] or i in held:
            continue
        after = _title_end(scan, i)
        if after == i + 1 and not scan.words[i].startswith(ARTICLES):
            continue
        words = content_words(scan, (i, after))
        head = scan.lexicon.bare(scan.words[i])
        fits = [
            (title, party)
            for title, party, have in islice(reversed(known[: bisect_left(starts, i)]), _REMEMBERED)
            if scan.lexicon.bare(scan.words[title[0]]) == head and words <= have
        ]
        persons = {id(party) for _, party in fits}
        if len(persons) == 1 and not _names_somebody(scan, after):
            party = fits[0][1]
            yield Found(i, after, party, "coreference", "a title that somebody was named with before")


def _title_end(scan: Scan, i: int) -> int:
    after = i + 1
    while after < i + _LONGEST_TITLE and scan.words[after].startswith(_THE) and not scan.classes[after]:
        after += 1
    return after


def _names_somebody(scan: Scan, k: int) -> bool:
    """Whether a name, or more of a title, begins at token k."""
    return scan.words[k] in scan.lexicon.names or (not scan.classes[k] and not scan.verb(k) and scan.seen[k] in ("name", "definite"))
