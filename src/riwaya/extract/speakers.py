"""Who is it? One name for every mention of a source in a text: decisions `speaker` (whom an unexpressed source is) and `kind`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from riwaya.extract.cues import Form
from riwaya.extract.decide import Models
from riwaya.extract.names import fullest, name_beside, name_ending, name_within, unprefixed
from riwaya.extract.scan import Scan
from riwaya.extract.sources import phrase_end
from riwaya.text.normal import fold

KINDS = ("person", "organisation", "document", "media", "anonymous", "unspecified")
_PLURALS = ("ون", "ين", "ان", "ات", "ه", "و", "ي")
_BACK = 6  # how many earlier speakers an unexpressed source may be
_NOBODY = "nobody"
_NAMELESS = frozenset(("document", "media", "body", "armed", "people", "trace"))  # heads of phrases whose names are not the source's own


@dataclass(eq=False)
class Entity:
    """One source of this text: its name as a token range, its descriptions, and how its cues agreed with it."""

    name: tuple[int, int]
    person: bool
    kind: str = "unspecified"
    phrases: list[tuple[int, int]] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    agreement: str = "--"
    last: int = -1


class Cast:
    """The sources of one text, as they come up in it."""

    def __init__(self, scan: Scan, models: Models) -> None:
        self.scan, self.models = scan, models
        self.entities: list[Entity] = []
        self._places: dict[str, list[int]] = {}
        for i, word in enumerate(scan.words):
            if not scan.classes[i]:
                self._places.setdefault(word, []).append(i)
        self._titled: list[tuple[tuple[int, int], tuple[int, int]]] | None = None

    # -- named beside the cue

    def named(self, phrase: tuple[int, int], cue: int, form: Form) -> Entity:
        """The entity that a source phrase names: one met before, or a new one."""
        scan = self.scan
        name = name_within(scan, self.models, *phrase) if scan.head(phrase[0]) not in _NAMELESS else None
        if name is None and scan.head(phrase[0]) not in _NAMELESS:
            name = name_beside(scan, self.models, phrase[1])
        if name is None and not _indefinite(scan, phrase):
            name = self._office_holder(phrase)
        if name is not None:
            entity = self._person(fullest(scan, self.models, name, self._places))
        else:
            entity = self._described(phrase, form)
        entity.phrases.append(phrase)
        entity.words.update(_content_words(scan, phrase))
        entity.agreement = form.gender + form.number if form.person == "3" else entity.agreement
        entity.last = cue
        if entity.kind == "unspecified" or entity.person:
            entity.kind = "person" if entity.person else self.kind(phrase, form)
        return entity

    def _person(self, name: tuple[int, int]) -> Entity:
        words = self.scan.words[name[0] : name[1]]
        for entity in self.entities:
            if entity.person and _same_name(words, self.scan.words[entity.name[0] : entity.name[1]]):
                if name[1] - name[0] > entity.name[1] - entity.name[0]:
                    entity.name = name
                return entity
        return self._new(Entity(name, True))

    def _described(self, phrase: tuple[int, int], form: Form) -> Entity:
        """A phrase that names no person: a short one stands for a longer one with the same head that came before."""
        scan = self.scan
        head = _stem(scan.lexicon.bare(scan.words[phrase[0]]))
        words = _content_words(scan, phrase)
        best: Entity | None = None
        for entity in self.entities:
            for earlier in entity.phrases:
                same_head = _stem(scan.lexicon.bare(scan.words[earlier[0]])) == head
                if same_head and words <= (entity.words | _content_words(scan, earlier)) and (_indefinite(scan, phrase) is False or words == _content_words(scan, earlier)):
                    if best is None or entity.last > best.last:
                        best = entity
        if scan.words[phrase[0]] in ("نفس", "ذات") and best is None and self.entities:
            best = max(self.entities, key=lambda entity: entity.last)
        if best is not None:
            if not best.person and len(words) > len(_content_words(scan, best.name)):
                best.name = phrase
            return best
        longer = self._longer(phrase, form)
        return self._new(Entity(longer, False))

    def _longer(self, phrase: tuple[int, int], form: Form) -> tuple[int, int]:
        """The phrase; or for a single word with the article, the longer name that the text gives the same thing before: الجامعة ← جامعة …."""
        scan = self.scan
        word = scan.words[phrase[0]]
        if phrase[1] - phrase[0] > 1 or scan.head(phrase[0]) not in ("body", "armed", "document", "media", "people"):
            return phrase
        bare = scan.lexicon.bare(word)
        for at in (place for spelling in (bare, bare + "ا", "ال" + bare) for place in self._places.get(spelling, ())):
            if abs(at - phrase[0]) > 1 and at + 1 < len(scan.words) and not scan.classes[at + 1]:
                end = phrase_end(scan, self.models, at, at - 1, form)
                if end - at > 1:
                    return at, end
        return phrase

    def _new(self, entity: Entity) -> Entity:
        self.entities.append(entity)
        return entity

    def _office_holder(self, phrase: tuple[int, int]) -> tuple[int, int] | None:
        """The name of the person whose office this phrase gives, where the text names them elsewhere."""
        scan = self.scan
        if scan.head(phrase[0]) not in ("role", "honorific"):
            return None
        words = _content_words(scan, phrase)
        best, best_score = None, 0.0
        for title, name in self.titled():
            have = _content_words(scan, title)
            if not words or not (words <= have or (have <= words and scan.lexicon.bare(scan.words[title[0]]) == scan.lexicon.bare(scan.words[phrase[0]]))):
                continue
            score = 1.0 + len(words & have) - 0.05 * len(have) + (0.5 if title[0] < phrase[0] else 0.0) - abs(title[0] - phrase[0]) / 5000
            if score > best_score:
                best, best_score = name, score
        return best

    def titled(self) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """Every (office, name) that stands together anywhere in the text."""
        if self._titled is None:
            self._titled = list(self._find_titled())
        return self._titled

    def _find_titled(self) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        scan = self.scan
        i = 0
        while i < len(scan.words):
            if scan.classes[i] or scan.head(i) not in ("role", "honorific"):
                i += 1
                continue
            after = i + 1
            while after < len(scan.words) and after - i < 14 and (not scan.classes[after] or scan.words[after] in ("في", "باسم")) and not _reports(scan, after):
                after += 1
            name = name_within(scan, self.models, i, after) or name_beside(scan, self.models, after)
            if name and name[0] > i:
                yield (i, min(name[0], after)), name
                i = max(i + 1, name[0])
            else:
                i += 1
        for at in range(2, len(scan.words)):
            if scan.head(at) == "role" and not scan.classes[at]:
                end = at - 1 if scan.classes[at - 1] == "comma" else at
                name = name_ending(scan, self.models, end)
                if name is not None:
                    yield (at, self._title_end(at)), name

    def _title_end(self, start: int) -> int:
        scan = self.scan
        after = start + 1
        while after < len(scan.words) and after - start < 8 and not scan.classes[after] and not _reports(scan, after):
            after += 1
        return after

    # -- unexpressed

    def unexpressed(self, cue: int, form: Form, within: Entity | None) -> Entity | None:
        """The earlier source that an unexpressed one is; `None` where nobody is implied. `within`: whose content the cue stands in."""
        options = self.candidates(cue)
        features = [self.candidate_features(cue, form, entity, rank, within) for rank, entity in enumerate(options)]
        features.append(self.nobody_features(cue, form))
        best = self.models.best("speaker", features)
        if best == len(options):
            return None
        entity = options[best]
        if entity.last < 0:
            self.entities.append(entity)
        entity.last = cue
        if form.person == "3" and form.part != "noun":
            entity.agreement = form.gender + form.number
        return entity

    def candidates(self, cue: int) -> list[Entity]:
        """The earlier sources, latest first; then the persons named in this sentence or the one before who have said nothing yet."""
        earlier = sorted((entity for entity in self.entities if 0 <= entity.last < cue), key=lambda entity: -entity.last)[:_BACK]
        return earlier + self._mentioned(cue)

    def _mentioned(self, cue: int) -> list[Entity]:
        scan = self.scan
        first, _ = scan.sentence(cue)
        if first > 1:
            first, _ = scan.sentence(first - 2)
        found: list[Entity] = []
        for title, name in reversed(self.titled()):
            words = scan.words[name[0] : name[1]]
            if first <= name[0] < cue and not any(entity.person and _same_name(words, scan.words[slice(*entity.name)]) for entity in [*self.entities, *found]):
                found.append(Entity(fullest(scan, self.models, name, self._places), True, "person", [title], last=-1))
        return found[:2]

    def candidate_features(self, cue: int, form: Form, entity: Entity, rank: int, within: Entity | None) -> list[str]:
        """What speaks for the unexpressed source of this cue being `entity`, the rank-th latest."""
        scan = self.scan
        same = scan.sentence(cue)[0] <= entity.last
        agree = _agrees(form, entity.agreement)
        part = form.part
        if entity.last < 0:
            same = scan.sentence(cue)[0] <= entity.name[0]
            return ["mentioned", f"mentioned/rank={min(rank, 3)}", f"mentioned/same={same}", f"mentioned/same={same}/{part}", f"mentioned/{form.group}/{part}", f"mentioned/lead={form.lead}/{part}"]
        return [
            f"rank={min(rank, 3)}", f"rank={min(rank, 3)}/agree={agree}", f"agree={agree}/{part}", f"same={same}/{part}", f"same={same}/rank={min(rank, 3)}/{part}",
            f"within={within is entity}/{part}", f"within={within is entity}/rank={min(rank, 3)}", f"kind={entity.kind}", f"person={form.person}/within={within is entity}",
            f"object={bool(form.object)}/{part}/rank={min(rank, 3)}", f"kind={entity.kind}/agree={agree}",
        ]  # fmt: skip

    def nobody_features(self, cue: int, form: Form) -> list[str]:
        """What speaks for nobody being implied: expectations and beliefs without a holder."""
        before, after = self.scan.look(cue - 1), self.scan.look(cue + 1)
        return [
            _NOBODY, f"nobody/{form.cue}/{form.part}", f"nobody/{form.group}/{form.part}", f"nobody/prev={before}", f"nobody/prev={before}/{form.part}", f"nobody/next={after}",
            f"nobody/lead={form.lead}/{form.part}", f"nobody/object={bool(form.object)}/{form.part}", f"nobody/who={form.gender}{form.number}/{form.part}",
        ]  # fmt: skip

    # -- kinds

    def kind(self, phrase: tuple[int, int], form: Form) -> str:
        """What sort of source a phrase without a personal name is."""
        features = kind_features(self.scan, phrase, form)
        return KINDS[self.models.best("kind", [[f"{kind}/{feature}" for feature in features] for kind in KINDS])]


def kind_features(scan: Scan, phrase: tuple[int, int], form: Form) -> list[str]:
    """What speaks for a source phrase being of a kind; the kind's name is put before each."""
    start, after = phrase
    word = scan.words[start]
    bare = scan.lexicon.bare(word)
    return [
        "bias", f"head={scan.head(start)}", f"word={_stem(bare)}", f"definite={word[:2] == 'ال'}", f"length={min(4, after - start)}", f"ends={word[-2:]}",
        f"head={scan.head(start)}/definite={word[:2] == 'ال'}", f"number={form.number}", f"group={form.group}", f"next={scan.look(start + 1) if after - start > 1 else ''}",
        f"last={scan.words[after - 1][-2:]}", f"kept={scan.kept(start)}", f"last kept={scan.kept(after - 1)}", f"pronoun={word.endswith(('ه', 'ها', 'هم')) and not word.startswith('ال')}",
    ]  # fmt: skip


