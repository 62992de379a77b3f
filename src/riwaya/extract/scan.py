"""One article's tokens, each with what the tables say of it: the view that every rule of attribution reads.

Token numbers index `words`; a range [first, after) is half-open.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from riwaya.extract.cues import CueWords, Form, cue_words
from riwaya.extract.encoder import Context, Encoder, Met, load_encoder
from riwaya.extract.known import known_names
from riwaya.lang.tables import PACKAGED, Words
from riwaya.model import Span
from riwaya.text.normal import fold
from riwaya.text.words import QUOTES, STOPS, Reading

_ARTICLES = ("وال", "بال", "فال", "كال", "ولل", "ال", "لل")
COMMAS = frozenset("،,;؛")
_DEEPEST = 6  # quotations within quotations; deeper ones are noise
REMEMBERED = 60_000  # words whose readings are kept: 60 MB at most
DASHES = frozenset("-–—")
_DOTTED = frozenset(
    ("علي",)
)  # علي, a name (it keeps the company of عمر), and على, a preposition, have one normal form: the raw last letter tells
_WATCHED = STOPS | _DOTTED


class Lexicon:
    """The tables that the rules of attribution read, folded and turned into look-ups."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.cues: CueWords = cue_words(words)
        self.particle: dict[str, str] = {}
        for row in words.rows("particles"):
            for word in row["words"]:
                self.particle.setdefault(fold(word), row["class"])
        self.head: dict[str, str] = {}
        self.kind: dict[str, str] = {}
        for row in words.rows("heads"):
            for word in row["words"]:
                self.head.setdefault(fold(word), row["head"])
            self.kind[row["head"]] = row["kind"]
        self.namers: frozenset[str] = frozenset(
            fold(word) for row in words.rows("heads") if row["head"] == "before a name" for word in row["words"]
        )
        self.names: frozenset[str] = frozenset(fold(word) for row in words.rows("names") for word in row["words"])
        self.company: dict[str, str] = _company()
        self._bare: dict[str, str] = {}
        self.stems: dict[str, str] = {}
        self.told: dict[str, _Told] = {}
        self.met: dict[Encoder, Met] = {}
        self.joining: _Told = ("", "word", "~", "", ())

    def bare(self, token: str) -> str:
        """A normal token without conjunction, preposition and article, where what is left is a head noun; else without its article."""
        found = self._bare.get(token)
        if found is None:
            found = self._strip(token)
            if len(self._bare) < REMEMBERED:
                self._bare[token] = found
        return found

    def _strip(self, token: str) -> str:
        if token in self.head:
            return token
        if token.startswith(_ARTICLES):
            for article in _ARTICLES:
                if token.startswith(article) and len(token) - len(article) >= 2:
                    return token[len(article) :]
        if token[0] in "ولبف" and token[1:] in self.head:
            return token[1:]
        return token

    def tell(self, token: str) -> _Told:
        """What the tables say of a normal token: its class, how neighbours see it, its company, its head class, its readings as a cue."""
        told = self.told.get(token)
        if told is None:
            kind, head, forms = self._class(token), self.head_of(token), self.cues.forms(token)
            told = (kind, _seen(self, token, kind, head, forms), _kept(self, token), head, forms)
            if len(self.told) < REMEMBERED:
                self.told[token] = told
        return told

    def _class(self, token: str) -> str:
        if token in self.particle:
            return self.particle[token]
        if token in STOPS:
            return "stop"
        if token in COMMAS or not token.strip(".…"):  # three dots part two clauses of a headline as a comma does
            return "comma"
        if token == ":":
            return "colon"
        if token in QUOTES:
            return "mark"
        if token in "()[]{}":
            return "bracket"
        return "dash" if token in DASHES else ""

    def head_of(self, token: str) -> str:
        """The class of head noun a normal token is (`role`, `people`, …), or an empty string."""
        return self.head.get(self.bare(token), "")


@cache
def _company() -> dict[str, str]:
    """The class of each common word by the company it keeps (`classes.txt`, made by bench/classes.py)."""
    found: dict[str, str] = {}
    for line in (PACKAGED / "classes.txt").read_text("utf-8").splitlines():
        number, *members = line.split()
        found.update(dict.fromkeys(members, f"c{number}"))
    return found


@cache
def lexicon(words: Words) -> Lexicon:
    """The look-ups of these tables, compiled once."""
    return Lexicon(words)


