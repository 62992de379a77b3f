"""The nouns: plain values that every other room passes around.

Every offset is a code point of the article's raw text, counted from 0; every span is half-open, [start, end).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

Kind = Literal["person", "organisation", "document", "media", "anonymous", "unspecified"]
Naming = Literal["named", "anonymous", "collective", "institutional", "unspecified"]
Form = Literal["direct", "indirect", "mixed"]
Attitude = Literal["asserted", "denied", "hedged", "called-for"]
Bound = Literal["exact", "about", "at least", "at most", "between", "vague", "unknown"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
Grain = Literal["minute", "hour", "part of day", "day", "week", "month", "season", "year", "decade", "century", "unknown"]
Unread = Literal["missing", "empty", "binary", "foreign", "broken", "partly"]
PlaceKind = Literal[
    "country", "governorate", "district", "city", "town", "village", "settlement", "neighbourhood", "camp", "dam", "river", "lake", "road",
    "bridge", "crossing", "airport", "port", "base", "mountain", "island", "region", "sea", "strait", "field", "site",
]  # fmt: skip
Sector = Literal[
    "GOV", "JUD", "LEG", "MIL", "COP", "OPP", "PTY", "REB", "PRM", "SPY", "UAF",
    "CVL", "ELI", "BUS", "EDU", "MED", "LAB", "AGR", "JRN", "REF", "REL", "SOC", "CRM",
    "IGO", "NGO", "ISM", "IMG", "MNC",
]  # fmt: skip
Sort = Literal["body", "person", "office"]
How = Literal["table", "introduced", "form", "coreference"]
NameKind = Literal["person", "organisation", "place"]
Scope = Literal["content", "sentence", "passage", "unknown"]
PassageKind = Literal["headline", "deck", "byline", "body", "furniture"]


class Span(NamedTuple):
    """Half-open code-point range of a raw text (W3C TextPositionSelector)."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words at this span in `text`, verbatim."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether `other` lies within this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article's text and what it is; `furniture` is the site's, not the article's."""

    span: Span
    kind: PassageKind


