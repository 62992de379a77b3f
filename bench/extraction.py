"""Main text from HTML: how much of an article each tool finds, how much else it takes along, and how fast.

    python bench/extraction.py [folder of pages] [--tool NAME ...]

The folder is `../shared/pages` beside the project unless another is named; a set of pages that is not there is passed over by name, and so
is a tool that is not installed. The invented pages of `tests/pages` are always measured.

Scores are means over pages, F1 of the mean precision and recall, as in scrapinghub's article-extraction-benchmark: for words, and for
runs of four words, which also see order. Pages per second are of processor time, on one core.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).resolve().parents[1]
WORD = re.compile(r"\w+")


class Page(NamedTuple):
    """A page and the text of its article's body."""

    html: str
    body: str


def news(folder: Path) -> Iterator[Page]:
    """CNN Arabic 2013 and LBC 2026."""
    yield Page((folder / "cnn_arabic_2013.html").read_text(encoding="utf-8"), (folder / "cnn_arabic_2013.txt").read_text(encoding="utf-8"))
    truth = json.loads((folder / "lbc_2026.json").read_text(encoding="utf-8"))["V1"]["body"]["sections"]
    html = gzip.decompress((folder / "lbc_2026.html.gz").read_bytes()).decode("utf-8")
    yield Page(html, "\n".join(line for section in truth for line in section["paragraphs"]))


def scrapinghub(folder: Path) -> Iterator[Page]:
    """The article-extraction-benchmark: 181 pages, none of them Arabic."""
    from riwaya.parse.decode import decode

    truth = json.loads((folder / "scrapinghub" / "ground-truth.json").read_text(encoding="utf-8"))
    for name, page in truth.items():
        data = gzip.decompress((folder / "scrapinghub" / "html" / f"{name}.html.gz").read_bytes())
        yield Page(decode(data, name).text, page["articleBody"])


def invented(folder: Path) -> Iterator[Page]:
    """The project's own pages, in layouts that outlets use."""
    from riwaya.parse.decode import decode

    pages = PROJECT / "tests" / "pages"
    for page in tomllib.loads((pages / "expected.toml").read_text(encoding="utf-8"))["page"]:
        yield Page(decode((pages / page["file"]).read_bytes(), page["file"]).text, "\n".join(page["body"]))


def riwaya() -> Callable[[str], str]:
    """The reader of this project."""
    from riwaya.parse.page import read_page

    def extract(html: str) -> str:
        page = read_page(html)
        return "\n".join(mark.span.of(page.text) for mark in page.passages if mark.kind == "body")

    return extract


def trafilatura() -> Callable[[str], str]:
    """Trafilatura with its fallbacks."""
    from trafilatura import extract

    return lambda html: extract(html, include_comments=False) or ""


def trafilatura_fast() -> Callable[[str], str]:
    """Trafilatura without them."""
    from trafilatura import extract

    return lambda html: extract(html, include_comments=False, fast=True) or ""


def resiliparse() -> Callable[[str], str]:
    """Resiliparse, main content only."""
    from resiliparse.extract.html2text import extract_plain_text

    return lambda html: extract_plain_text(html, main_content=True)


SETS = (news, scrapinghub, invented)
TOOLS = (riwaya, trafilatura, trafilatura_fast, resiliparse)


def runs(text: str, length: int) -> Counter[tuple[str, ...]]:
    """The runs of `length` words in a text; the whole text if it is shorter."""
    words = WORD.findall(text.lower())
    if len(words) < length:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(*(words[start:] for start in range(length)), strict=False))


def score(found: list[str], pages: list[Page], length: int) -> tuple[float, float, float]:
    """Mean precision, mean recall, and their F1."""
    precision = recall = 0.0
    for text, page in zip(found, pages, strict=True):
        got, want = runs(text, length), runs(page.body, length)
        same = sum((got & want).values())
        precision += same / sum(got.values()) if got else float(not want)
        recall += same / sum(want.values()) if want else 1.0
    precision, recall = precision / len(pages), recall / len(pages)
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def measure(pages: list[Page], extract: Callable[[str], str]) -> str:
    """One line of the table."""
    extract(pages[0].html)
    start = time.process_time()
    found = [extract(page.html) for page in pages]
    spent = time.process_time() - start
    scores = ("  ".join(f"{value:.3f}" for value in score(found, pages, length)) for length in (1, 4))
    return f"{'    '.join(scores)}    {len(pages) / max(spent, 1e-9):7.1f}"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=PROJECT.parent / "shared" / "pages")
    parser.add_argument("--tool", action="append", choices=[tool.__name__ for tool in TOOLS])
    arguments = parser.parse_args()
    for pages_of in SETS:
        try:
            pages = list(pages_of(arguments.folder))
        except FileNotFoundError as error:
            print(f"\n{pages_of.__name__}: passed over, {Path(error.filename).name} is not there")
            continue
        print(f"\n{pages_of.__name__}, {len(pages)} pages: {(pages_of.__doc__ or '').strip()}")
        print(f"{'':18}words: P     R      F1       four: P     R      F1     pages/s")
        for tool in TOOLS:
            if arguments.tool and tool.__name__ not in arguments.tool:
                continue
            try:
                extract = tool()
            except ImportError as error:
                print(f"{tool.__name__:18}passed over: {error.name or error} is not installed")
                continue
            print(f"{tool.__name__:18}{measure(pages, extract)}")


if __name__ == "__main__":
    main()
