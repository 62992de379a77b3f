"""One invented article with everything an output must show, built by hand (places and people are made up), and hostile ones without end."""

from datetime import date

import pytest
from hypothesis import strategies as st

from riwaya.model import (
    Actor,
    ActorMention,
    Annotations,
    Article,
    Claim,
    Location,
    Name,
    Passage,
    Place,
    PlaceMention,
    Quantity,
    Source,
    Span,
    TimeExpression,
)

TEXT = (
    "حريق في سوق الزهراب\n"
    "أعلن محافظ الزهراب سالم القرواني، أمس، أن «12 شخصا» جرحوا في حريق السوق القديم. "
    "ونفت نقابة التجار ذلك في حديث لـ«صدى الوادي»، مؤكدة أن العدد لا يزيد على 5 جرحى.\n"
    "ونقلت النقابة عن شهود أن الحريق بدأ قبل نحو أسبوع.\n"
    "اشترك في نشرتنا"
)


def at(words: str, *, after: str = "") -> Span:
    """The span of the first occurrence of words in TEXT, after another's."""
    start = TEXT.index(words, TEXT.index(after) + len(after) if after else 0)
    return Span(start, start + len(words))


def build() -> Annotations:
    twelve = Quantity(at("12 شخصا"), 12, 12, "exact", "شخصا", "count")
    five = Quantity(at("لا يزيد على 5 جرحى"), 0, 5, "at most", "جرحى", "bounded count")
    yesterday = TimeExpression(at("أمس"), "DATE", date(2021, 3, 4), date(2021, 3, 4), "day", "2021-03-04", date(2021, 3, 5), "day word")
    week = TimeExpression(at("قبل نحو أسبوع"), "DATE", date(2021, 2, 25), date(2021, 2, 27), "week", None, date(2021, 3, 5), "ago")
    union = "نقابة التجار"
    claims = (
        Claim(
            cue=at("أعلن"),
            source=Source(at("محافظ الزهراب سالم القرواني"), "سالم القرواني", "person", "named", "محافظ", "الزهراب"),
            content=(at("«12 شخصا» جرحوا في حريق السوق القديم"),),
            form="mixed",
            quantities=(twelve,),
            rule="say past, source after",
        ),
        Claim(
            cue=at("ونفت"),
            source=Source(at(union), union, "organisation", "institutional"),
            content=(at("ذلك"), at("حديث")),
            attitude="denied",
            addressee=at("صدى الوادي"),
            rule="deny past, source after",
        ),
        Claim(
            cue=at("مؤكدة"),
            source=Source(None, union, "organisation", "institutional"),
            content=(at("العدد لا يزيد على 5 جرحى"),),
            quantities=(five,),
            rule="say participle",
        ),
        Claim(
            cue=at("ونقلت"),
            source=Source(at("شهود"), "شهود", "anonymous", "collective"),
            content=(at("الحريق بدأ قبل نحو أسبوع"),),
            chain=(union,),
            times=(week,),
            rule="relay past",
        ),
    )
    headline = TEXT.split("\n")[0]
    passages = (
        Passage(Span(0, len(headline)), "headline"),
        Passage(Span(len(headline) + 1, TEXT.index("اشترك") - 1), "body"),
        Passage(Span(TEXT.index("اشترك"), len(TEXT)), "furniture"),
    )
    article = Article(
        id="fire",
        text=TEXT,
        headline=headline,
        published=date(2021, 3, 5),
        url="https://news.example/fire?a=1&b=2",
        outlet="صدى الوادي",
        passages=passages,
    )
    return Annotations(article, claims, (twelve, five), (yesterday, week), made_by="riwaya 0 words abc")


RAID = (
    "قال مسعف في الخروبة إن «كتيبة السنديان» دخلت شمال قرية النبعة فجر الخميس، وإن الفصيل أسر شرطيا قرب الجسر.\n"
    "وأضاف أن اثنين قتلا هناك.\n"
    "ونفى مجلس الوادي ذلك."
)
NABAA = Place("geonames:99999999991", "النبعة", "village", "MR", 18.123456, -12.345678, "Nabaa", "x-hodh", 700, 900)
KHARRUBA = Place("osm:n99999999992", "الخروبة", "town", "MR", 18.5, -12.5, "", "x-hodh", 9_000)
HODH = Place("x-hodh", "الحوض", "governorate", "MR", 18.0, -12.0, "Hodh")
OFFICES = (("x-office", 2014, None),)
BRIGADE = Actor("sindyan", "كتيبة السنديان", "REB", "body", "Oak Brigade", "MR", 2014, None, "x", OFFICES, "Q99999999999")


