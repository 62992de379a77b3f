"""What things are called in the ledger and on the page, in Arabic and in English; the words are in `labels.toml` and `countries.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from math import ceil, log10
from pathlib import Path
from typing import Any

from riwaya.model import ActorMention, Article, Location, Place, Quantity, Source, TimeExpression
from riwaya.show.clean import finite, one_line

LANGUAGES = ("ar", "en")
_DEGREE = 111_000  # metres of latitude


class Labels:
    """One language's labels. `labels["claims"]` is a word; `labels.of("kind", "person")` is a value of the model in that language."""

    def __init__(self, language: str, rows: Mapping[str, Any]) -> None:
        self.language = language
        self.rows = rows

    def __getitem__(self, name: str) -> str:
        """The label called `name`. KeyError if there is none."""
        label: str = self.rows[name]
        return label

    def of(self, what: str, value: str) -> str:
        """What a value of the model (`kind`, `naming`, `form`, `attitude`, `bound`) is called; the value itself if it has no label."""
        label: str = self.rows[what].get(value, value)
        return label

    @property
    def rtl(self) -> bool:
        """Whether this language is written from right to left."""
        return self.language == "ar"

    def who(self, source: Source) -> list[str]:
        """What is known of a source besides its name: kind, naming where it adds something, role, affiliation."""
        known = [self.of("kind", source.kind)]
        if source.naming not in ("named", "unspecified", source.kind):
            known.append(self.of("naming", source.naming))
        return [*known, *(fact for fact in (source.role, source.affiliation) if fact)]

    def amount(self, quantity: Quantity) -> str:
        """What a quantity comes to, in words: `at most 150`, `vague, 20 to 99`."""
        low, high, bound = quantity.low, quantity.high, str(quantity.bound)
        if low is None and high is None:
            bound = "unknown"
        elif bound == "about" and low != high and None not in (low, high):
            bound = "about-between"
        elif bound == "exact" and low != high:
            bound = "between" if None not in (low, high) else "at least" if high is None else "at most"
        elif bound in ("vague", "between") and high is None:
            bound = "vague-open" if bound == "vague" else "at least"
        elif bound in ("vague", "between") and low is None:
            bound = "vague-below" if bound == "vague" else "at most"
        first = low if low is not None else high
        return self.of("bound", bound).format(low=number(first), high=number(high if high is not None else low))

    def interval(self, time: TimeExpression, article: Article) -> str:
        """When a time expression is, as days; or why it is not known."""
        if time.start is None and time.end is None:
            if time.type == "DURATION":
                return self["lasting"]
            return self["no_date" if article.published is None else "not_placed"]
        start, end = (self.day(day) if day else "…" for day in (time.start, time.end))
        return start if start == end else f"{start} {self['until']} {end}"

    def name(self, place: Place) -> str:
        """A place's name in this language; empty where the gazetteer has none."""
        return one_line(place.name if self.rtl else place.english)

    def place(self, place: Place) -> str:
        """A place with what it is and in which country: `Raqqa (city, Syria)`; without a name in this language, only that."""
        known = [self.of("place-kind", place.kind)]
        if place.country and place.kind != "country":
            known.append(self.country(place.country))
        name, about = self.name(place), self["comma"].join(known)
        return f"{name} ({about})" if name else about

    def country(self, code: str) -> str:
        """What a country is called (its code, ISO 3166-1 alpha-2); the code itself if it has no name here."""
        names = _countries().get(code)
        return names[LANGUAGES.index(self.language)] if names else one_line(code)

    def exactness(self, location: Location) -> str:
        """How exactly it is known where something is: `near it ± 25 km`, the distance in one piece.

        A quarter that is told by its town is at precision 1, but is not the town itself.
        """
        if location.where_prec == 1 and location.detail:
            known = [self["inside"]]
        else:
            known = [self.of("precision", str(location.where_prec))] if location.where_prec else []
        return " ".join([*known, *([f"±\u00a0{self.distance(location.radius)}"] if location.radius else [])])

    def where(self, location: Location) -> str:
        """Where something is, and how exactly that is known; or that it is not."""
        if location.place is None:
            return self["ambiguous" if location.runner_up else "unlisted"]
        return f"{self.place(location.place)}{self['comma']}{self.exactness(location)}"

    def distance(self, metres: int) -> str:
        """A distance to two digits: `2.6 km`. A radius is an estimate, and has no more."""
        digits = round(metres, 1 - int(log10(metres))) if metres >= 1 else 0
        if digits < 1000:
            return f"{digits}\u00a0{self['metres']}"
        return f"{number(digits / 1000)}\u00a0{self['kilometres']}"

    def called(self, mention: ActorMention) -> str:
        """Who is meant, by name in this language; empty where nobody is known to be, or the table has no name in it."""
        if self.rtl:
            return one_line(mention.name) if mention.resolved else ""
        return one_line(mention.actor.en) if mention.actor else ""

    def acts(self, mention: ActorMention) -> str:
        """What is known of an actor besides the name: whether it is a person or an office, and the sector; or that nobody is known."""
        if not mention.resolved:
            return self["nobody_known"]
        known = [self.of("sort", mention.sort)] if mention.sort != "body" or not mention.kind else []
        return self["comma"].join([*known, *([self.of("sector", mention.kind)] if mention.kind else [])])

    def day(self, day: Any) -> str:
        """A date: ISO in English; with slashes in Arabic, where hyphens between numbers turn a date round (UAX 9, W4)."""
        iso: str = day.isoformat()
        return iso.replace("-", "/") if self.rtl else iso


@cache
def load_labels(language: str = "ar") -> Labels:
    """The labels of `ar` or `en`. KeyError for another language."""
    rows = tomllib.loads(Path(__file__).with_name("labels.toml").read_text("utf-8"))
    return Labels(language, rows[language])


@cache
def _countries() -> dict[str, list[str]]:
    return tomllib.loads(Path(__file__).with_name("countries.toml").read_text("utf-8"))


def coordinates(location: Location) -> str:
    """Latitude and longitude in degrees, with no more digits than the radius allows; empty where they are not known."""
    lat, lon = finite(location.lat), finite(location.lon)
    if lat is None or lon is None:
        return ""
    digits = max(0, min(4, ceil(log10(_DEGREE / max(1, location.radius or 1)))))
    return f"{lat:.{digits}f}, {lon:.{digits}f}"


def title(article: Article) -> str:
    """What to call an article: its headline, else the first words that its text marks as one, else its id."""
    marked = next((passage.span for passage in article.passages if passage.kind == "headline"), None)
    return article.headline or (marked.of(article.text) if marked else "") or article.id


def number(value: int | float | None) -> str:
    """A number with thousands commas; `?` where it is open or too large to write out."""
    value = finite(value)
    if value is None:
        return "?"
    return f"{value:,}" if isinstance(value, int) or not value.is_integer() else f"{int(value):,}"
