"""Which blocks of a page are the article: its main text, without what the site put around it and between.

Three steps, all linear. An element is set aside if its tag or the names that the site gave it say that it is not the article (a menu,
comments, "related"), unless most of the page's prose is in it, for then the name lies. The search begins at the element that is named as
the body of an article, or at the <article> with the headline, or at the page, and goes down as long as one child holds most of the prose
that is left. Within the last element, link lists, and whatever stands before the first and after the last prose, are left out.
The figures, and the pages they were measured on, are in docs/input.md.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate

from riwaya.parse.markup import Block, Markup

_NEVER = frozenset(("nav", "aside", "footer", "button", "select", "menu", "option", "dialog"))
_SELDOM = frozenset(("form", "fieldset", "figure", "figcaption", "label", "legend", "caption"))  # an old page may be one great form
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ROOTS = frozenset(("html", "body", "main", "article"))  # their names tell of the page's layout, not of themselves
_NAMES = re.compile(r"""(?:class|id|role|itemprop)\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>]++)""", re.IGNORECASE)
_LONGEST_NAMES = 1000
_NOT_BODY = re.compile(
    r"comment|disqus|respond|related|recommend|read-?(?:also|more|next)|more-?(?:news|stor|articles|from|on)|also-?read|share|sharing|social|"
    r"side-?bar|widget|promo|advert|(?<![a-z])ads?(?![a-z])|sponsor|banner|breadcrumb|newsletter|subscri|paywall|cookie|consent|gdpr|pop-?up|"
    r"modal|overlay|menu|nav(?![a-z]{3})|footer|masthead|(?<![a-z])tags?(?![a-z])|keyword|topics|bio(?![a-z])|author|byline|caption|credit|"
    r"photo(?![a-z])|image(?![a-z])|copyright|print|toolbar|login|sign-?up|rating|poll(?![a-z])|survey|trending|most-|popular|latest|teaser|"
    r"carousel|slider|slideshow|gallery|outbrain|taboola|donat|timestamp|dateline|publish|(?<![a-z])date(?![a-z])|hidden|"
    r"visually|sr-only|screen-reader|correction|disclaimer|follow|contact|thumb|playlist|player|video-(?:desc|info|meta)|recirc|upsell|tooltip|"
    r"(?<![a-z])meta(?![a-z])|metadata|info-?box|see-?also|footnote|reference|(?<![a-z])prev[-_ ]|next[-_](?:prev|art|post|story)",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"article-?body|article[-_]{0,2}(?:content|text)|story[-_]{0,2}(?:body|content|text)|entry[-_]content|post[-_](?:content|body|text)|"
    r"content[-_]{0,2}body|body[-_]{0,2}(?:text|copy|content)|news[-_]?(?:body|text|content|details)|main[-_]text|field-name-body",
    re.IGNORECASE,
)
_EMBED = re.compile(r"social-?(?:media-?)?embed|twitter-tweet", re.IGNORECASE)  # what somebody posted, quoted in the article
_UNSEEN = re.compile(r"display\s*+:\s*+none", re.IGNORECASE)
_STOP = re.compile(r"[.!?؟…»”\"')]\s*$")
_SHORT = 8  # words: a block with fewer and no stop at its end is a label, not prose
_LONG = 12  # words: a block with more may be mostly link text and still be prose
_LEAST_NAMED = 0.3  # of the page's prose that an element named as the body must hold
_LEAST_HEADED = 0.15  # of the page's prose that the <article> with the headline must hold
_KEEP, _KEEP_NAMED = 0.7, 0.9  # of the prose left that a child must hold for the search to go down into it
_KEEP_HEADED = 0.5  # the same for a child that holds the headline too


def main_blocks(markup: Markup, headline: int | None = None) -> list[int]:
    """The numbers of the blocks that are the article's body, in order; `headline` is the number of the block that is its headline.

    Empty where the page holds no prose.
    """
    if not markup.nodes:
        return [number for number, block in enumerate(markup.blocks) if _prose(block, "")]
    prose = [_prose(block, _tag(markup, block)) for block in markup.blocks]
    aside, named = _judge(markup, prose)
    prose = [0 if block.node >= 0 and aside[block.node] else words for block, words in zip(markup.blocks, prose, strict=True)]
    chosen, is_named = _choose(markup, prose, aside, named, headline)
    first, after = (markup.nodes[chosen].first, markup.nodes[chosen].after) if chosen >= 0 else (0, len(markup.blocks))
    kept = [
        number
        for number in range(first, after)
        if not _is_links(markup.blocks[number]) and not (markup.blocks[number].node >= 0 and aside[markup.blocks[number].node])
    ]
    return _trim(markup, kept, prose, is_named)


def _tag(markup: Markup, block: Block) -> str:
    return markup.nodes[block.node].tag if block.node >= 0 else ""


def _prose(block: Block, tag: str) -> int:
    """How many words of running text a block holds; none for headings, labels and lists of links."""
    if tag in _HEADINGS or 2 * block.linked > len(block.text):
        return 0
    words = len(block.text.split())
    return 0 if words < _SHORT // 2 or (words < _SHORT and not _STOP.search(block.text)) else words


def _is_links(block: Block) -> bool:
    if 2 * block.linked <= len(block.text):
        return False
    return 10 * block.linked > 9 * len(block.text) or len(block.text.split()) < _LONG


def _judge(markup: Markup, prose: list[int]) -> tuple[list[bool], list[bool]]:
    """For each element: whether it, or one around it, is set aside; and whether it is named as the body of an article."""
    sums = _sums(prose)
    aside: list[bool] = []
    named: list[bool] = []
    for node in markup.nodes:
        is_body, is_not = _names(node.inside) if node.inside else (False, False)
        doubtful = node.tag in _SELDOM or (is_not and node.tag not in _ROOTS)
        own = node.tag in _NEVER or (doubtful and 2 * (sums[node.after] - sums[node.first]) <= sums[-1])
        aside.append(own or (node.parent >= 0 and aside[node.parent]))
        named.append(is_body)
    return aside, named


def _names(inside: str) -> tuple[bool, bool]:
    """Whether the names in a start tag say that it is the body of an article, and whether they say that it is not."""
    is_body = False
    is_not = "none" in inside and _UNSEEN.search(inside) is not None
    for names in _NAMES.findall(inside[:_LONGEST_NAMES]):
        for name in names.split():
            said, denied = _name(name)
            is_body |= said
            is_not |= denied
    return is_body, is_not


@lru_cache(maxsize=8192)
def _name(name: str) -> tuple[bool, bool]:
    rest, bodies = _BODY.subn("", _EMBED.sub("", name))
    return bodies > 0, _NOT_BODY.search(rest) is not None


def _choose(markup: Markup, prose: list[int], aside: list[bool], named: list[bool], headline: int | None) -> tuple[int, bool]:
    """The tightest element that holds the article, -1 for the page; and whether it is in one that is named as the body."""
    sums = _sums(prose)
    held = [sums[node.after] - sums[node.first] for node in markup.nodes]
    start = max((n for n, is_body in enumerate(named) if is_body and not aside[n]), key=lambda n: held[n], default=-1)
    is_named = start >= 0 and held[start] >= _LEAST_NAMED * sums[-1]
    if not is_named:
        start = _headed(markup, held, headline, _LEAST_HEADED * sums[-1])
    best: dict[int, int] = {}
    for number, node in enumerate(markup.nodes):
        if node.parent not in best or held[number] > held[best[node.parent]]:
            best[node.parent] = number
    left = held[start] if start >= 0 else sums[-1]
    while start in best:
        child = best[start]
        node = markup.nodes[child]
        is_headed = headline is not None and node.first <= headline < node.after
        keep = _KEEP_NAMED if is_named else _KEEP_HEADED if is_headed else _KEEP
        is_paragraph = node.after - node.first < 2 and held[child] < left
        if is_paragraph or held[child] < keep * left or not held[child]:
            break
        start, left = child, held[child]
    return start, is_named


def _headed(markup: Markup, held: list[int], headline: int | None, least: float) -> int:
    """The innermost <article> with the headline, if it holds enough prose to be the article; -1 otherwise."""
    if headline is None:
        return -1
    around = [n for n, node in enumerate(markup.nodes) if node.tag == "article" and node.first <= headline < node.after and held[n] > least]
    return around[-1] if around else -1


def _trim(markup: Markup, kept: list[int], prose: list[int], is_named: bool) -> list[int]:
    """Without what stands before the first prose and after the last; list items at the end of a named body are its own."""
    first, after = 0, len(kept)
    while first < after and not prose[kept[first]]:
        first += 1
    while after > first and not prose[kept[after - 1]] and not (is_named and _tag(markup, markup.blocks[kept[after - 1]]) == "li"):
        after -= 1
    return kept[first:after]


def _sums(values: list[int]) -> list[int]:
    return list(accumulate(values, initial=0))
