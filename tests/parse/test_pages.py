"""Invented pages in the layouts that outlets use, against what was written down by hand: `tests/pages/expected.toml`."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from riwaya.model import Article, Failure
from riwaya.parse import read_bytes, read_paths

PAGES = Path(__file__).parents[1] / "pages"
EXPECTED = tomllib.loads((PAGES / "expected.toml").read_text(encoding="utf-8"))["page"]


def read(name: str) -> Article:
    found = list(read_paths([PAGES / name]))
    articles = [item for item in found if isinstance(item, Article)]
    assert len(articles) == 1, found
    return articles[0]


@pytest.mark.parametrize("page", EXPECTED, ids=[page["file"] for page in EXPECTED])
def test_page_is_read_as_written_down(page):
    article = read(page["file"])
    for name in ("headline", "deck", "byline", "published", "language", "url", "outlet"):
        assert getattr(article, name) == page.get(name), name
    assert [mark.span.of(article.text) for mark in article.passages if mark.kind == "body"] == page["body"]
    for words in page["never"]:
        assert words not in article.text


@pytest.mark.parametrize("page", EXPECTED, ids=[page["file"] for page in EXPECTED])
def test_passages_are_the_whole_text_in_order(page):
    article = read(page["file"])
    assert "\n".join(mark.span.of(article.text) for mark in article.passages) == article.text
    kinds = [mark.kind for mark in article.passages]
    assert kinds == sorted(kinds, key=["headline", "deck", "body"].index)


def test_every_page_is_expected_or_a_failure():
    assert {path.name for path in PAGES.glob("*.html")} == {page["file"] for page in EXPECTED} | {"script-only.html"}


def test_script_only_page_is_a_failure_that_says_so():
    (failure,) = read_paths([PAGES / "script-only.html"])
    assert isinstance(failure, Failure)
    assert "no article text" in failure.reason
    assert failure.where.endswith("script-only.html")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "cp1256"])
def test_a_page_reads_the_same_in_any_encoding(encoding):
    text = (PAGES / "drupal.html").read_text(encoding="utf-8")
    (article,) = read_bytes(text.encode(encoding, "xmlcharrefreplace"), "drupal.html", kind="html")
    assert (article.text, article.headline) == (read("drupal.html").text, read("drupal.html").headline)


def test_the_library_is_loaded_only_for_a_page():
    code = (
        "import sys, riwaya.cli; from riwaya.parse import read_bytes; list(read_bytes('قال الوزير إن الطريق مفتوح.'.encode(), 'a'));"
        "sys.exit(any(name in sys.modules for name in ('lxml', 'trafilatura')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
