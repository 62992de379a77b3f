import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.model import Annotations, Article, Claim, Source, Span
from riwaya.show.clean import visible
from riwaya.show.page import Page
from riwaya.show.segments import Layer, cut

VOID = {"meta", "br"}


class Reader(HTMLParser):
    """What a page holds: elements properly closed, identifiers, links, the text of the article."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "p" and self.words and "main" in self.open:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "section" in self.open and "header" not in self.open:
            self.words.append(data)

    def values(self, name: str) -> list[str]:
        return [value for _, attrs in self.elements if (value := attrs.get(name)) is not None]


def page(*articles: Annotations, language: str = "ar") -> str:
    shown = Page(language=language)
    return shown.begin() + "".join(map(shown.add, articles)) + shown.end()


def check(written: str) -> Reader:
    """A page is well-formed, self-contained, and its links lead somewhere."""
    found = Reader(written)
    identifiers = found.values("id")
    assert len(set(identifiers)) == len(identifiers)
    assert {tag for tag, _ in found.elements} <= {
        "html", "head", "meta", "title", "style", "body", "main", "section", "header", "footer", "nav", "div", "p", "span", "bdi", "b", "a",
        "h1", "h2", "h3", "ol", "ul", "li", "blockquote", "br",
    }  # fmt: skip
    for name in ("src", "style", "onclick", "onerror", "onload"):
        assert not found.values(name)
    for href in found.values("href"):
        assert href[1:] in identifiers if href.startswith("#") else href.startswith(("https://", "http://"))
    return found


def test_cues_and_entries_link_to_each_other(fire: Annotations) -> None:
    found = check(page(fire))
    assert [f"a1c{place}" in found.values("id") for place in range(1, 6)] == [True] * 4 + [False]
    for place in range(1, 5):
        assert {f"#a1c{place}", f"#a1t{place}"} <= set(found.values("href"))


def test_places_and_actors_are_marked_listed_and_linked(raid: Annotations) -> None:
    written = page(raid)
    found = check(written)
    assert '<span class="content place k1">شمال قرية النبعة</span>' in written
    assert '<span class="content actor k1">كتيبة السنديان</span>' in written
    assert '<span class="place">مكان</span><span class="actor">فاعل</span>' in written
    for name in ("a1p2", "a1w2", "a1pl", "a1wl"):
        assert name in found.values("id")
        assert f"#{name}" in found.values("href")
    entry = written.split('id="a1c2"')[1].split("</ul>")[0].replace("\u00a0", " ")
    assert '<bdi>النبعة (قرية، موريتانيا)، قربه ± 25 كم</bdi>، <span class="who">مما قبل القول</span>' in entry
    assert '<bdi>2021/03/04</bdi>، <span class="who">مما قبل القول</span>' in entry


def test_a_point_is_told_as_text_with_no_more_digits_than_are_known(raid: Annotations) -> None:
    places = page(raid).split('id="a1pl"')[1]
    assert '<bdi dir="ltr">18.1, -12.3</bdi>' in places
    assert '<bdi dir="ltr">18.50, -12.50</bdi>' in places
    assert "غير معروف: ليس في معجم الأمكنة" in places


def test_nothing_leads_out_of_the_page_but_the_article_s_own_address(raid: Annotations) -> None:
    assert all(href.startswith("#") for href in check(page(raid, language="en")).values("href"))
    assert "Q99999999999" not in page(raid)


def test_language_and_direction(fire: Annotations) -> None:
    assert '<html lang="ar" dir="rtl">' in page(fire)
    english = page(fire, language="en")
    assert '<html lang="en" dir="ltr">' in english
    assert 'lang="ar" dir="rtl">\n<p class="headline">' in english


def test_the_policy_allows_the_own_style_and_nothing_else(fire: Annotations) -> None:
    written = page(fire)
    style = written.split("<style>")[1].split("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'" in written
    assert not re.search(r"url\(|@import|expression", style)


def test_passages_are_told_apart(fire: Annotations) -> None:
    written = page(fire)
    assert '<p class="headline">' in written
    assert '<p class="furniture" data-label="ليس من النص">اشترك في نشرتنا</p>' in written


def test_several_articles_are_sections_with_contents(fire: Annotations, bare: Annotations) -> None:
    found = check(page(fire, bare))
    assert [attrs["id"] for tag, attrs in found.elements if tag == "section"] == ["a1", "a2"]
    assert "nav" in [tag for tag, _ in found.elements]
    assert "nav" not in [tag for tag, _ in check(page(fire)).elements]


def test_only_web_addresses_become_links() -> None:
    written = page(Annotations(Article("x", "نص", url="javascript:alert(1)")))
    assert 'href="javascript' not in written
    assert "javascript:alert(1)" in written


@pytest.mark.parametrize("word", ["</script><script>alert(1)</script>", '"><img src=x>', "&lt;b&gt;", "a\x00b", "\u202eabc", "\ud800"])
def test_hostile_words_are_only_words(word: str) -> None:
    text = f"قال {word} شيئا"
    span = Span(4, 4 + len(word))
    claim = Claim(Span(0, 3), Source(span, word, role=word), (span, Span(0, len(text))), chain=(word,), addressee=span, rule=word)
    written = page(Annotations(Article(word, text, word, url=f"https://x/{word}", outlet=word), (claim,), made_by=word))
    found = check(written)
    assert visible(word) in "".join(found.words)
    assert not set(written) & set("\x00\u202e\ud800")


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_any_article_is_well_formed_and_whole(hostile_article: st.SearchStrategy[Annotations], data: st.DataObject) -> None:
    article = data.draw(hostile_article)
    found = check(page(article))
    text = "".join(visible(article.article.text).split())
    assert text in "".join("".join(found.words).split())


@given(
    st.integers(0, 30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=8), st.lists(st.integers(0, 30), max_size=4)
)
def test_segments_cover_the_text_once(length: int, pairs: list[tuple[int, int]], breaks: list[int]) -> None:
    layers = [Layer(Span(min(pair), max(pair)), "content", place) for place, pair in enumerate(pairs, 1) if min(pair) < max(pair) <= length]
    segments = list(cut(layers, length, [at for at in breaks if at <= length]))
    assert [at for segment in segments for at in range(*segment.span)] == list(range(length))
    for segment in segments:
        assert {layer.claim for layer in segment.layers} == {layer.claim for layer in layers if layer.span.holds(segment.span)}
        assert {layer.claim for layer in segment.opens} == {layer.claim for layer in layers if layer.span.start == segment.span.start}


def luminance(color: str) -> float:
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_contrast_is_that_of_wcag_aa(theme: int) -> None:
    import riwaya.show.page

    css = Path(riwaya.show.page.__file__).with_name("page.css").read_text("utf-8")
    blocks = re.findall(r":root \{([^}]*)\}", css)
    colors = dict(re.findall(r"--(\w+): (#\w{6})", blocks[theme]))
    words = {
        "paper": ("ink", "quiet", "link", "alert"),
        "card": ("ink", "quiet", "link", "alert"),
        "content": ("ink", "quiet"),
        "inner": ("ink",),
        "chosen": ("ink", "link"),
        "cue": ("link",),
    }
    for ground, inks in words.items():
        for ink in inks:
            assert contrast(colors[ground], colors[ink]) >= 4.5, (ground, ink)
    for ground in ("paper", "card", "content", "inner"):
        assert contrast(colors[ground], colors["edge"]) >= 3, ground
    for ground in ("paper", "content", "inner", "chosen"):
        for mark in ("place", "actor"):
            assert contrast(colors[ground], colors[mark]) >= 3, (ground, mark)
