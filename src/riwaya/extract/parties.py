"""Who takes part in one text: the actors and unnamed bodies that it names, as they come up in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from riwaya.extract.actornames import ActorNames, ShortForm
from riwaya.model import Actor, How, Sector

Tokens = tuple[int, int]


@dataclass(eq=False, slots=True)
class Party:
    """Somebody of this text.

    `name` is where it names them most fully; `heads` are the nouns that it puts before their names; `person` for a
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
    """Words of a text that name or stand for somebody, in token numbers; `party` is `None` where it stays open who."""

    start: int
    after: int
    party: Party | None
    how: How = "table"
    why: str = ""
    short: ShortForm | None = None
    readings: tuple[int, ...] = ()


class Parties:
    """The parties of one text."""

    def __init__(self, names: ActorNames) -> None:
        self.names = names
        self.all: list[Party] = []
        self._actors: dict[str, Party] = {}
        self._forms: dict[str, Party] = {}

    def of_actor(self, actor: Actor, at: Tokens) -> Party:
        """The party that is an actor of the table, seen at these tokens."""
        party = self._actors.get(actor.id)
        if party is None:
            party = self._actors[actor.id] = self._new(Party(at, actor.kind, actor, person=actor.sort != "body"))
        return self._see(party, at)

    def of_form(self, words: str, at: Tokens, kind: Sector | None, *, source: bool = False, person: bool = False) -> Party:
        """The party that these folded words describe, seen at these tokens."""
        party = self._forms.get(words)
        if party is None:
            party = self._forms[words] = self._new(Party(at, kind, source=source, person=person))
        return self._see(party, at)

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

    def _new(self, party: Party) -> Party:
        self.all.append(party)
        return party

    def _see(self, party: Party, at: Tokens) -> Party:
        party.seen.append(at[0])
        if at[1] - at[0] > party.name[1] - party.name[0]:
            party.name = at
        return party


def latest_before(parties: Iterable[Party], at: int) -> list[tuple[int, Party]]:
    """The parties seen before token `at`, each with where it was seen last, latest first."""
    found = [(max(seen), party) for party in parties if (seen := [place for place in party.seen if place < at])]
    return sorted(found, key=lambda one: -one[0])
