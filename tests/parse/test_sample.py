"""The packaged sample: it reads without a failure, and holds what its README promises."""

from importlib.resources import as_file, files

import pytest

from riwaya.model import Article
from riwaya.parse import read_paths


@pytest.fixture(scope="module")
def articles():
    with as_file(files("riwaya") / "sample") as folder:
        return list(read_paths([folder]))


def test_six_articles_and_no_failure(articles):
    assert all(isinstance(article, Article) for article in articles)
    assert [article.id for article in articles] == ["01-manara", "02-nashra", "03-dahwa", "wakala-1", "manara-7", "wakala-4"]


def test_each_has_a_headline_and_paragraphs(articles):
    for article in articles:
        kinds = [mark.kind for mark in article.passages]
        assert kinds[0] == "headline"
        assert kinds.count("body") >= 2


def test_the_first_ends_with_furniture(articles):
    kinds = [mark.kind for mark in articles[0].passages]
    assert kinds[-5:] == ["furniture"] * 5
    assert kinds.count("furniture") == 5


def test_the_page_and_the_rows_are_dated(articles):
    assert [str(article.published) for article in articles[2:]] == ["2024-03-11", "2024-03-10", "2024-03-11", "2024-03-12"]
