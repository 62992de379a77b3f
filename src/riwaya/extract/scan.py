"""One article's tokens, each with what the tables say of it: the view that every rule of attribution reads.

Token numbers index `words`; a range [first, after) is half-open.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from riwaya.extract.cues import CueWords, Form, cue_words
from riwaya.lang.tables import Words
from riwaya.text.normal import fold
from riwaya.text.words import QUOTES, STOPS, Reading

_ARTICLES = ("وال", "بال", "فال", "كال", "ولل", "ال", "لل")
COMMAS = frozenset("،,;؛")
DASHES = frozenset("-–—")
_DOTTED = frozenset(("علي",))  # علي, a name (it keeps the company of عمر), and على, a preposition, have one normal form: the raw last letter tells


class Lexicon:
    """The tables that the rules of attribution read, folded and turned into look-ups."""

    def __init__(self, words: Words) -> None:
        self.cues: CueWords = cue_words(words)
        self.particle: dict[str, str] = {}
        for row in words.rows("particles"):
            for word in row["words"]:
                self.particle.setdefault(fold(word), row["class"])
        self.classes: dict[str, frozenset[str]] = {
            row["class"]: frozenset(fold(word) for word in row["words"]) for row in words.rows("particles")
        }
        self.head: dict[str, str] = {}
        self.kind: dict[str, str] = {}
        for row in words.rows("heads"):
            for word in row["words"]:
                self.head.setdefault(fold(word), row["head"])
            self.kind[row["head"]] = row["kind"]
        self.namers: frozenset[str] = frozenset(fold(word) for row in words.rows("heads") if row["head"] == "before a name" for word in row["words"])
        self.names: frozenset[str] = frozenset(fold(word) for row in words.rows("names") for word in row["words"])
        self.company: dict[str, str] = _company()
        self._bare: dict[str, str] = {}

    def bare(self, token: str) -> str:
        """A normal token without conjunction, preposition and article, where what is left is a head noun; else without its article."""
        found = self._bare.get(token)
        if found is None:
            found = self._strip(token)
            if len(self._bare) < 200_000:
                self._bare[token] = found
        return found

    def _strip(self, token: str) -> str:
        if token in self.head:
            return token
        for article in _ARTICLES:
            if token.startswith(article) and len(token) - len(article) >= 2:
                return token[len(article) :]
        if token[0] in "ولبف" and token[1:] in self.head:
            return token[1:]
        return token

    def head_of(self, token: str) -> str:
        """The class of head noun a normal token is (`role`, `people`, …), or an empty string."""
        return self.head.get(self.bare(token), "")


@cache
def _company() -> dict[str, str]:
    """The class of each common word by the company it keeps (`classes.txt`, made by bench/classes.py)."""
    found: dict[str, str] = {}
    for line in (files("riwaya.lang") / "ar" / "classes.txt").read_text("utf-8").splitlines():
        number, *members = line.split()
        found.update(dict.fromkeys(members, f"c{number}"))
    return found


@cache
def lexicon(words: Words) -> Lexicon:
    """The look-ups of these tables, compiled once."""
    return Lexicon(words)


@dataclass(frozen=True, eq=False)
class Scan:
    """A reading with its classes. `inside[i]` numbers the innermost quotation that token i stands in (its opening mark's token), or is -1."""

    reading: Reading
    lexicon: Lexicon
    words: list[str]
    classes: list[str]
    inside: list[int]
    closes: dict[int, int]
    starts: list[int]
    seen: list[str]
    company: list[str]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where each ordinary word stands, in order."""
        found: dict[str, list[int]] = {}
        for i, word in enumerate(self.words):
            if not self.classes[i]:
                found.setdefault(word, []).append(i)
        return found

    def sentence(self, i: int) -> tuple[int, int]:
        """The token range of the sentence that holds token i, its stop included."""
        at = bisect_right(self.starts, i) - 1
        after = self.starts[at + 1] if at + 1 < len(self.starts) else len(self.words)
        return self.starts[at], after

    def word(self, i: int) -> str:
        """Token i, or an empty string outside the text."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def kind(self, i: int) -> str:
        """The class of token i; an empty string for an ordinary word, `edge` outside the text."""
        return self.classes[i] if 0 <= i < len(self.words) else "edge"

    def look(self, i: int) -> str:
        """Token i as a neighbour sees it (see `_seen`); `edge` outside the text."""
        return self.seen[i] if 0 <= i < len(self.seen) else "edge"

    def kept(self, i: int) -> str:
        """The class of token i by the company it keeps; `edge` outside the text."""
        return self.company[i] if 0 <= i < len(self.company) else "edge"

    def head(self, i: int) -> str:
        """The class of head noun at token i, or an empty string."""
        return self.lexicon.head_of(self.words[i]) if 0 <= i < len(self.words) else ""

    def forms(self, i: int) -> tuple[Form, ...]:
        """Every reading of token i as a reporting word."""
        return self.lexicon.cues.forms(self.words[i])


def scan(reading: Reading, words: Words) -> Scan:
    """Class every token of a reading. Linear in its length."""
    lex = lexicon(words)
    tokens = reading.words
    particle = lex.particle
    classes: list[str] = []
    starts = [0]
    for i, token in enumerate(tokens):
        if token in particle:
            classes.append("" if token in _DOTTED and reading.raw[reading.ends[i] - 1] == "ي" else particle[token])
        elif token in STOPS:
            joins = _inside_word(reading, i)
            classes.append("" if joins else "stop")
            if i + 1 < len(tokens) and tokens[i + 1] not in STOPS and not joins:
                starts.append(i + 1)
        elif token in COMMAS:
            classes.append("comma")
        elif token == ":":
            classes.append("colon")
        elif token in QUOTES:
            classes.append("mark")
        elif token in "()[]{}":
            classes.append("bracket")
        elif token in DASHES:
            classes.append("dash")
        else:
            classes.append("")
    inside, closes = _quotations(reading)
    seen = [_seen(lex, token, kind) for token, kind in zip(tokens, classes, strict=True)]
    company = [_kept(lex, token if kind or token not in _DOTTED else "عمر") for token, kind in zip(tokens, classes, strict=True)]
    return Scan(reading, lex, tokens, classes, inside, closes, starts, seen, company)


_NAMED_CLASSES = frozenset(("preposition", "aside", "negation", "auxiliary", "contrast", "pronoun", "clause start", "as", "per"))


def _seen(lex: Lexicon, word: str, kind: str) -> str:
    """A token as a neighbour sees it: its class, its head class, or its shape."""
    if kind:
        return f"{kind}:{word}" if kind in _NAMED_CLASSES else kind
    if head := lex.head_of(word):
        return head
    if word in lex.names:
        return "name"
    if word[0].isdigit():
        return "digits"
    if forms := lex.cues.forms(word):
        return f"reporting {forms[0].part}"
    if word.startswith("ال"):
        return "definite"
    return f"{word[0]}+" if word[0] in "بل" and len(word) > 3 else "word"


def _kept(lex: Lexicon, word: str) -> str:
    """A token's class by the company it keeps; for a rare word, of the word without what is stuck to its front; else its ending."""
    company = lex.company
    if word in company:
        return company[word]
    if len(word) > 3 and word[0] in "وفبلك" and word[1:] in company:
        return f"{word[0]}+{company[word[1:]]}"
    front = "ال~" if word.startswith("ال") else f"{word[0]}~" if word[0] in "يتبلو" else "~"
    return front + (word[-2:] if word[-2:] in _ENDINGS else "")


_ENDINGS = frozenset(("ون", "ين", "ات", "يه", "ها", "هم", "ته", "نا", "وا", "ان", "اء"))


def _inside_word(reading: Reading, i: int) -> bool:
    """Whether a full stop joins an initial or an abbreviation rather than ending a sentence (أ. ب., د.ب.أ)."""
    return reading.words[i] == "." and i > 0 and len(reading.words[i - 1]) == 1 and not reading.words[i - 1].isdigit()


def _quotations(reading: Reading) -> tuple[list[int], dict[int, int]]:
    """For each token, the opening mark of the innermost quotation around it; and each opening mark's closing one."""
    inside = [-1] * len(reading.words)
    closes: dict[int, int] = {}
    stack: list[tuple[int, int]] = []
    opening = {quote.open: quote.close for quote in reading.quotes if quote.mark not in "([{"}
    for i in range(len(inside)):
        while stack and stack[-1][1] < i:
            stack.pop()
        if stack and i != stack[-1][1]:
            inside[i] = stack[-1][0]
        if i in opening:
            closes[i] = opening[i]
            stack.append((i, opening[i]))
    return inside, closes