@dataclass(frozen=True, eq=False)
class Scan:
    """A reading with what the tables say of each token.

    The lists are padded behind the text's `size` tokens, so that rules may look a little past either end: there the word is empty, and the
    class `edge`. `inside[i]` is the opening mark's token of the innermost quotation around token i, or -1; `closes` the closing mark of
    each opening one; `starts` the first token of each sentence.
    """

    reading: Reading
    lexicon: Lexicon
    size: int
    words: list[str]
    classes: list[str]
    seen: list[str]
    company: list[str]
    heads: list[str]
    cues: list[tuple[Form, ...]]
    inside: list[int]
    closes: dict[int, int]
    starts: list[int]

    @cached_property
    def context(self) -> Context:
        """What the encoder says of the tokens; worked out when it is first asked for."""
        return Context(self, load_encoder())

    @cached_property
    def told(self) -> dict[tuple[int, int], frozenset[str]]:
        """What `content_words` found in phrases, kept."""
        return {}

    @cached_property
    def known(self) -> list[int]:
        """What the tables know of names at each token: see `known`."""
        return known_names(self.lexicon.words).flags(self)

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where each ordinary word stands, in order."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for i, (word, kind) in enumerate(zip(self.words, self.classes, strict=True)):
            if not kind or kind == "place of speech":
                found[word].append(i)
        return dict(found)

    def sentence(self, i: int) -> tuple[int, int]:
        """The token range of the sentence that holds token i, its stop included."""
        at = bisect_right(self.starts, i) - 1
        after = self.starts[at + 1] if at + 1 < len(self.starts) else self.size
        return self.starts[at], after

    def verb(self, i: int) -> bool:
        """Whether token i may be a verb that reports."""
        return bool(self.cues[i]) and self.cues[i][0].part in ("past", "present")


_PADDING = 32  # tokens: more than any rule looks past the text's end
_Told = tuple[str, str, str, str, tuple[Form, ...]]  # class, how neighbours see it, company, head class, readings as a reporting word
_EDGE: _Told = ("edge", "edge", "edge", "", ())


def scan(reading: Reading, words: Words, times: Sequence[Span] = ()) -> Scan:
    """Class every token of a reading. `times`: the spans of its expressions of time, whose tokens look alike. Linear in its length."""
    lex = lexicon(words)
    tokens = reading.words
    known = lex.told.get
    told = [known(token) or lex.tell(token) for token in tokens]
    starts = [0]
    for i in [i for i, token in enumerate(tokens) if token in _WATCHED]:
        if tokens[i] in _DOTTED:
            told[i] = lex.tell("عمر") if reading.raw[reading.ends[i] - 1] == "ي" else told[i]
        elif _inside_word(reading, i):
            told[i] = lex.joining
        elif i + 1 < len(tokens) and tokens[i + 1] not in STOPS:
            starts.append(i + 1)
    for i, one in enumerate(told):
        if one[4] and tokens[i][-1] == "ه" and reading.raw[reading.ends[i] - 1] == "ة":
            told[i] = _without_pronoun(one)
    for span in times:
        for i in range(bisect_right(reading.ends, span.start), bisect_left(reading.starts, span.end)):
            told[i] = (told[i][0], "time", "time", "", told[i][4])
    told.extend([_EDGE] * _PADDING)
    classes, seen, company, heads, cues = map(list, zip(*told, strict=True))
    inside, closes = _quotations(reading)
    words_padded = [*tokens, *[""] * _PADDING]
    return Scan(reading, lex, len(tokens), words_padded, classes, seen, company, heads, cues, inside, closes, starts)


def _without_pronoun(told: _Told) -> _Told:
    """What is told of a word that ends in ة, whose normal form ends as if with a pronoun (إضافة is not أضافه)."""
    kind, seen, company, head, forms = told
    kept = tuple(form for form in forms if not form.object)
    return kind, seen if kept or not seen.startswith("reporting") else "word", company, head, kept


_NAMED_CLASSES = frozenset(("preposition", "aside", "negation", "auxiliary", "contrast", "pronoun", "clause start", "as", "per"))


def _seen(lex: Lexicon, word: str, kind: str, head: str, forms: tuple[Form, ...]) -> str:
    """A token as a neighbour sees it: its class, its head class, or its shape."""
    if kind:
        return f"{kind}:{word}" if kind in _NAMED_CLASSES else kind
    if head:
        return head
    if word in lex.names:
        return "name"
    if word[0].isdigit():
        return "digits"
    if forms:
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
    return reading.words[i] == "." and i > 0 and len(reading.words[i - 1]) == 1 and reading.words[i - 1].isalpha()


def _quotations(reading: Reading) -> tuple[list[int], dict[int, int]]:
    """For each token (and the padding), the opening mark of the innermost quotation around it; and each opening mark's closing one."""
    inside = [-1] * (len(reading.words) + _PADDING)
    closes: dict[int, int] = {}
    around: list[int] = []
    for quote in reading.quotes:  # by opening mark, so that an inner quotation is laid over the one around it
        while around and around[-1] < quote.open:
            around.pop()
        if quote.mark not in "([{" and len(around) < _DEEPEST:
            around.append(quote.close)
            closes[quote.open] = quote.close
            inside[quote.open + 1 : quote.close] = [quote.open] * (quote.close - quote.open - 1)
    return inside, closes
