"""The actors and places that mentions are of: each once, with its mentions, in the order in which they are first named."""

from __future__ import annotations

from collections.abc import Iterable

from riwaya.model import ActorMention, PlaceMention

ActorKey = tuple[str, str]
PlaceKey = tuple[str, object]  # an id, or a name that no place is known for


def actors(mentions: Iterable[ActorMention]) -> dict[ActorKey, list[ActorMention]]:
    """Mentions by whom they are of: the table's actor, or the name that this text gives. What stands for nobody known goes by its words."""
    found: dict[ActorKey, list[ActorMention]] = {}
    for mention in mentions:
        how = "table" if mention.actor else "text" if mention.resolved else "open"
        found.setdefault((how, mention.actor.id if mention.actor else mention.name), []).append(mention)
    return found


def places(mentions: Iterable[PlaceMention], text: str) -> dict[PlaceKey, list[PlaceMention]]:
    """Mentions by the place that they are of and by how exactly that is known, so that one location stands for all of a group.

    Unresolved ones go by their name in `text`, and by what was found instead.
    """
    found: dict[PlaceKey, list[PlaceMention]] = {}
    for mention in mentions:
        where = mention.location
        key: PlaceKey = (mention.span.of(text), where.runner_up is None)
        if where.place:
            key = (where.place.id, (where.lat, where.lon, where.where_prec, where.radius))
        found.setdefault(key, []).append(mention)
    return found
