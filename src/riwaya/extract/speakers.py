"""Who is it? One name for every mention of a source in a text: decisions `speaker` (whom an unexpressed source is) and `kind`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import islice

from riwaya.extract.cues import Form
from riwaya.extract.decide import Models
from riwaya.extract.names import fullest, name_beside, name_ending, name_within
from riwaya.extract.phrases import (
    ARTICLES,
    agrees,
    bare_stem,
    content_words,
    far,
    indefinite,
    kind_features,
    plural,
    reports,
    same_name,
    subject_place,
)  # fmt: skip
from riwaya.extract.scan import Scan
from riwaya.extract.sources import agreement, opens_phrase, phrase_end

KINDS = ("person", "organisation", "document", "media", "anonymous", "unspecified")
_SAME = frozenset(("نفس", "ذات", "نفسه", "نفسها", "ذاته", "ذاتها"))
_LINKED = 8  # how many earlier sources a phrase may point back to
_OFFICES = frozenset(("role", "honorific", "people"))
_SUBJECTS_WITHIN = 150  # tokens of a sentence among which its subjects are looked for
_REMEMBERED = 60  # sources of one text that are kept in mind: the latest to come up
_TITLES = 40  # names with offices, nearest first, that an office may mean
_BACK = 6  # how many earlier speakers an unexpressed source may be
_NOBODY = "nobody"
NAMELESS = frozenset(("document", "media", "body", "armed", "people", "trace"))  # heads of phrases whose names are not the source's own


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
    titles: list[tuple[int, int]] = field(default_factory=list)
    nested: bool = False
    by: str = ""


class Cast:
    """The sources of one text, as they come up in it."""

    def __init__(self, scan: Scan, models: Models) -> None:
        self.scan, self.models = scan, models
        self.entities: list[Entity] = []
        self._places = scan.places
        self.headline = next((k for k, word in enumerate(scan.words) if word == "\n"), 0)
        self._titled: list[tuple[tuple[int, int], tuple[int, int]]] | None = None

    # -- named beside the cue

    def named(self, phrase: tuple[int, int], cue: int, form: Form, *, nested: bool = False) -> Entity:
        """The entity that a source phrase names: one met before, or a new one. `nested`: the cue stands in another claim's content."""
        scan = self.scan
        name = name_within(scan, *phrase) if scan.heads[phrase[0]] not in NAMELESS else None
        if name is None and scan.heads[phrase[0]] not in NAMELESS:
            name = name_beside(scan, phrase[1])
        entity = self._person(fullest(scan, name, self._places)) if name is not None else self._linked(phrase, form)
        if len(entity.phrases) < _LINKED:
            entity.phrases.append(phrase)
        entity.words.update(content_words(scan, phrase))
        entity.agreement = form.gender + form.number if form.person == "3" else entity.agreement
        entity.last, entity.nested, entity.by = cue, nested, form.part
        if entity.kind == "unspecified" or entity.person:
            entity.kind = "person" if entity.person else self.kind(phrase, form)
        return entity

    def _person(self, name: tuple[int, int]) -> Entity:
        words = self.scan.words[name[0] : name[1]]
        for entity in self.persons(words[-1]):
            if same_name(words, self.scan.words[entity.name[0] : entity.name[1]]):
                if name[1] - name[0] > entity.name[1] - entity.name[0]:
                    entity.name = name
                return entity
        return self._new(Entity(name, True))

    def _linked(self, phrase: tuple[int, int], form: Form) -> Entity:
        """Whom a phrase that names no person means: a source met before, somebody the text names with that office, or somebody new."""
        words = self.scan.words
        if self.entities and (words[phrase[0]] in _SAME or words[phrase[1] - 1] in _SAME):
            return max(self.entities, key=lambda entity: entity.last)
        if (named := self._by_surname(phrase)) is not None:
            return named
        options = self.links(phrase)
        scores = [self.models.score("link", self.link_features(phrase, option, options)) for option in options]
        chosen = options[scores.index(max(scores))]
        if chosen is None:
            return self._new(Entity(self._longer(phrase, form), False))
        if chosen.last < 0:
            return self._person(fullest(self.scan, chosen.name, self._places))
        if not chosen.person and len(content_words(self.scan, phrase)) > len(content_words(self.scan, chosen.name)):
            chosen.name = phrase
        return chosen

    def _by_surname(self, phrase: tuple[int, int]) -> Entity | None:
        """The person met before whose name ends with the phrase's last word, where the phrase is that word, alone or behind a title."""
        words, heads = self.scan.words, self.scan.heads
        last = phrase[1] - 1
        if last > phrase[0] + 1 or heads[last] or (last > phrase[0] and heads[phrase[0]] not in ("honorific", "role")):
            return None
        fits = self.persons(words[last])
        return max(fits, key=lambda entity: entity.last, default=None)

    def links(self, phrase: tuple[int, int]) -> list[Entity | None]:
        """Whom a phrase may mean: the earlier sources, latest first; those whom the text names with an office; `None` for somebody new."""
        scan = self.scan
        known = self.latest(_LINKED)
        options: list[Entity | None] = [*known]
        if scan.heads[phrase[0]] in _OFFICES:
            for title, name in self._titled_near(phrase[0]):
                words = scan.words[name[0] : name[1]]
                same = next((e for e in options if e is not None and e.person and same_name(words, scan.words[slice(*e.name)])), None)
                if same is None:
                    options.append(Entity(name, True, "person", [title], set(content_words(scan, title)), last=-1))
                elif title not in same.titles and len(same.titles) < _LINKED:
                    same.titles.append(title)
        options.append(None)
        return options

    def link_features(self, phrase: tuple[int, int], option: Entity | None, options: list[Entity | None]) -> list[str]:
        """What speaks for a phrase meaning this source."""
        scan = self.scan
        words = content_words(scan, phrase)
        head = bare_stem(scan, scan.words[phrase[0]])
        kind = scan.heads[phrase[0]] or ("definite" if scan.words[phrase[0]].startswith(ARTICLES) else "word")
        size = min(3, phrase[1] - phrase[0])
        new = "new" if indefinite(scan, phrase) else "given"
        top = "headline" if phrase[0] < self.headline else "body"
        if option is None:
            same_head = any(e is not None and head in e.words for e in options)
            return [
                "none", f"none/{new}", f"none/{new}/size={size}", f"none/{kind}", f"none/{kind}/{new}", f"none/{kind}/{new}/size={size}",
                f"none/alone={len(options) == 1}", f"none/{top}",
                f"none/same head={same_head}/{new}", f"none/same head={same_head}/{new}/{kind}", f"none/head={head}",
                f"none/{kind}/{new}/{top}", f"none/same head={same_head}/size={size}/{new}",
            ]  # fmt: skip
        have = option.words.union(*(content_words(scan, title) for title in option.titles)) if option.titles else option.words
        match = self._match(words, head, option, have)
        if match.endswith("some") and kind in ("body", "media", "document", "armed"):
            return ["another of its kind"]  # وزارة الدفاع is not وزارة الخارجية
        rank = options.index(option)
        person = "person" if option.person else option.kind
        where = "before" if option.last >= 0 else "named before" if option.name[0] < phrase[0] else "named after"
        near = "0" if rank == 0 else "1" if rank == 1 else "2+"
        return [
            f"match={match}", f"match={match}/{new}", f"match={match}/{new}/{where}", f"match={match}/{kind}",
            f"match={match}/{kind}/{person}", f"match={match}/{new}/size={size}", f"near={near}/{where}",
            f"match={match}/near={near}/{where}", f"match={match}/{new}/{where}/{kind}",
            f"match={match}/{new}/{where}/{person}/size={size}", f"{where}/{top}", f"match={match}/{where}/{top}/{new}",
            f"{kind}/{person}/{where}/{new}", f"{kind}/{person}/{where}/{new}/near={near}", f"head={head}/{person}/match={match}",
            f"{kind}/{person}/{new}/size={size}/near={near}/{where}",
            f"plural={plural(scan, phrase[0])}/{person}",
        ]  # fmt: skip

    def _match(self, words: frozenset[str], head: str, option: Entity, have: set[str]) -> str:
        """How a phrase's words lie to an entity's."""
        heads = {bare_stem(self.scan, self.scan.words[p[0]]) for p in (*option.phrases, *option.titles)}
        same = "head" if head in heads else "inside" if head in have else "other"
        rest = words - {head}
        if not rest:
            return f"{same}, alone"
        if rest <= have:
            return f"{same}, all"
        return f"{same}, some" if rest & have else f"{same}, nothing"

    def _longer(self, phrase: tuple[int, int], form: Form) -> tuple[int, int]:
        """The phrase; or for a single word with the article, the longer name that the text gives the same thing: الجامعة ← جامعة …."""
        scan = self.scan
        word = scan.words[phrase[0]]
        if named := self._with_its_head(phrase):
            return named
        if phrase[1] - phrase[0] > 1 or scan.heads[phrase[0]] not in ("body", "armed", "document", "media", "people"):
            return phrase
        bare = scan.lexicon.bare(word)
        for at in (place for spelling in (bare, bare + "ا", "ال" + bare) for place in self._places.get(spelling, ())):
            if abs(at - phrase[0]) > 1 and at + 1 < scan.size and not scan.classes[at + 1]:
                end = phrase_end(scan, self.models, at, at - 1, form)
                end = next((k for k in range(at + 1, end) if scan.heads[k] in ("honorific", "role") or scan.seen[k] == "name"), end)
                if end - at > 1:
                    return at, end
        return phrase

    def _with_its_head(self, phrase: tuple[int, int]) -> tuple[int, int] | None:
        """A short proper name together with the noun that stands before it elsewhere: أوبر ← شركة «أوبر»."""
        scan = self.scan
        wanted = scan.words[phrase[0] : phrase[1]]
        if len(wanted) > 3 or scan.lexicon.bare(wanted[0]) in scan.lexicon.namers:
            return None
        for at in self._places.get(wanted[0], ())[:40]:
            before = at - 2 if scan.classes[at - 1] in ("mark", "bracket") else at - 1
            if before >= 0 and scan.words[before] in scan.lexicon.namers and scan.words[at : at + len(wanted)] == wanted:
                return before, at + len(wanted)
        return None

    def settle(self) -> dict[Entity, Entity]:
        """Whom an unnamed source of the headline turns out to be: the first person of the report whose office shares a word with it."""
        scan = self.scan
        end = self.headline
        found: dict[Entity, Entity] = {}
        persons = [entity for entity in self.entities if entity.person and entity.phrases and entity.phrases[0][0] > end]
        for entity in self.entities:
            if (
                entity.person
                or not entity.phrases
                or entity.phrases[0][0] >= end
                or scan.heads[entity.phrases[0][0]] not in ("role", "people", "honorific")
            ):
                continue
            words = content_words(scan, entity.phrases[0])
            match = next((person for person in persons if any(words & content_words(scan, phrase) for phrase in person.phrases)), None)
            if match is not None:
                found[entity] = match
        return found

    def _new(self, entity: Entity) -> Entity:
        self.entities.append(entity)
        return entity

    def latest(self, most: int) -> list[Entity]:
        """The sources that spoke last, latest first."""
        return nlargest(most, (entity for entity in self.entities[-_REMEMBERED:] if entity.last >= 0), key=lambda entity: entity.last)

    def persons(self, last_word: str) -> list[Entity]:
        """The named persons whose name ends with this word."""
        words = self.scan.words
        return [entity for entity in self.entities[-_REMEMBERED:] if entity.person and words[entity.name[1] - 1] == last_word]

    def _titled_near(self, at: int) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """The names with offices nearest to token `at`, in the order of the text."""
        found = self.titled()
        middle = bisect_left(found, ((at, 0), (0, 0)))
        return found[max(0, middle - _TITLES) : middle + _TITLES // 2]

    def titled(self) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """Every (office, name) that stands together anywhere in the text."""
        if self._titled is None:
            self._titled = sorted(self._find_titled())
        return self._titled

    def _find_titled(self) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        scan = self.scan
        i = 0
        while i < scan.size:
            if scan.classes[i] or scan.heads[i] not in ("role", "honorific"):
                i += 1
                continue
            after = i + 1
            while (
                after < scan.size
                and after - i < 14
                and (not scan.classes[after] or scan.words[after] in ("في", "باسم"))
                and not reports(scan, after)
            ):
                after += 1
            name = name_within(scan, i, after) or name_beside(scan, after)
            if name and name[0] > i:
                yield (i, min(name[0], after)), name
                i = max(i + 1, name[0])
            else:
                i += 1
        for at in range(2, scan.size):
            if scan.heads[at] == "role" and not scan.classes[at]:
                end = at - 1 if scan.classes[at - 1] == "comma" else at
                name = name_ending(scan, end)
                if name is not None:
                    yield (at, self._title_end(at)), name

    def _title_end(self, start: int) -> int:
        scan = self.scan
        after = start + 1
        while after < scan.size and after - start < 8 and not scan.classes[after] and not reports(scan, after):
            after += 1
        return after

    # -- unexpressed

    def unexpressed(self, cue: int, form: Form, within: Entity | None, *, nested: bool = False) -> Entity | None:
        """The earlier source that an unexpressed one is; `None` where nobody is implied. `within`: whose content the cue stands in."""
        options = self.candidates(cue, form)
        score = self.models.score
        scores = [score("speaker", self.candidate_features(cue, form, entity, rank, within, nested)) for rank, entity in enumerate(options)]
        scores.append(score("speaker", self.nobody_features(cue, form)))
        best = scores.index(max(scores))
        if best == len(options):
            return None
        entity = options[best]
        if entity.last < 0:
            entity = self._adopt(entity, form)
        entity.last, entity.nested, entity.by = cue, nested, form.part
        if form.person == "3" and form.part != "noun":
            entity.agreement = form.gender + form.number
        return entity

    def _adopt(self, entity: Entity, form: Form) -> Entity:
        """A source from now on: somebody named or described who is credited for the first time without being named again."""
        if entity.last == -2:
            if entity.person:
                adopted = self._person(fullest(self.scan, entity.name, self._places))
            else:
                adopted = self._linked(entity.phrases[0], form)
                if adopted.kind == "unspecified":
                    adopted.kind = self.kind(entity.phrases[0], form)
            adopted.phrases += entity.phrases
            adopted.words |= entity.words
            if adopted.person:
                adopted.kind = "person"
            return adopted
        return self._new(entity)

    def candidates(self, cue: int, form: Form) -> list[Entity]:
        """The earlier sources, latest first; where none speaks in this sentence, also those named or acting in it."""
        earlier = [entity for entity in self.latest(_BACK) if entity.last < cue]
        if earlier and earlier[0].last >= self.scan.sentence(cue)[0]:
            return earlier
        return earlier + self._mentioned(cue) + self._subjects(cue, form, earlier)

    def _subjects(self, cue: int, form: Form, known: list[Entity]) -> list[Entity]:
        """The subjects of this sentence, and of the one before, who have said nothing yet."""
        scan = self.scan
        first, _ = scan.sentence(cue)
        places = list(islice((k for k in range(first, min(cue, first + _SUBJECTS_WITHIN)) if subject_place(scan, k, first)), 3))
        if first > 1:
            earlier, _ = scan.sentence(first - 2)
            end = min(first - 1, earlier + _SUBJECTS_WITHIN)
            places += islice((k for k in range(earlier, end) if subject_place(scan, k, earlier)), 1)
        found: list[Entity] = []
        for k in places:
            end = min(phrase_end(scan, self.models, k, cue, form), cue)
            if end <= k:
                continue
            name = name_within(scan, k, end) if scan.heads[k] not in NAMELESS else None
            entity = Entity(
                name or (k, end),
                name is not None,
                "person" if name else "unspecified",
                [(k, end)],
                set(content_words(scan, (k, end))),
                last=-2,
            )
            if not any(_same_entity(scan, entity, other) for other in [*known, *found]):
                found.append(entity)
        return found

    def _mentioned(self, cue: int) -> list[Entity]:
        scan = self.scan
        first, _ = scan.sentence(cue)
        if first > 1:
            first, _ = scan.sentence(first - 2)
        found: list[Entity] = []
        for title, name in reversed(self._titled_near(cue)):
            words = scan.words[name[0] : name[1]]
            if first <= name[0] < cue and not any(
                same_name(words, scan.words[slice(*entity.name)]) for entity in [*self.persons(words[-1]), *found]
            ):
                found.append(Entity(fullest(scan, name, self._places), True, "person", [title], last=-1))
        return found[:2]

    def candidate_features(self, cue: int, form: Form, entity: Entity, rank: int, within: Entity | None, nested: bool) -> list[str]:
        """What speaks for the unexpressed source of this cue being `entity`, the rank-th latest."""
        scan = self.scan
        same = scan.sentence(cue)[0] <= entity.last
        agree = agrees(form, entity.agreement)
        part = form.part
        if entity.last == -2:
            k = entity.phrases[0][0]
            first, _ = scan.sentence(cue)
            same, opens = first <= k, opens_phrase(scan, k, scan.sentence(k)[0])
            fits = agreement(scan, k, form)
            left = scan.company[k - 1]
            kind = "person" if entity.person else scan.heads[k] or "thing"
            return [
                "subject", f"subject/same={same}/{part}", f"subject/same={same}/fits={fits}/{part}", f"subject/opens={opens}/same={same}",
                f"subject/kind={kind}", f"subject/kind={kind}/same={same}/{part}",
                f"subject/left={left}", f"subject/kept={scan.company[k]}", f"subject/lead={form.lead}/{part}",
                f"subject/{form.group}/{part}", f"subject/fits={fits}/kind={kind}",
                f"subject/prev={scan.seen[cue - 1]}/{part}", f"subject/left={left}/{part}/same={same}",
            ]  # fmt: skip
        if entity.last == -1:
            same = scan.sentence(cue)[0] <= entity.name[0]
            return [
                "mentioned",
                f"mentioned/rank={min(rank, 3)}",
                f"mentioned/same={same}",
                f"mentioned/same={same}/{part}",
                f"mentioned/{form.group}/{part}",
                f"mentioned/lead={form.lead}/{part}",
            ]
        gap = far(scan, entity.last, cue)
        many = "one" if entity.person else "many" if any(plural(scan, phrase[0]) for phrase in entity.phrases[:_LINKED]) else "body"
        number = f"{form.number}/{many}" if form.person == "3" and part != "noun" else "open"
        return [
            f"rank={min(rank, 3)}", f"rank={min(rank, 3)}/agree={agree}", f"agree={agree}/{part}", f"same={same}/{part}",
            f"same={same}/rank={min(rank, 3)}/{part}",
            f"by={entity.by}/rank={min(rank, 3)}/{part}", f"by={entity.by}/agree={agree}/{part}", f"far={gap}/{part}",
            f"far={gap}/rank={min(rank, 3)}/{part}", f"far={gap}/agree={agree}/{part}", f"lead={form.lead}/far={gap}/rank={min(rank, 3)}",
            f"far={gap}/nested={nested}/{entity.nested}/{part}",
            f"quoted={scan.inside[cue] >= 0}/{scan.inside[max(entity.last, 0)] >= 0}/rank={min(rank, 3)}",
            f"first={rank == 0}/{form.group}/far={gap}",
            f"nested={nested}/{entity.nested}", f"nested={nested}/{entity.nested}/rank={min(rank, 3)}",
            f"nested={nested}/{entity.nested}/{part}/same={same}", f"nested={nested}/{entity.nested}/agree={agree}",
            f"within={within is entity}/{part}", f"within={within is entity}/rank={min(rank, 3)}", f"kind={entity.kind}",
            f"person={form.person}/within={within is entity}",
            f"object={bool(form.object)}/{part}/rank={min(rank, 3)}", f"kind={entity.kind}/agree={agree}",
            f"number={number}", f"number={number}/{part}", f"number={number}/{part}/rank={min(rank, 3)}", f"number={number}/agree={agree}",
        ]  # fmt: skip

    def nobody_features(self, cue: int, form: Form) -> list[str]:
        """What speaks for nobody being implied: expectations and beliefs without a holder."""
        before, after = self.scan.seen[cue - 1], self.scan.seen[cue + 1]
        return [
            _NOBODY, f"nobody/{form.cue}/{form.part}", f"nobody/{form.group}/{form.part}", f"nobody/prev={before}",
            f"nobody/prev={before}/{form.part}", f"nobody/next={after}",
            f"nobody/lead={form.lead}/{form.part}", f"nobody/object={bool(form.object)}/{form.part}",
            f"nobody/who={form.gender}{form.number}/{form.part}",
        ]  # fmt: skip

    # -- kinds

    def kind(self, phrase: tuple[int, int], form: Form) -> str:
        """What sort of source a phrase without a personal name is; of a head that the weights do not know, what its row says."""
        head = self.scan.heads[phrase[0]]
        if head and not any(f"{kind}/head={head}" in self.models.weights["kind"] for kind in KINDS):
            return self.scan.lexicon.kind[head]
        return self.models.name("kind", KINDS, kind_features(self.scan, phrase, form))


def _same_entity(scan: Scan, a: Entity, b: Entity) -> bool:
    words_a, words_b = scan.words[slice(*a.name)], scan.words[slice(*b.name)]
    return same_name(words_a, words_b) if a.person and b.person else words_a == words_b