def _agrees(form: Form, agreement: str) -> str:
    if form.part == "noun" or form.person != "3" or form.gender == "-" or agreement == "--":
        return "open"
    gender = form.gender == agreement[0] or agreement[0] == "-"
    number = form.number == agreement[1] or agreement[1] == "-"
    return "both" if gender and number else "gender" if gender else "number" if number else "neither"


def _reports(scan: Scan, i: int) -> bool:
    forms = scan.forms(i)
    return bool(forms) and forms[0].part in ("past", "present") and scan.words[i] not in scan.lexicon.names and not scan.head(i)


def _indefinite(scan: Scan, phrase: tuple[int, int]) -> bool:
    """Whether a phrase introduces somebody new: no article or pronoun on it, so that it points back to nobody."""
    words = scan.words[phrase[0] : phrase[1]]
    return not any(word.startswith(("ال", "لل", "وال", "بال")) for word in words[:3]) and not words[0].endswith(("ه", "ها", "هم")) if len(words) < 3 else not any(word.startswith(("ال", "لل")) for word in words[:2]) and scan.head(phrase[0]) == "people"


def _stem(word: str) -> str:
    for ending in _PLURALS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _content_words(scan: Scan, phrase: tuple[int, int]) -> frozenset[str]:
    return frozenset(
        _stem(scan.lexicon.bare(scan.words[k])) for k in range(*phrase) if scan.classes[k] in ("", "aside") and scan.words[k] not in ("اخر", "نفس", "نفسه", "نفسها", "ذاته", "ذاتها")
    )


def _same_name(a: list[str], b: list[str]) -> bool:
    """One name is the end of the other, or shares its last word and every word of the shorter: رامي عبد الرحمن, عبد الرحمن."""
    short, long = sorted((a, b), key=len)
    return long[-len(short) :] == short or (short[-1] == long[-1] and all(word in long for word in short))


def plain(scan: Scan, words: str) -> str:
    """A name without the preposition or conjunction stuck to its first word: للناطق → الناطق, لشهود → شهود, لسامح → سامح."""
    first, _, _ = words.partition(" ")
    normal = fold(first)
    if normal.startswith("لل") and len(normal) > 4:
        return "ال" + words[2:]
    if normal.startswith(("وال", "بال", "فال")) and len(normal) > 5:
        return words[1:]
    if len(normal) > 3 and (unprefixed(scan, normal) != normal or (normal[0] in "ولبف" and normal not in scan.lexicon.head and normal[1:] in scan.lexicon.head)):
        return words[1:]
    return words
