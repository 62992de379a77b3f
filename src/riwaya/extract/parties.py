"""Who takes part in one text: the actors and unnamed bodies that it names, as they come up in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice

from riwaya.extract.actornames import ActorNames, ShortForm
from riwaya.model import Actor, How, Sector

Tokens = tuple[int, int]
_REMEMBERED = 60  # parties of one text that are kept in mind: the latest seen


@dataclass(eq=False, slots=True)
class Party:
    """Somebody of this text.

    `name` is where it names them most fully; `heads` are the nouns that it puts before their names, `seen` the tokens
    where they were seen so far; `person` for a
    person or an office, for whom no noun of bodies stands.
    """

    name: Tokens
    kind: Sector | None = None
    actor: Actor | None = None
    source: bool = False
    person: bool = False
    heads: set[str] = field(default_factory=set)
    seen: list[int] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class Found:
    """Words of a text that name or stand for somebody, in token numbers; `party` is `None` where it stays open who.

    `doubtful` where it counts only if the text comes back to it, or credits it.
    """

    start: int
    after: int
    party: Party | None
    how: How = "table"
    why: str = ""
    short: ShortForm | None = None
    readings: tuple[int, ...] = ()
    doubtful: bool = False


class Parties:
    """The parties of one text: all that it names, and, as it is read a second time, those seen so far."""

    def __init__(self, names: ActorNames) -> None:
        self.names = names
        self._actors: dict[str, Party] = {}
        self._forms: dict[str, Party] = {}
        self._seen: dict[Party, None] = {}  # in the order in which they were seen last
        self._headed: dict[str, list[Party]] | None = None

    def of_actor(self, actor: Actor, at: Tokens) -> Party:
        """The party that is an actor of the table, named at these tokens."""
        if actor.id not in self._actors:
            self._actors[actor.id] = Party(at, actor.kind, actor, person=actor.sort != "body")
        return _named(self._actors[actor.id], at)

    def of_form(self, words: str, at: Tokens, kind: Sector | None, *, source: bool = False, person: bool = False) -> Party:
        """The party that these folded words describe, named at these tokens."""
        if words not in self._forms:
            self._forms[words] = Party(at, kind, source=source, person=person)
        return _named(self._forms[words], at)

    def known(self, actor: str) -> Party | None:
        """The party that is the actor of this id, if the text names it."""
        return self._actors.get(actor)

    def fits(self, noun: ShortForm, party: Party) -> int:
        """How well a short form's noun fits a party: 3 it heads a name of it, 2 a noun of its meaning does, 1 it is of its kind, 0 not."""
        if noun.source != party.source or party.person:
            return 0
        heads = party.heads if party.actor is None or noun.many else self.names.heads(party.actor) | party.heads
        if noun.noun in heads:
            return 3
        if not noun.heads.isdisjoint(heads) and (not noun.kinds or party.kind in noun.kinds):
            return 2
        return 1 if party.actor is not None and party.kind in noun.kinds else 0

    def headed(self, noun: str) -> list[Party]:
        """The actors of the table that the text names anywhere and that have a name which this noun heads."""
        if self._headed is None:
            self._headed = {}
            for party in self._actors.values():
                for head in self.names.heads(party.actor) if party.actor and not party.person else ():
                    self._headed.setdefault(head, []).append(party)
        return self._headed.get(noun, [])

    def see(self, party: Party, place: int) -> None:
        """Note that a party is seen at a token, behind all that was seen before."""
        party.seen.append(place)
        self._seen.pop(party, None)
        self._seen[party] = None

    def latest(self) -> list[Party]:
        """The parties seen last, latest first."""
        return list(islice(reversed(self._seen), _REMEMBERED))


def _named(party: Party, at: Tokens) -> Party:
    if at[1] - at[0] > party.name[1] - party.name[0]:
        party.name = at
    return party
