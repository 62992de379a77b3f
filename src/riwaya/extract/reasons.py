"""Why a place or an actor was taken for the one it is: steps of `explain`, from what was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from riwaya.model import ActorMention, Place, PlaceMention, Step


def placed(mentions: Iterable[PlaceMention]) -> Iterator[Step]:
    """How sure and how exact each place is, by what it was chosen, and what came next; of an unresolved one, why it stays open."""
    for mention in mentions:
        where = mention.location
        known = f"score {where.score:.2f}, precision {where.where_prec}, radius {where.radius} m" if where.place else "unresolved"
        reason = f"{known}; {where.why}" if where.why else known
        if where.runner_up and where.runner_up[0] != where.place:
            reason += f"; next: score {where.runner_up[1]:.2f}, {_told(where.runner_up[0])}"
        words = (where.place.id, _told(where.place)) if where.place else ()
        yield Step(mention.phrase, "gazetteer", "place", reason, words)


def acting(mentions: Iterable[ActorMention]) -> Iterator[Step]:
    """How each actor was found, by what words, and who it is; of one that nobody is known for, why."""
    for mention in mentions:
        reason = (mention.why or "by its words") if mention.resolved else f"nobody known: {mention.why}" if mention.why else "nobody known"
        about = ", ".join((mention.sort, *([mention.kind] if mention.kind else [])))
        known = (mention.actor.id,) if mention.actor else ()
        yield Step(mention.span, mention.how, "actor", reason, (*known, f"{mention.name} ({about})") if mention.resolved else ())


def _told(place: Place) -> str:
    return f"{place.name} ({', '.join(filter(None, (place.kind, place.country)))})"
