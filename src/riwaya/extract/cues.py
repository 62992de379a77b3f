"""Which tokens may report: every form of the words in `cues.toml`, and how each agrees with its speaker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from riwaya.lang.tables import Row, Words
from riwaya.text.normal import fold

_WEAK = frozenset("ياو")
_OBJECTS = ("هما", "هم", "هن", "ها", "ه", "نا", "ني", "ك", "كم")  # longest first
_NO_OBJECT = frozenset(("came", "prep"))
_PREPOSITIONS = ("ب", "ل", "ك")
_STEM_ENDS = {"ت": "ه", "ئ": "ء", "ؤ": "ء"}  # how a noun's last letter changes before a pronoun


@dataclass(frozen=True, slots=True)
class Form:
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
        self._bare: dict[str, tuple[Form, ...]] = {}
        for row in words.rows("cues"):
            for text, form in _inflect(row, words.rows("agreement")):
                known = self._bare.get(text, ())
                if not any(form.part == other.part and form.cue == other.cue for other in known):
                    self._bare[text] = (*known, form)
        self._seen: dict[str, tuple[Form, ...]] = {}

    def forms(self, token: str) -> tuple[Form, ...]:
        """Every reading of a normal token, as is, without a leading conjunction, preposition, article or object pronoun."""
        found = self._seen.get(token)
        if found is None:
            found = tuple(self._read(token))
            if len(self._seen) < 60_000:
                self._seen[token] = found
        return found

    def _read(self, token: str) -> Iterator[Form]:
        if len(token) < 2:
            return
        yield from self._core(token, "")
        if len(token) > 3 and token[0] in "وف":
            yield from self._core(token[1:], token[0])

    def _core(self, token: str, lead: str) -> Iterator[Form]:
        direct = self._bare.get(token, ())
        for form in direct:
            yield _with(form, lead, "") if lead else form
        if direct:
            return
        if token[0] == "س" and len(token) > 4:
            yield from (_with(form, lead + "س", "") for form in self._bare.get(token[1:], ()) if form.part == "present")
        if token[0] == "ل" and len(token) > 4:
            yield from (_with(form, lead + "ل", "") for form in self._bare.get(token[1:], ()) if form.part in ("present", "noun"))
        if token[0] in _PREPOSITIONS and len(token) > 3:
            yield from self._nominal(token[1:], lead + token[0])
        yield from self._nominal(token, lead)
        yield from self._with_object(token, lead)

    def _nominal(self, token: str, lead: str) -> Iterator[Form]:
        """A noun or participle with an article or a possessive pronoun, the preposition before it already taken off."""
        if token.startswith("ال") and len(token) > 4:
            yield from (_with(form, lead + "ال", "") for form in self._bare.get(token[2:], ()) if form.part in ("noun", "participle"))
        elif lead.endswith("ل") and token.startswith("ل") and len(token) > 3:
            yield from (_with(form, lead + "ال", "") for form in self._bare.get(token[1:], ()) if form.part == "noun")
        elif lead and lead[-1] in _PREPOSITIONS:
            yield from (_with(form, lead, "") for form in self._bare.get(token, ()) if form.part == "noun")
        if not token.endswith(_OBJECTS):
            return
        for pronoun in _OBJECTS:
            if token.endswith(pronoun) and len(token) > len(pronoun) + 2:
                stem = token[: -len(pronoun)]
                options = self._bare.get(stem, ())
                if stem[-1] in _STEM_ENDS:
                    options += self._bare.get(stem[:-1] + _STEM_ENDS[stem[-1]], ())
                yield from (_with(form, lead, pronoun) for form in options if form.part in ("noun", "participle"))

    def _with_object(self, token: str, lead: str) -> Iterator[Form]:
        """A verb with an object pronoun: اعتبرها, وصفوه."""
        if not token.endswith(_OBJECTS):
            return
        for pronoun in _OBJECTS:
            if not token.endswith(pronoun) or len(token) <= len(pronoun) + 2:
                continue
            stem = token[: -len(pronoun)]
            options = self._bare.get(stem, ()) or (self._bare.get(stem + "ا", ()) if stem.endswith("و") else ())
            found = [f for f in options if f.part in ("past", "present") and f.group not in _NO_OBJECT]
            yield from (_with(form, lead, pronoun) for form in found)
            if found:
                return


@cache
def cue_words(words: Words) -> CueWords:
    """The reporting words of these tables, compiled once."""
    return CueWords(words)


def _with(form: Form, lead: str, pronoun: str) -> Form:
    return Form(form.cue, form.group, form.attitude, form.part, form.person, form.gender, form.number, lead, pronoun)


def _inflect(row: Row, agreement: tuple[Row, ...]) -> Iterator[tuple[str, Form]]:
    """Every form of a row by the agreement table, folded. A row without an attitude is `asserted`."""
    cue, group, attitude = row["cue"], row["group"], row.get("attitude", "asserted")
    for rule in agreement:
        part, who = rule["form"].split()
        for stem in row.get(part, ()):
            stem = fold(stem)
            for text in _spell(stem, part, rule):
                yield text, Form(cue, group, attitude, part, who[0], who[1], who[2])
    for word in row.get("words", ()):
        yield fold(word), Form(cue, group, attitude, "word", "3", "-", "-")


def _spell(stem: str, part: str, rule: Row) -> Iterator[str]:
    for ending in rule["endings"]:
        ending = fold(ending)
        body = stem
        if part == "present":
            body = fold(rule["prefixes"][0]) + stem[1:]
        if ending and body[-1] in _WEAK and rule.get("weak") == "drop":
            body = body[:-1]
        elif ending and part == "past" and body[-1] in _WEAK and rule.get("weak") == "keep":
            body = body[:-1] + "ي"
        yield body + ending
