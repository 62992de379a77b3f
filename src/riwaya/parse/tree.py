"""HTML to an lxml tree that is safe to work on: libxml2 reads the tags, and what no page of news holds is not taken over.

libxml2's own trees are no match for hostile pages: 200,000 attributes on one element take minutes, and beyond 256 nested elements the rest
of the page is lost. So only its parser is used, and the tree is built from what it reports: attributes up to a number, the text of deeper
elements without the elements, no scripts but JSON-LD, no control characters, and an end to pages with more elements than any article has.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree
from lxml.html import HtmlElement, HTMLParser

MOST_ELEMENTS = 10_000
"""More are no article: of 189 pages of outlets the largest has 2,504. The time that the extraction takes grows with their square."""
_DEEPEST = 100  # of the same pages the deepest has 51
_MOST_ATTRIBUTES = 100  # 64
_LONGEST_VALUE = 1_000  # code points of an attribute; longer ones are pictures and data of scripts
_MOST_METAS = 300  # 134; on a long content without a letter the library's patterns take the square of its length
_LONGEST_LABEL = 2_000  # code points: what is asked for is a headline, byline or deck
_UNREAD = frozenset(("noscript", "script", "style", "svg", "template"))
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what no XML tree takes


class TooManyElements(ValueError):
    """A page has more elements than `MOST_ELEMENTS`."""


def parse(html: str) -> HtmlElement | None:
    """The page's root element, or `None` where it holds nothing at all. TooManyElements for a page without end; linear in its length."""
    target = _Target()
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, target=target)
    try:
        root = etree.HTML(bare(html.replace("\f", " ")).encode("utf-8"), parser=parser)
    except etree.LxmlError:
        root = None
    if target.elements > MOST_ELEMENTS:
        raise TooManyElements
    return root if isinstance(root, HtmlElement) else None


def bare(text: str) -> str:
    """`text` without the characters that no XML tree takes: controls, lone surrogates."""
    return _CONTROLS.sub("", text)


def without_scripts(root: HtmlElement) -> None:
    """Take the scripts out of a page, once what they state is read: on broken JSON the extraction library searches without end."""
    etree.strip_elements(root, "script", with_tail=False)


def text_of(element: HtmlElement) -> str:
    """The text in an element, white space folded; of a long one the beginning alone: asking each of many nested ones stays cheap."""
    pieces: list[str] = []
    left = _LONGEST_LABEL
    for piece in element.itertext():
        pieces.append(piece[:left])
        left -= len(piece)
        if left <= 0:
            break
    return " ".join("".join(pieces).split())


class _Target:
    """What libxml2 reports to: builds the tree. While text is muted or elements are too deep, it only counts them."""

    def __init__(self) -> None:
        self._builder = etree.TreeBuilder(parser=HTMLParser())
        self.elements = self._metas = self._depth = self._muted = self._deeper = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.elements += 1
        self._metas += tag == "meta"
        if self.elements > MOST_ELEMENTS or self._muted or self._is_unread(tag, attributes):
            self._muted += 1
        elif self._depth >= _DEEPEST:
            self._deeper += 1
            self._builder.data(" ")
        else:
            self._depth += 1
            kept = zip(attributes, range(_MOST_ATTRIBUTES), strict=False)
            self._builder.start(tag, {name: bare(attributes[name][:_LONGEST_VALUE]) for name, _ in kept})

    def _is_unread(self, tag: str, attributes: Mapping[str, str]) -> bool:
        return (tag in _UNREAD and "ld+json" not in attributes.get("type", "")) or (tag == "meta" and self._metas > _MOST_METAS)

    def end(self, tag: str) -> None:
        if self._muted:
            self._muted -= 1
        elif self._deeper:
            self._deeper -= 1
            self._builder.data(" ")
        else:
            self._depth -= 1
            self._builder.end(tag)

    def data(self, text: str) -> None:
        if not self._muted:
            self._builder.data(bare(text))

    def close(self) -> HtmlElement:
        return self._builder.close()