def build_raid() -> Annotations:
    def here(words: str, *, after: str = "") -> Span:
        start = RAID.index(words, RAID.index(after) + len(after) if after else 0)
        return Span(start, start + len(words))

    north = Location(NABAA, 18.123456, -12.345678, 2, 25_000, 0.81, (KHARRUBA, 0.12), None, "direction; exact name")
    town = Location(KHARRUBA, 18.5, -12.5, 1, 2_644, 0.97, None, None, "exact name")
    bridge = Location(score=0.4, runner_up=(KHARRUBA, 0.4), detail="الجسر", why="no bridge of this name")
    places = (
        PlaceMention(here("الخروبة"), here("الخروبة"), town),
        PlaceMention(here("النبعة"), here("شمال قرية النبعة"), north),
        PlaceMention(here("الجسر"), here("قرب الجسر"), bridge),
        PlaceMention(here("الوادي"), here("الوادي"), Location(why="no gazetteer knows it")),
    )
    brigade = here("كتيبة السنديان")
    actors = (
        ActorMention(here("مسعف"), "مسعف", "MED", "person", how="form", why="an office"),
        ActorMention(brigade, "كتيبة السنديان", "REB", "body", BRIGADE, None, "table", "a name of it"),
        ActorMention(here("الفصيل"), "الفصيل", how="coreference", why="two that are named together fit"),
        ActorMention(here("شرطيا"), "شرطيا", "COP", "person", how="form", why="an office"),
        ActorMention(here("مجلس الوادي"), "مجلس الوادي", "GOV", "body", how="form"),
    )
    thursday = TimeExpression(here("فجر الخميس"), "TIME", date(2021, 3, 4), date(2021, 3, 4), "part of day", "2021-03-04TMO")
    two = Quantity(here("اثنين"), 2, 2, "exact")
    medic = Source(here("مسعف في الخروبة"), "مسعف", "anonymous", "anonymous")
    first, second = here("«كتيبة السنديان» دخلت شمال قرية النبعة فجر الخميس"), here("الفصيل أسر شرطيا قرب الجسر")
    claims = (
        Claim(
            here("قال"), medic, (first, second), times=(thursday,), actors=actors[1:4], places=places[1:3], where=places[1],
            where_from="content", when=thursday, when_from="content", rule="say past",
        ),
        Claim(
            here("وأضاف"), Source(None, "مسعف", "anonymous", "anonymous"), (here("اثنين قتلا هناك"),), quantities=(two,), where=places[1],
            where_from="passage", when=thursday, when_from="passage", rule="say past",
        ),
        Claim(here("ونفى"), Source(here("مجلس الوادي"), "مجلس الوادي", "organisation", "named"), (here("ذلك"),), attitude="denied"),
    )  # fmt: skip
    names = (Name(brigade, "organisation"), Name(here("النبعة"), "place"))
    article = Article("raid", RAID, published=date(2021, 3, 5))
    return Annotations(article, claims, (two,), (thursday,), names, actors, places, "riwaya 0 words abc")


@pytest.fixture
def raid() -> Annotations:
    """A report whose claims have places and actors: known, told apart, open."""
    return build_raid()


@pytest.fixture
def fire() -> Annotations:
    return build()


@pytest.fixture
def bare() -> Annotations:
    """An article without a claim, a date, or anything else."""
    return Annotations(Article("bare", "لا جديد اليوم."), made_by="riwaya 0 words abc")


NASTY = [
    "</script>", "<b>", "&amp;", '"', "'", "=1+1", "@x", "-1", "\t", "\r\n", "\n", "\x00", "\x1b[31m", "\u202e", "\u2066", "\u2069",
    "\ud800", "\udc00", "\ufeff", "\u2028", "\x85", "\u0651", "ﷺ", "قال", "«", "، ", "文", ";=2", "javascript:alert(1)", "https://a/\"><i>",
]  # fmt: skip
hostile = st.lists(st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=()), max_size=3)), max_size=12).map("".join)
maybe = st.one_of(st.none(), hostile)
days = st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
numbers = st.one_of(st.none(), st.integers(), st.floats(), st.just(10**5000))