@dataclass(frozen=True, slots=True)
class Article:
    """One report as it came: its raw text, and what the input said of it. Nothing here is guessed."""

    id: str
    text: str
    headline: str | None = None
    deck: str | None = None
    byline: str | None = None
    published: date | None = None
    language: str = "ar"
    url: str | None = None
    outlet: str | None = None
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count or an amount (UCDP low/best/high). `None` in `low` or `high` is an open end; both `None` is "unknown"."""

    span: Span
    low: int | float | None
    high: int | float | None
    bound: Bound
    of: str | None = None
    rule: str = ""

    @property
    def about(self) -> bool:
        """Whether the text says that the figure is approximate."""
        return self.bound == "about"


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that place something in time (TIMEX3), as an interval of whole days, both ends included.

    `start` and `end` are `None` where the words, or the lack of a publication date, leave them open. `value` is the TIMEX3 value
    (`2017-05-09`, `P45D`, `PAST_REF`) or `None`; `anchor` is the publication date it was counted from, if it was.
    """

    span: Span
    type: TimeType
    start: date | None = None
    end: date | None = None
    grain: Grain = "unknown"
    value: str | None = None
    anchor: date | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a gazetteer. `lat` and `lon` are degrees (WGS 84) of its representation point.

    `name` is its Arabic name, `english` its Latin one where the gazetteer has one. `country` is ISO 3166-1 alpha-2, "" for what lies in no
    country or across several. `within` is the id of what it lies in, or `None`. `population` is 0 where it is not known. `radius` says how
    far, in metres, it reaches from its point.
    """

    id: str
    name: str
    kind: PlaceKind
    country: str
    lat: float
    lon: float
    english: str = ""
    within: str | None = None
    population: int = 0
    radius: int = 0


@dataclass(frozen=True, slots=True)
class Location:
    """Where one mention is: the place that answers it, and how exactly that is known.

    `where_prec` is UCDP's: 1 the place itself, 2 within some 25 km of a known place, 3 a district, 4 a governorate, 5 a line or an area
    without bounds, 6 a country, 7 sea or air; `None` where the mention is unresolved, and then there is no place and no point. `lat` and
    `lon` are the point that stands for it, which is not the place's own where the mention says "between". `radius` is in metres.
    `detail` is what the mention says beyond the place (its quarter, a school). `score` is from 0 to 1, as is the runner-up's.
    """

    place: Place | None = None
    lat: float | None = None
    lon: float | None = None
    where_prec: int | None = None
    radius: int | None = None
    score: float = 0.0
    runner_up: tuple[Place, float] | None = None
    detail: str | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """Words that name a person, an organisation or a place, in whole words with what is attached to the first, without a title or a noun
    that only says what it is (the conventions of ANERcorp). Who or where that is, the mentions of actors and places say."""

    span: Span
    kind: NameKind


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in a text: the name, the phrase that it is read with (بلدة …, شمال …), and where it is, or why that is not known."""

    span: Span
    phrase: Span
    location: Location


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts or speaks in the news and is one under all names: a body, a person, or an office that persons hold in turn.

    `kind` is the sector of PLOVER's manual. Frequent: GOV government and its departments, JUD courts, LEG parliaments, MIL a state's armed
    forces, COP police, OPP political opposition, PTY parties that are neither government nor opposition, REB armed opposition, PRM armed
    groups that are not against the government they live under, SPY a state's intelligence, UAF armed men nobody has identified. Less
    frequent: CVL civilians, ELI elites and former officials, BUS firms, EDU education, MED health and rescue, LAB and AGR organised labour
    of towns and of the country, JRN journalists and outlets, REF refugees, REL religious bodies, SOC other civil society, CRM criminals.
    Of no one country: IGO bodies of states, NGO private bodies (monitors, aid), ISM social movements, IMG armed groups across borders, MNC
    firms across borders. A person has the sector of what they lead or speak for.

    `country` is ISO 3166-1 alpha-2, or empty. `since` and `until` are years, `None` where open or not known. `offices` are what a person
    holds or held, `(office's id, year, year or None)`. `wikidata` is an item where it is known for sure.
    """

    id: str
    name: str
    kind: Sector
    sort: Sort = "body"
    en: str = ""
    country: str = ""
    since: int | None = None
    until: int | None = None
    follows: str | None = None
    offices: tuple[tuple[str, int, int | None], ...] = ()
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class ActorMention:
    """Words that name or stand for somebody who acts or speaks, in whole words, with what is attached to the first.

    `actor` is who it is by the table; `None` where nobody there is meant, or where it stays open who is. `name` is the fullest name, the
    table's or this text's; `of` is where this text says it, for words that stand for a name said elsewhere. Where both are `None`, nobody
    was found that these words stand for. `sort` is the table's too, or as the text has it. `how` they were found: `table`, a name of the
    table; `introduced`, a short name that this text gives; `form`, a name, or a noun or title with what goes with it, of nobody in the
    table; `coreference`, a definite noun, a title or a part of a name. `why` says by what words, or why it stays open.
    """

    span: Span
    name: str
    kind: Sector | None = None
    sort: Sort = "body"
    actor: Actor | None = None
    of: Span | None = None
    how: How = "table"
    why: str = ""

    @property
    def resolved(self) -> bool:
        """Whether it is known who is meant, by the table or in this text."""
        return self.actor is not None or self.of is not None or self.how == "form"


@dataclass(frozen=True, slots=True)
class Source:
    """Who is credited with a claim. `span` is the noun phrase beside the cue, or `None` where it is unexpressed.

    `name` is the fullest name this text gives the source, so that all claims of one source share it; `None` where nobody is named.
    """

    span: Span | None = None
    name: str | None = None
    kind: Kind = "unspecified"
    naming: Naming = "unspecified"
    role: str | None = None
    affiliation: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One attribution: a source, the cue that reports, and the content reported (PARC 3).

    `chain` names those through whom the account came, nearest first. `rule` names the rule that made the claim.

    `where` and `when` are the place and the time of what is claimed, not of the speaker: named in the content, in its sentence, or in the
    passage before it, as `where_from` and `when_from` say; `None` where they are unknown. `actors`, `places`, `quantities` and `times` are
    those that the content names.
    """

    cue: Span
    source: Source
    content: tuple[Span, ...]
    form: Form = "indirect"
    attitude: Attitude = "asserted"
    addressee: Span | None = None
    chain: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    actors: tuple[ActorMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    where: PlaceMention | None = None
    where_from: Scope = "unknown"
    when: TimeExpression | None = None
    when_from: Scope = "unknown"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Annotations:
    """Everything read in one article, in the order of the text, and the version of rules and words that read it."""

    article: Article
    claims: tuple[Claim, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    names: tuple[Name, ...] = ()
    actors: tuple[ActorMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    made_by: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """What could not be read, where, and why; kept beside what could.

    `kind` is that of the error that `riwaya.read` raises for it (`errors`); "partly" where an article was read all the same, without a date
    or with U+FFFD for bytes that mean nothing.
    """

    where: str
    reason: str
    kind: Unread = "broken"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a rule looked at while reading, and what came of it: for `explain`."""

    span: Span
    rule: str
    outcome: Literal["claim", "near miss", "place", "actor"]
    reason: str
    words: tuple[str, ...] = field(default=())
