"""HTML to blocks of text, without a tree library: one pass, linear in the page, no limit of depth, and nothing that makes it fail.

Written for pages as they come: unclosed tags, stray ends, 10,000 nested elements, 200,000 attributes in one tag, NULs, entity bombs
(a DTD is skipped, so its entities stay as they are written). What it gives is what an article needs and no more: the blocks in the order
of the page, each with its words, its share of link text and its element; and the elements that hold blocks, each with its attributes.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape

# Elements whose start and end part one block from the next. All others are inline: their text runs on.
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html",
    "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "section", "select", "summary", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_UNREAD = frozenset((
    "applet", "canvas", "iframe", "math", "noembed", "noframes", "noscript", "object", "script", "style", "svg", "template", "textarea",
    "video", "audio",
))  # fmt: skip
_NOTED = frozenset(("meta", "link", "time", "html"))
_READ = BLOCKS | _UNREAD | _NOTED | {"a", "br", "title"}  # all others are passed over
_ENDS_ITSELF = {  # an element that ends where the next of these begins, if the writer forgot to end it
    "li": frozenset(["li"]), "dt": frozenset(["dt", "dd"]), "dd": frozenset(["dt", "dd"]), "option": frozenset(["option"]),
    "td": frozenset(["td", "th", "tr"]), "th": frozenset(["td", "th", "tr"]), "tr": frozenset(["tr"]),
}  # fmt: skip
_NAME = re.compile(r"<(/?)([a-zA-Z][^\s/><\x00]{0,40}+)")
_TAG = re.compile(_NAME.pattern + r"""((?:[^>"']++|"[^"]*+"|'[^']*+')*+)>""")
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++)))?""")
_LONGEST_TAG = 20_000  # code points of a tag that are searched for attributes
_MOST_ATTRIBUTES = 60


@dataclass(slots=True)
class Node:
    """An element that holds blocks: `blocks[first:after]` are in it; `parent` is the number of the element around it, -1 for none.

    `inside` is what stands in its start tag after the name; see `attributes`.
    """

    tag: str
    parent: int
    inside: str
    first: int
    after: int = 0


@dataclass(slots=True)
class Block:
    """Running text between two block boundaries, white space folded; `linked` counts its code points that are link text."""

    text: str
    node: int
    linked: int


@dataclass
class Markup:
    """A page read through once, everything in its order.

    `metas` are its meta, link, time and html elements, and spans that name an author: the tag, its attributes, and the number of the block
    that it stands in or before. `scripts` are its JSON-LD texts.
    """

    blocks: list[Block] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    metas: list[tuple[str, dict[str, str], int]] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    title: str = ""


def scan(page: str) -> Markup:
    """Read `page`. Never fails, whatever the string."""
    return _Scanner(page).run()


class _Scanner:
    """The state of one pass: where it is, which elements are open, and the block that is being gathered."""

    def __init__(self, page: str) -> None:
        self.page = page
        self.at = 0
        self.out = Markup()
        self.stack: list[int] = []
        self.opened: Counter[str] = Counter()
        self.pieces: list[str] = []
        self.linked = 0
        self.quotes_hold = True  # until a tag's quotation mark is never closed
        self.missing: set[str] = set()  # closing marks that no longer occur, so that they are sought once

    def run(self) -> Markup:
        page, length, tag = self.page, len(self.page), _TAG.match
        while self.at < length:
            start = page.find("<", self.at)
            if start != self.at:
                self._text(page[self.at : start] if start >= 0 else page[self.at :])
                if start < 0:
                    break
            found = tag(page, start) if self.quotes_hold else None
            if found is None:
                self.at = start
                self._odd()
                continue
            self.at = found.end()
            ending, name, inside = found.groups()
            self._tag(ending, name.lower(), inside)
        self._flush()
        while self.stack:
            self._pop()
        return self.out

    def _text(self, text: str) -> None:
        if "&" in text:
            text = unescape(text)
        self.pieces.append(text)
        if self.opened["a"]:
            self.linked += len(text.strip())

    def _tag(self, ending: str, tag: str, inside: str) -> None:
        if tag not in _READ:
            if tag == "span" and not ending and ("author" in inside or "byline" in inside):
                self.out.metas.append((tag, attributes(inside), len(self.out.blocks)))
            return
        if not ending:
            self._start(tag, inside)
            return
        if tag in BLOCKS:
            self._flush()
        if self.opened[tag]:
            while self._top() != tag:
                self._pop()
            self._pop()

    def _odd(self) -> None:
        """At a `<` that begins no whole tag: a comment or declaration, a tag whose quotation marks or end are missing, or the character."""
        page, at = self.page, self.at
        name = _NAME.match(page, at)
        if name is not None:
            self.quotes_hold = self.quotes_hold and page.find(">", at) < 0  # it has an end, so a mark in it is never closed
            end = self._after(">", at)
            self.at = len(page) if end is None else end
            self._tag(name.group(1), name.group(2).lower(), page[name.end() : min(self.at, name.end() + _LONGEST_TAG)].rstrip(">"))
        elif page.startswith("<!--", at):
            self.at = self._after("-->", at + 4) or at + 4
        elif page.startswith(("<!", "<?", "</"), at):
            self.at = self._after(">", at + 2) or at + 2
        else:
            self._text("<")
            self.at = at + 1

    def _after(self, mark: str, start: int) -> int | None:
        """The place after the next `mark`, or `None`; a mark that is not found is not sought again."""
        if mark in self.missing:
            return None
        found = self.page.find(mark, start)
        if found < 0:
            self.missing.add(mark)
            return None
        return found + len(mark)

    def _start(self, tag: str, rest: str) -> None:
        if tag in _UNREAD or tag == "title":
            self._skip(tag, rest)
            return
        if tag in _NOTED:
            self.out.metas.append((tag, attributes(rest), len(self.out.blocks)))
        if tag == "a":
            if "href" in rest or "HREF" in rest:  # without, it is a place to link to
                self._open("a", rest)
        elif tag in BLOCKS or tag == "br":
            self._flush()
            if tag not in ("br", "hr"):
                self._make_room(tag)
                self._open(tag, rest)

    def _make_room(self, tag: str) -> None:
        """End the elements that the writer of the page left open and that cannot hold `tag`."""
        if self.opened["p"] and self._top() == "p" and tag != "button":
            self._pop()
        ended = _ENDS_ITSELF.get(tag, ())
        while self._top() in ended:
            self._pop()

    def _open(self, tag: str, rest: str) -> None:
        if tag == "a" and self.opened["a"]:
            self._tag("/", "a", "")
        parent = self.stack[-1] if self.stack else -1
        self.out.nodes.append(Node(tag, parent, rest, len(self.out.blocks)))
        self.stack.append(len(self.out.nodes) - 1)
        self.opened[tag] += 1

    def _top(self) -> str:
        return self.out.nodes[self.stack[-1]].tag if self.stack else ""

    def _pop(self) -> None:
        node = self.out.nodes[self.stack.pop()]
        node.after = len(self.out.blocks)
        self.opened[node.tag] -= 1

    def _flush(self) -> None:
        """End the block that is being gathered, if it holds anything."""
        if not self.pieces:
            return
        text = " ".join("".join(self.pieces).split())
        if text:
            self.out.blocks.append(Block(text, self.stack[-1] if self.stack else -1, min(self.linked, len(text))))
        self.pieces = []
        self.linked = 0

    def _skip(self, tag: str, rest: str) -> None:
        """Past an element whose text is not the page's; a title and JSON-LD are kept aside."""
        start = self.at
        end = start if tag in self.missing else _find_end(self.page, tag, start)
        if end < 0:  # never closed: only its start tag is passed over, lest the page be lost
            self.missing.add(tag)
            end = start
        elif tag == "title" and not self.out.title:
            self.out.title = " ".join(unescape(self.page[start:end]).split())
        elif tag == "script" and "ld+json" in rest:
            self.out.scripts.append(self.page[start:end])
        self.at = end


def _find_end(page: str, tag: str, start: int) -> int:
    found = re.compile(f"</(?i:{tag})").search(page, start)
    return found.start() if found else -1


def attributes(inside: str) -> dict[str, str]:
    """The attributes in a start tag, names in lower case, the first of a name; at most 60."""
    found: dict[str, str] = {}
    for number, match in enumerate(_ATTRIBUTE.finditer(inside)):
        if number == _MOST_ATTRIBUTES:
            break
        name, double, single, bare = match.groups()
        value = double if double is not None else single if single is not None else bare or ""
        found.setdefault(name.lower(), unescape(value) if "&" in value else value)
    return found