def spans(text: str) -> st.SearchStrategy[Span]:
    edge = st.integers(0, len(text))
    return st.tuples(edge, edge).map(lambda pair: Span(min(pair), max(pair)))


degrees = st.one_of(st.none(), st.floats(), st.floats(-180, 180))
metres = st.one_of(st.none(), st.integers(0, 3_000_000))


def locations() -> st.SearchStrategy[Location]:
    """Of places that a user's gazetteer may have, and of none."""
    kinds = st.sampled_from(["village", "country", "sea"])
    place = st.builds(Place, hostile, hostile, kinds, hostile, st.floats(), st.floats(), hostile, maybe, radius=st.integers(0, 10**6))
    runner_up = st.one_of(st.none(), st.tuples(place, st.floats()))
    resolved = st.builds(Location, place, degrees, degrees, st.integers(1, 7), metres, st.floats(), runner_up, maybe, hostile)
    return st.one_of(resolved, st.builds(Location, score=st.floats(), runner_up=runner_up, why=hostile))


def actor_mentions(span: st.SearchStrategy[Span]) -> st.SearchStrategy[ActorMention]:
    sectors, sorts = st.sampled_from(["GOV", "IMG"]), st.sampled_from(["body", "person", "office"])
    offices = st.lists(st.tuples(hostile, st.integers(1900, 2100), st.one_of(st.none(), st.just(2020))), max_size=1).map(tuple)
    actor = st.builds(Actor, hostile, hostile, sectors, sorts, hostile, hostile, follows=maybe, offices=offices, wikidata=maybe)
    how = st.sampled_from(["table", "form", "coreference"])
    either, of = st.one_of(st.none(), actor), st.one_of(st.none(), span)
    return st.builds(ActorMention, span, hostile, st.one_of(st.none(), sectors), sorts, either, of, how, hostile)


@st.composite
def hostile_annotations(draw: st.DrawFn) -> Annotations:
    text = draw(hostile)
    span = spans(text)
    bounds = st.sampled_from(["exact", "about", "vague", "unknown"])
    quantities = st.lists(st.builds(Quantity, span, numbers, numbers, bounds, maybe), max_size=2)
    time = st.builds(TimeExpression, span, st.sampled_from(["DATE", "DURATION"]), days, days)
    place, actor = st.builds(PlaceMention, span, span, locations()), actor_mentions(span)
    listed = {"times": draw(st.lists(time, max_size=2)), "places": draw(st.lists(place, max_size=2))}
    listed["actors"] = draw(st.lists(actor, max_size=2))

    def some(name: str, other: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
        """One of the article's list, and now and then one that is not in it."""
        return st.one_of(*([st.sampled_from(listed[name])] if listed[name] else []), other)  # type: ignore[arg-type]

    def few(name: str, other: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
        return st.lists(some(name, other), max_size=2).map(tuple)

    scopes = st.sampled_from(["content", "sentence", "passage", "unknown"])
    kinds = st.sampled_from(["person", "anonymous", "unspecified"])
    sources = st.builds(Source, st.one_of(st.none(), span), maybe, kinds, st.sampled_from(["named", "collective"]), maybe, maybe)
    claim = st.builds(
        Claim,
        cue=span,
        source=sources,
        content=st.lists(span, max_size=3).map(tuple),
        attitude=st.sampled_from(["asserted", "denied"]),
        addressee=st.one_of(st.none(), span),
        chain=st.lists(hostile, max_size=2).map(tuple),
        quantities=quantities.map(tuple),
        times=few("times", time),
        actors=few("actors", actor),
        places=few("places", place),
        where=st.one_of(st.none(), some("places", place)),
        where_from=scopes,
        when=st.one_of(st.none(), some("times", time)),
        when_from=scopes,
        rule=hostile,
    )
    article = Article(draw(hostile), text, draw(maybe), published=draw(days), url=draw(maybe), outlet=draw(maybe))
    claims = tuple(draw(st.lists(claim, max_size=4)))
    names = tuple(draw(st.lists(st.builds(Name, span, st.just("person")), max_size=1)))
    all_times, all_actors, all_places = (tuple(listed[name]) for name in ("times", "actors", "places"))
    return Annotations(article, claims, tuple(draw(quantities)), all_times, names, all_actors, all_places, draw(hostile))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def hostile_article() -> st.SearchStrategy[Annotations]:
    """Articles whose every string is hostile, with any spans over them."""
    return hostile_annotations()
