"""Persons of a text who stand in no table: by the titles and offices beside their names; and what stands for them later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from riwaya.extract.actorforms import places_of
from riwaya.extract.names import JOINING
from riwaya.extract.parties import Found, Parties, Party, Tokens
from riwaya.extract.phrases import ARTICLES, content_words, same_name
from riwaya.extract.scan import Scan
from riwaya.extract.speakers import Cast

_THE = "ال"
_REMEMBERED = 60  # persons, and titles, that are kept in mind: the latest named
_LONGEST_TITLE = 6  # tokens
_FAMILY = 4  # letters of the shortest last name that stands for a person by itself


def add_persons(scan: Scan, cast: Cast | None, names: Sequence[Tokens], parties: Parties, found: list[Found]) -> None:
    """Add the persons whom the text names, and the names and titles that stand for them later.

    `names` are of persons as they are told by themselves; others stand with a title, or are credited with words, where there is a cast.
    """
    taken = _Taken(found)
    named = [((one.start, one.after), one.party) for one in found if one.party is not None and _is_person(one.party)]
    titles: list[tuple[Tokens, Party]] = []
    for title, name in _named(cast, names):
        party = taken.person(name)
        if party is None:
            party = _party(scan, parties, named, name)
            if taken.free(name):
                taken.add(Found(*name, party, "form", "a name beside a title" if title else "named as a person is"))
                named.append((name, party))
        if title is not None:
            titles.append((title, party))
    for one in _family_names(scan, named):
        if taken.free((one.start, one.after)):
            taken.add(one)
    for one in _titles_alone(scan, titles):
        if taken.person((one.start, one.after)) is None:
            taken.add(one)


class _Taken:
    """What was found, and which tokens it holds."""

    def __init__(self, found: list[Found]) -> None:
        self._found = found
        self._persons = {k: one for one in found if one.party is not None and _is_person(one.party) for k in range(one.start, one.after)}
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
        self._persons.update(dict.fromkeys(range(one.start, one.after), one))


def _is_person(party: Party) -> bool:
    return party.actor is not None and party.actor.sort == "person"


def _named(cast: Cast | None, names: Sequence[Tokens]) -> Iterator[tuple[Tokens | None, Tokens]]:
    """Every name that stands with a title, every person who is credited, and every other name, in the order of the text."""
    whole = {k: name for name in names for k in range(*name)}
    told: list[tuple[Tokens | None, Tokens]] = []
    if cast is not None:
        told += [(title, whole.get(name[1] - 1, name)) for title, name in cast.titled()]
        told += [(None, whole.get(entity.name[1] - 1, entity.name)) for entity in cast.entities if entity.person]
    known = {name for _, name in told}
    told += [(None, name) for name in names if name not in known]
    yield from sorted(told, key=lambda one: one[1])


def _party(scan: Scan, parties: Parties, named: list[tuple[Tokens, Party]], name: Tokens) -> Party:
    """The party whose name this is: one of the persons before, under the same name, or a new one."""
    words = scan.words[slice(*name)]
    for before, party in reversed(named[-_REMEMBERED:]):
        if same_name(words, scan.words[slice(*before)]):
            return party
    return parties.of_form(" ".join(words), name, None, person=True)


def _family_names(scan: Scan, named: list[tuple[Tokens, Party]]) -> Iterator[Found]:
    """Where the family name of a name of several words stands for the person later, and no other of that family is named."""
    families: dict[tuple[str, ...], tuple[Tokens, Party | None]] = {}
    for name, party in named:
        family = tuple(scan.words[_family(scan, name) : name[1]])
        if len(family) < name[1] - name[0] and len(family[-1]) >= _FAMILY and not scan.heads[name[1] - 1]:
            before = families.get(family)
            families[family] = (before[0] if before else name, party if before is None or before[1] is party else None)
    names = scan.lexicon.names
    for family, (name, party_or_several) in families.items():
        if party_or_several is None:
            continue
        for i in places_of(scan, family[0], name[1]):
            after = i + len(family)
            if scan.words[i:after][1:] == [*family[1:]] and scan.words[i - 1] not in names and scan.words[after] not in names:
                yield Found(i, after, party_or_several, "coreference", "the last words of a name said before")


def _family(scan: Scan, name: Tokens) -> int:
    """Where the family name begins in a name: at its last word, or at what joins that to the ones before (عبد …, بن …)."""
    first = name[1] - 1
    while first > name[0] and scan.words[first - 1] in JOINING:
        first -= 1
    return first


def _titles_alone(scan: Scan, titles: list[tuple[Tokens, Party]]) -> Iterator[Found]:
    """Where a title stands without a name, and somebody was named with it before: مدير المرصد."""
    by_head: dict[str, list[tuple[Tokens, Party]]] = {}
    for title, party in sorted(titles, key=lambda one: one[0]):
        by_head.setdefault(scan.lexicon.bare(scan.words[title[0]]), []).append((title, party))
    held = {k for title, _ in titles for k in range(*title)}
    for i in (place for head in by_head for place in places_of(scan, head, 0) + places_of(scan, _THE + head, 0)):
        before = [(title, party) for title, party in by_head.get(scan.lexicon.bare(scan.words[i]), ())[-_REMEMBERED:] if title[0] < i]
        if not before or i in held or scan.heads[i] != "role":
            continue
        after = _title_end(scan, i)
        if (after == i + 1 and not scan.words[i].startswith(ARTICLES)) or _names_somebody(scan, after):
            continue
        words = content_words(scan, (i, after))
        fits = [party for title, party in before if words <= content_words(scan, title)]
        if len(set(map(id, fits))) == 1:
            yield Found(i, after, fits[-1], "coreference", "a title that somebody was named with before")


def _title_end(scan: Scan, i: int) -> int:
    after = i + 1
    while after < i + _LONGEST_TITLE and scan.words[after].startswith(_THE) and not scan.classes[after]:
        after += 1
    return after


def _names_somebody(scan: Scan, k: int) -> bool:
    """Whether a name, or more of a title, begins at token k."""
    return scan.words[k] in scan.lexicon.names or (not scan.classes[k] and not scan.verb(k) and scan.seen[k] in ("name", "definite"))
