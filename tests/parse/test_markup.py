"""Pages nobody meant to write: read without failing, and in time that grows no faster than the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.parse.body import main_blocks
from riwaya.parse.facts import facts
from riwaya.parse.markup import attributes, scan
from riwaya.parse.page import read_page

LEAD = "قال نقيب الصيادين إن عدد القوارب المتوقفة عن العمل تجاوز 120 قارباً، فيما تتحدث أرقام المحافظة عن 74 قارباً فقط."
PARAGRAPH = f"<p>{LEAD}</p>"


def blocks(page):
    return [block.text for block in scan(page).blocks]


def test_blocks_of_a_page_without_end_tags():
    page = "<ul><li>واحد<li>اثنان</ul><p>ثلاثة<p>أربعة<table><tr><td>خمسة<td>ستة<tr><td>سبعة</table><div>ثم<br>ثمانية"
    assert blocks(page) == ["واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثم", "ثمانية"]


def test_inline_elements_do_not_part_words():
    assert blocks("<p>الـ<b>مرفأ</b> <span>القد<i>يم</i></span>&nbsp;&amp; غيره</p>") == ["الـمرفأ القديم & غيره"]


@pytest.mark.parametrize("tag", ["script", "STYLE", "noscript", "template", "svg", "textarea", "iframe"])
def test_what_is_no_text_is_left_out(tag):
    assert blocks(f"<p>قبل</p><{tag} a='>'>داخل <p>هذا</p></{tag.lower()} ><p>بعد</p>") == ["قبل", "بعد"]


def test_comments_and_declarations_are_left_out():
    assert blocks("<!DOCTYPE html><!-- <p>لا</p> --><?php x ?><p>نعم</p><![CDATA[]]>") == ["نعم"]


def test_a_sign_that_is_no_tag_is_text():
    assert blocks("<p>أقل < من 3<5 ومن <") == ["أقل < من 3<5 ومن <"]


def test_link_text_is_counted():
    block = scan("<p>انظر <a href='/'>هنا</a></p>").blocks[0]
    assert (block.text, block.linked) == ("انظر هنا", 3)


def test_an_anchor_is_no_link():
    assert [block.linked for block in scan(f"<a name=top><p>{LEAD}</p><A HREF=/><p>{LEAD}</p>").blocks] == [0, len(LEAD)]


def test_attributes_in_any_quotes():
    assert attributes(""" CLASS="a b" id='c' data-x=d hidden id=e title="&quot;" """) == {
        "class": "a b", "id": "c", "data-x": "d", "hidden": "", "title": '"',
    }  # fmt: skip


HOSTILE = {
    "ten thousand nested divs": "<div>" * 10_000 + PARAGRAPH,
    "a hundred thousand unclosed": "<div><b><i>" * 33_000 + PARAGRAPH,
    "stray ends": "</div></p></table>" * 20_000 + PARAGRAPH,
    "one tag with 100,000 attributes": "<div " + " ".join(f"a{i}=1" for i in range(100_000)) + ">" + PARAGRAPH,
    "an entity bomb": '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + PARAGRAPH + "<p>&b;</p>",
    "nested tables": "<table><tr><td>" * 10_000 + PARAGRAPH,
    "unclosed scripts": "<script>" * 20_000 + PARAGRAPH,
    "unclosed comments": "<!--" * 50_000 + PARAGRAPH,
    "a quotation mark never closed": '<img title="x>' + PARAGRAPH + "<p>" + LEAD,
    "deep JSON": '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + PARAGRAPH,
    "wide JSON": '<script type="application/ld+json">[{}' + ",{}" * 100_000 + "]</script>" + PARAGRAPH,
    "a long class": '<div class="' + "a " * 200_000 + '">' + PARAGRAPH,
    "titles without end": "".join(f'<meta property="og:title" content="خبر عن المرفأ القديم وقواربه {n}">' for n in range(20_000))
    + "<h2>خبر آخر عن القوارب في المرفأ</h2>" * 5_000
    + PARAGRAPH,
    "ampersands": "&#x" * 100_000 + PARAGRAPH,
    "NULs": PARAGRAPH.replace(" ", "\0 \0"),
}


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_page_still_gives_its_paragraph(page):
    assert LEAD in read_page(page).text


@pytest.mark.parametrize("page", ["", "<", "<" * 100_000, "<a" * 50_000, "</", "<!--", "<script>", '<p title="', "<p>", "\0", "<title>"])
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
    markup = scan(page)
    assert all(0 <= node.first <= node.after <= len(markup.blocks) for node in markup.nodes)
    assert all(node.parent < number for number, node in enumerate(markup.nodes))
    assert main_blocks(markup) == sorted(set(main_blocks(markup)))


def said(page):
    return facts(scan(page))


def test_facts_of_broken_json_are_of_the_meta_elements():
    page = (
        '<script type="application/ld+json">{"@type":"NewsArticle",}</script><meta property="article:published_time" content="2024-05-09">'
    )
    assert said(page).published.isoformat() == "2024-05-09"


def test_an_ambiguous_date_is_stated_but_unknown():
    found = said('<meta name="date" content="03/04/2024">')
    assert (found.published, found.stated_date) == (None, "03/04/2024")


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
