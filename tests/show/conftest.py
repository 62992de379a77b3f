"""One invented article with everything an output must show, built by hand (places and people are made up), and hostile ones without end."""

from datetime import date

import pytest
from hypothesis import strategies as st

from riwaya.model import Annotations, Article, Claim, Passage, Quantity, Source, Span, TimeExpression

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
    return Annotations(article, claims, (twelve, five), (yesterday, week), "riwaya 0 words abc")


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


@st.composite
def hostile_annotations(draw: st.DrawFn) -> Annotations:
    text = draw(hostile)
    span = spans(text)
    bounds = st.sampled_from(["exact", "about", "vague", "unknown"])
    quantities = st.lists(st.builds(Quantity, span, numbers, numbers, bounds, maybe), max_size=2)
    times = st.lists(st.builds(TimeExpression, span, st.sampled_from(["DATE", "DURATION"]), days, days), max_size=2)
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
        times=times.map(tuple),
        rule=hostile,
    )
    article = Article(draw(hostile), text, draw(maybe), published=draw(days), url=draw(maybe), outlet=draw(maybe))
    claims = tuple(draw(st.lists(claim, max_size=4)))
    return Annotations(article, claims, tuple(draw(quantities)), tuple(draw(times)), draw(hostile))


@pytest.fixture(scope="session")
def hostile_article() -> st.SearchStrategy[Annotations]:
    """Articles whose every string is hostile, with any spans over them."""
    return hostile_annotations()
