"""Pages nobody meant to write: read without failing, and in time that grows no faster than the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.model import Failure
from riwaya.parse import read_bytes
from riwaya.parse.facts import facts
from riwaya.parse.page import read_page
from riwaya.parse.tree import MOST_ELEMENTS, TooManyElements, parse

LEAD = "قال نقيب الصيادين إن عدد القوارب المتوقفة عن العمل تجاوز 120 قارباً، فيما تتحدث أرقام المحافظة عن 74 قارباً فقط."
PARAGRAPH = f"<p>{LEAD}</p>"


def lines(page):
    """The body's lines of a page with these elements between two paragraphs, without the paragraphs."""
    text = read_page(f"<html><body><article>{PARAGRAPH * 3}{page}{PARAGRAPH * 3}</article></body></html>").text
    return [line for line in text.split("\n") if line != LEAD]


def test_inline_elements_do_not_part_words():
    assert lines("<p>الـ<b>مرفأ</b> <span>القد<i>يم</i></span>&nbsp;&amp; غيره كما قيل أمس.</p>") == ["الـمرفأ القديم & غيره كما قيل أمس."]


@pytest.mark.parametrize("tag", ["script", "STYLE", "noscript", "template", "svg", "textarea", "iframe"])
def test_what_is_no_text_is_left_out(tag):
    assert lines(f"<{tag} a='>'>داخل النص كلام لا يقرأه أحد.</{tag.lower()} >") == []


def test_comments_and_declarations_are_left_out():
    assert lines("<!-- <p>لا</p> --><?php x ?><![CDATA[]]>") == []


HOSTILE = {
    "nine thousand nested divs": "<div>" * 9_000 + PARAGRAPH,
    "nine thousand unclosed": "<div><b><i>" * 3_000 + PARAGRAPH,
    "stray ends": "</div></p></table>" * 20_000 + PARAGRAPH,
    "one tag with 100,000 attributes": "<div " + " ".join(f"a{i}=1" for i in range(100_000)) + ">" + PARAGRAPH,
    "an entity bomb": '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + PARAGRAPH + "<p>&b;</p>",
    "nested tables": "<table><tr><td>" * 3_000 + PARAGRAPH,
    "deep JSON": '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + PARAGRAPH,
    "wide JSON": '<script type="application/ld+json">[{}' + ",{}" * 100_000 + "]</script>" + PARAGRAPH,
    "a long class": '<div class="' + "a " * 200_000 + '">' + PARAGRAPH,
    "titles without end": "".join(f'<meta property="og:title" content="خبر عن المرفأ القديم وقواربه {n}">' for n in range(5_000))
    + "<h2>خبر آخر عن القوارب في المرفأ</h2>" * 2_000
    + PARAGRAPH,
    "JSON that is cut short": '<script type="application/ld+json">' + '"author": {' * 100_000 + "</script>" + PARAGRAPH,
    "a title of bars": "<title>" + "a | " * 200_000 + "</title>" + PARAGRAPH,
    "authors without a letter": f'<meta name="author" content="{"!" * 3_999}a">' * 2_000 + PARAGRAPH,
    "a sea of text in ninety-five elements": '<meta name="author" content="سلاف الوادي">'
    + '<meta name="description" content="وصف الخبر في جملة لا تقف وحدها">'
    + "<div>" * 95
    + PARAGRAPH
    + LEAD * 5_000,
    "more in one element than libxml2 takes by itself": f"<p>{LEAD * 60_000}",
    "references to what no text holds": PARAGRAPH + "<p>" + "&#1;&#0;&#xD800;&#xFFFF;&#x110000;" * 5_000,
    "ampersands": "&#x" * 100_000 + PARAGRAPH,
    "NULs": PARAGRAPH.replace(" ", "\0 \0"),
}


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_page_still_gives_its_paragraph(page):
    assert LEAD in read_page(page).text


ENDLESS = {
    "unclosed": "<div><b><i>" * 33_000,
    "nested tables": "<table><tr><td>" * 10_000,
    "links": "<a href=/>x</a>" * (MOST_ELEMENTS + 1),
}


@pytest.mark.parametrize("page", ENDLESS.values(), ids=ENDLESS)
def test_a_page_without_end_is_refused(page):
    with pytest.raises(TooManyElements):
        read_page(page + PARAGRAPH)
    (failure,) = read_bytes((page + PARAGRAPH).encode(), "endless", kind="html")
    assert isinstance(failure, Failure)
    assert (failure.kind, "elements" in failure.reason) == ("broken", True)


