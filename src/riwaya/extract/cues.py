"""Which tokens may report: every form of the words in `cues.toml`, and how each agrees with its speaker."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from typing import NamedTuple

from riwaya.errors import WordsError
from riwaya.lang.tables import Row, Words
from riwaya.text.normal import fold

_WEAK = frozenset("ياو")
_OBJECTS = ("هما", "هم", "هن", "ها", "ه", "نا", "ني", "ك", "كم")  # longest first
_NO_OBJECT = frozenset(("came", "prep"))
_PREPOSITIONS = ("ب", "ل", "ك")
_BEGINNING = 4  # letters of a reporting word, with those of a pronoun behind it, that are looked for first
_ATTACHED = frozenset("وفسلبكا")
_MOST_ATTACHED = 4  # letters before a reporting word: وبال
_STEM_ENDS = {"ت": "ه", "ئ": "ء", "ؤ": "ء"}  # how a noun's last letter changes before a pronoun
_CHANGED = frozenset((*_STEM_ENDS.values(), "ا"))


class Form(NamedTuple):
    """One way a reporting word stands in a text. `gender`: m, f or -; `number`: s, d, p or -; `part`: past, present, participle, noun, word
    (not inflected). `lead` is what stands before it, `object` the pronoun behind it."""

    cue: str
    group: str
    attitude: str
    part: str
    person: str
    gender: str
    number: str
    lead: str = ""
    object: str = ""


class CueWords:
    """Looks up a normal token: `forms(token)` is every reading of it as a reporting word, the likeliest first, or ()."""

    def __init__(self, words: Words) -> None:
        self._spelled = _inflected(words)
        self._beginnings = _beginnings(self._spelled)
        self._seen: dict[str, tuple[Form, ...]] = {}

    def forms(self, token: str) -> tuple[Form, ...]:
        """Every reading of a normal token, as is, without a leading conjunction, preposition, article or object pronoun."""
        found = self._seen.get(token)
        if found is None:
            found = tuple(self._read(token))
            if len(self._seen) < 60_000:
                self._seen[token] = found
        return found

    def _bare(self, text: str) -> tuple[Form, ...]:
        """Every reading of a word with nothing attached; of those of one cue and part, the first."""
        spelled = self._spelled.get(text)
        if spelled is None:
            return ()
        found: dict[tuple[str, str], Form] = {}
        for row, part, who in spelled:
            form = Form(row["cue"], row["group"], row.get("attitude", "asserted"), part, who[0], who[1], who[2])
            found.setdefault((form.cue, part), form)
        return tuple(found.values())

    def _read(self, token: str) -> Iterator[Form]:
        if len(token) < 2 or not self._may_hold(token):
            return
        yield from self._core(token, "")
        if len(token) > 3 and token[0] in "وف":
            yield from self._core(token[1:], token[0])

    def _may_hold(self, token: str) -> bool:
        """Whether a reporting word may begin in a token, at its start or after what is attached to it; a quick no for most tokens."""
        for at in range(_MOST_ATTACHED + 1):
            if token[at : at + _BEGINNING] in self._beginnings:
                return True
            if token[at : at + 1] not in _ATTACHED:
                return False
        return False

    def _core(self, token: str, lead: str) -> Iterator[Form]:
        direct = self._bare(token)
        for form in direct:
            yield _with(form, lead, "") if lead else form
        if direct:
            return
        if token[0] == "س" and len(token) > 4:
            yield from (_with(form, lead + "س", "") for form in self._bare(token[1:]) if form.part == "present")
        if token[0] == "ل" and len(token) > 4:
            yield from (_with(form, lead + "ل", "") for form in self._bare(token[1:]) if form.part in ("present", "noun"))
        if token[0] in _PREPOSITIONS and len(token) > 3:
            yield from self._nominal(token[1:], lead + token[0])
        yield from self._nominal(token, lead)
        yield from self._with_object(token, lead)

    def _nominal(self, token: str, lead: str) -> Iterator[Form]:
        """A noun or participle with an article or a possessive pronoun, the preposition before it already taken off."""
        if token.startswith("ال") and len(token) > 4:
            yield from (_with(form, lead + "ال", "") for form in self._bare(token[2:]) if form.part in ("noun", "participle"))
        elif lead.endswith("ل") and token.startswith("ل") and len(token) > 3:
            yield from (_with(form, lead + "ال", "") for form in self._bare(token[1:]) if form.part == "noun")
        elif lead and lead[-1] in _PREPOSITIONS:
            yield from (_with(form, lead, "") for form in self._bare(token) if form.part == "noun")
        if not token.endswith(_OBJECTS):
            return
        for pronoun in _OBJECTS:
            if token.endswith(pronoun) and len(token) > len(pronoun) + 2:
                stem = token[: -len(pronoun)]
                options = self._bare(stem)
                if stem[-1] in _STEM_ENDS:
                    options += self._bare(stem[:-1] + _STEM_ENDS[stem[-1]])
                yield from (_with(form, lead, pronoun) for form in options if form.part in ("noun", "participle"))

    def _with_object(self, token: str, lead: str) -> Iterator[Form]:
        """A verb with an object pronoun: اعتبرها, وصفوه."""
        if not token.endswith(_OBJECTS):
            return
        for pronoun in _OBJECTS:
            if not token.endswith(pronoun) or len(token) <= len(pronoun) + 2:
                continue
            stem = token[: -len(pronoun)]
            options = self._bare(stem) or (self._bare(stem + "ا") if stem.endswith("و") else ())
            found = [f for f in options if f.part in ("past", "present") and f.group not in _NO_OBJECT]
            yield from (_with(form, lead, pronoun) for form in found)
            if found:
                return


@cache
def cue_words(words: Words) -> CueWords:
    """The reporting words of these tables, compiled once."""
    return CueWords(words)


def _with(form: Form, lead: str, pronoun: str) -> Form:
    return form._replace(lead=lead, object=pronoun)


_Spelled = tuple[Row, str, str]  # the row of a cue, the part, and the person, gender and number


class _Rule(NamedTuple):
    """A row of the table `agreement`, folded."""

    who: str
    prefix: str
    endings: tuple[str, ...]
    weak: str


def _inflected(words: Words) -> dict[str, tuple[_Spelled, ...]]:
    """What each form of the reporting words may be. At every start there are thousands to spell, and few are met: hence no more here."""
    rules: dict[str, list[_Rule]] = {}
    for row in words.rows("agreement"):
        part, rule = _rule(row)
        rules.setdefault(part, []).append(rule)
    found: dict[str, tuple[_Spelled, ...]] = {}
    for row in words.rows("cues"):
        for part, own in rules.items():
            stems = list(map(fold, row.get(part, ())))
            for rule in own if stems else ():
                one = ((row, part, rule.who),)
                for stem in stems:
                    for text in _spell(stem, part, rule):
                        found[text] = found[text] + one if text in found else one
        for word in map(fold, row.get("words", ())):
            found[word] = (*found.get(word, ()), (row, "word", "3--"))
    return found


def _rule(row: Row) -> tuple[str, _Rule]:
    """A row of `agreement` and the part it is for. WordsError where it lacks something."""
    part, _, who = row["form"].partition(" ")
    if len(who) != 3:
        raise WordsError("agreement.toml", f"{row['form']} should be a part and three letters, as past 3ms")
    if part == "present" and not row.get("prefixes"):
        raise WordsError("agreement.toml", f"{row['form']} needs prefixes")
    prefix = fold(row["prefixes"][0]) if part == "present" else ""
    return part, _Rule(who, prefix, tuple(map(fold, row["endings"])), row.get("weak", ""))


def _beginnings(spelled: Collection[str]) -> frozenset[str]:
    """How a form may begin, with a pronoun behind it if it is short: see `_core` for what its last letter is before one."""
    pronouns = {pronoun[0] for pronoun in _OBJECTS}
    found = {text[:_BEGINNING] for text in spelled}
    for text in [text for text in spelled if len(text) < _BEGINNING or (len(text) == _BEGINNING and text[-1] in _CHANGED)]:
        stems = [text, text[:-1], *(text[:-1] + before for before, end in _STEM_ENDS.items() if end == text[-1])]
        found.update((stem + pronoun)[:_BEGINNING] for stem in stems for pronoun in pronouns)
    return frozenset(found)


def _spell(stem: str, part: str, rule: _Rule) -> list[str]:
    body = rule.prefix + stem[1:] if part == "present" else stem
    joined = body
    if body[-1:] in _WEAK:
        if rule.weak == "drop":
            joined = body[:-1]
        elif part == "past" and rule.weak == "keep":
            joined = body[:-1] + "ي"
    return [joined + ending if ending else body for ending in rule.endings]