def test_attributes_and_depth_are_capped_before_the_library_sees_them():
    root = parse("<meta name=a content=b>" * 400 + "<div " + " ".join(f"a{i}={'x' * 9_000}" for i in range(300)) + ">" + "<b>" * 300 + LEAD)
    assert max(len(element.attrib) for element in root.iter()) == 100
    assert max(len(value) for element in root.iter() for value in element.attrib.values()) == 1_000
    assert max(len(list(element.iterancestors())) for element in root.iter()) < 100
    assert len(list(root.iter("meta"))) == 300
    assert LEAD in "".join(root.itertext())


OPEN = [  # what is never closed reaches to the end of the page, as in a browser
    "<script>" * 20_000 + PARAGRAPH, "<!--" * 50_000 + PARAGRAPH, '<img title="x>' + PARAGRAPH, "", "<", "<" * 100_000, "<a" * 9_000, "</",
    "<!--", "<script>", '<p title="', "<p>", "\0", "<title>",
]  # fmt: skip


@pytest.mark.parametrize("page", OPEN, ids=range(len(OPEN)))
def test_a_page_without_prose_has_no_text(page):
    assert read_page(page).text == ""


@given(st.text(max_size=300))
def test_any_string_is_a_page(page):
    read_page(page)


PIECES = [
    "<", ">", "/", "<p", "<div", "<a href=x", "</", "<!--", "-->", '"', "'", "=", " ", "&", "&#", "<h1>", "</h1>", "<article", "class=",
    "related", "body", LEAD, "<script>", "</script>", "<title>", "\0", "\ud800", '<script type="application/ld+json">', "{", "}",
    '"@type":"Article"', '"articleBody":', "<meta property=og:title content=", "<br>", "<li>", "<td>", "</table>", "<html lang=",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_any_heap_of_markup_is_a_page(page):
    found = read_page(page)
    assert "\n".join(mark.span.of(found.text) for mark in found.passages) == found.text


def said(page):
    return facts(parse(page))


def test_facts_of_broken_json_are_of_the_meta_elements():
    page = (
        '<script type="application/ld+json">{"@type":"NewsArticle",}</script><meta property="article:published_time" content="2024-05-09">'
    )
    assert said(page).published.isoformat() == "2024-05-09"


def test_an_ambiguous_date_is_stated_but_unknown():
    found = said('<meta name="date" content="03/04/2024">')
    assert (found.published, found.stated_date) == (None, "03/04/2024")


def test_a_date_that_was_never_set_is_not_stated():
    page = '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"0001-01-01T00:00:00Z"}</script>'
    found = said(page)
    assert (found.published, found.stated_date) == (None, None)
    assert said(page + '<meta name="date" content="2024-05-09">').published.isoformat() == "2024-05-09"


@pytest.mark.parametrize(
    "author", ['"سلاف"', '{"name":"سلاف"}', '[{"@type":"Person","name":"سلاف"},{"name":"ريم"}]', '["https://x.example/1","سلاف"]']
)
def test_an_author_in_any_of_its_forms(author):
    page = f'<script type="application/ld+json">{{"@type":"NewsArticle","author":{author}}}</script>'
    assert said(page).byline == "سلاف"


@pytest.mark.parametrize("value", ["1", "null", "[]", "{}", "[[[]]]", '{"name":{"name":1}}', "true"])
def test_a_field_of_another_type_is_nothing(value):
    fields = ",".join(
        f'"{name}":{value}' for name in ("headline", "author", "datePublished", "articleBody", "publisher", "url", "description")
    )
    found = said(f'<script type="application/ld+json">{{"@type":"NewsArticle",{fields}}}</script>')
    assert (found.byline, found.published, found.text, found.url, found.outlet, found.titles) == (None, None, "", None, None, ())


def test_the_article_among_other_objects():
    page = """<script type="application/ld+json">[{"@type":"BreadcrumbList"},{"@graph":[{"@type":"WebPage","name":"x"},
    {"@type":"NewsArticle","headline":"بلا تاريخ"},{"@type":"NewsArticle","headline":"العنوان","datePublished":"2024-05-09"}]}]</script>"""
    assert said(page).titles[0] == "العنوان"
