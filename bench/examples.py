"""Annotated reports as training examples: each annotated claim shows every decision of `riwaya.extract` what would have been right."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from learn import Question
from riwaya.extract import contents, manner, names, phrases, sources, speakers, times
from riwaya.extract.cues import Form
from riwaya.extract.decide import Models
from riwaya.extract.scan import Scan, scan
from riwaya.extract.spot import cue_features
from riwaya.lang.tables import Words
from riwaya.text.normal import fold
from riwaya.text.words import read

UNKNOWN = (
    4  # one in so many words is shown a second time as if it were new, so that a reader's own reporting words are found by their company
)
_EDGES = ("mark", "comma", "colon", "stop", "dash")
Range = tuple[int, int]


@dataclass(eq=False)
class Gold:
    """One annotated claim in token numbers."""

    cue: int
    form: Form | None
    source: Range | None
    content: list[Range]
    row: Mapping[str, Any]

    @property
    def key(self) -> str | None:
        """The speaker's name, folded; `None` for nobody."""
        return fold(self.row["speaker"]) if self.row["speaker"] else None

    def holds(self, other: Gold) -> bool:
        """Whether the other's cue stands in this claim's content."""
        return any(first <= other.cue < after for first, after in self.content)

    def size(self) -> int:
        """Tokens of content."""
        return sum(after - first for first, after in self.content)


@dataclass(eq=False)
class Report:
    """One annotated report."""

    id: str
    text: str
    scan: Scan
    gold: list[Gold] = field(default_factory=list)

    @property
    def known(self) -> list[Gold]:
        """The claims whose cue is a word of the tables, in the order of the text."""
        return [one for one in self.gold if one.form is not None]


def report(row: Mapping[str, Any], words: Words) -> Report:
    """An annotated row ({"id", "text", "claims"}, spans in code points) as a report in token numbers."""
    reading = read(row["text"])
    when = [time.span for time in times.find(reading, words, published=None)]
    found = Report(row["id"], row["text"], scan(reading, words, when))
    for claim in sorted(row["claims"], key=lambda claim: claim["cue"]):
        first, after = _tokens(found.scan, claim["cue"])
        cue = next((k for k in range(first, after) if found.scan.cues[k]), None)
        form = found.scan.cues[cue][0] if cue is not None else None
        source = _tokens(found.scan, claim["source"]) if claim["source"] else None
        content = [_tokens(found.scan, span) for span in claim["content"]]
        found.gold.append(Gold(first if cue is None else cue, form, source, content, claim))
    return found


def _tokens(scan: Scan, span: Sequence[int]) -> Range:
    reading = scan.reading
    first, after = bisect_right(reading.ends, span[0]), bisect_left(reading.starts, span[1])
    while first < after and scan.classes[first] in _EDGES:
        first += 1
    while after > first and scan.classes[after - 1] in _EDGES:
        after -= 1
    return first, after


def cue_examples(reports: Sequence[Report]) -> list[Question]:
    """Every word that may report, and whether it does."""
    found = []
    for number, one in enumerate(reports):
        cues = {gold.cue for gold in one.gold}
        for i in range(one.scan.size):
            if forms := one.scan.cues[i]:
                features = cue_features(one.scan, i, forms[0])
                found.append(Question(number, [features], [(i, i)], [i in cues]))
                if i % UNKNOWN == 0:
                    rest = [feature for feature in features if not feature.startswith(("cue=", "token="))]
                    found.append(Question(number, [rest], [(i, i)], [i in cues]))
    return found


def source_examples(reports: Sequence[Report], cues: Mapping[str, frozenset[int]]) -> tuple[list[Question], list[Question]]:
    """Where each source stands (`source`) and where its phrase ends (`phrase`). `cues`: as an unseen report's are found."""
    starts: list[Question] = []
    ends: list[Question] = []
    for number, one in enumerate(reports):
        for gold in one.known:
            assert gold.form is not None
            where = sources.setting(one.scan, gold.cue, cues[one.id])
            options = list(sources.options(one.scan, gold.cue))
            start = gold.source[0] if gold.source else -1
            right = [option.start == start for option in options]
            if not any(right):
                continue
            features = [sources.option_features(one.scan, gold.cue, gold.form, option, where) for option in options]
            starts.append(Question(number, features, [(gold.cue, option.start) for option in options], right))
            if gold.source:
                first, after = gold.source
                for k in range(first + 1, min(after + 1, sources.phrase_limit(one.scan, first, gold.cue))):
                    seen = sources.phrase_features(one.scan, first, k, gold.cue, gold.form)
                    ends.append(Question(number, [seen], [(first, k)], [k < after]))
    return starts, ends


def content_examples(reports: Sequence[Report], cues: Mapping[str, frozenset[int]]) -> dict[str, list[Question]]:
    """Where each content begins and ends: the examples of the four decisions about it."""
    found: dict[str, list[Question]] = {"opening": [], "ending": [], "beginning": [], "resumes": []}
    for number, one in enumerate(reports):
        for gold in one.known:
            if gold.content:
                _content_of(number, one.scan, gold, cues[one.id], found)
    return found


def _content_of(number: int, scan: Scan, gold: Gold, cues: frozenset[int], found: dict[str, list[Question]]) -> None:
    assert gold.form is not None
    source = gold.source or (-1, -1)
    end = source[1] if source[0] > gold.cue else gold.cue
    options = list(contents.openings(scan, gold.cue, end))
    first = gold.content[0]
    before = first[1] <= gold.cue
    right = [option.how == "before" if before else option.start == first[0] for option in options]
    if not any(right):
        return
    others = contents.next_cues(scan, gold.cue, cues)
    features = [contents.opening_features(scan, gold.cue, gold.form, option, source, others) for option in options]
    at = [(gold.cue, -1 if option.how == "before" else option.start) for option in options]
    found["opening"].append(Question(number, features, at, right))
    if before:
        end = max(end, gold.cue + 1)
        seen = contents.resume_features(scan, gold.cue, gold.form, end)
        found["resumes"].append(Question(number, [seen], [(gold.cue, end)], [len(gold.content) > 1 and gold.content[-1][0] > gold.cue]))
        for k in contents.beginnings(scan, gold.cue):
            seen = contents.beginning_features(scan, gold.cue, gold.form, k)
            found["beginning"].append(Question(number, [seen], [(gold.cue, k)], [k <= first[0]]))
            if k <= first[0]:
                return
        return
    stretch = contents.stretch(scan, gold.cue, gold.form, options[right.index(True)])
    for k in contents.boundaries(scan, stretch.start, cues):
        found["ending"].append(Question(number, [contents.ending_features(scan, stretch, k, cues)], [(gold.cue, k)], [k >= first[1]]))
        if k >= first[1]:
            return


def kind_examples(reports: Sequence[Report]) -> list[Question]:
    """What sort of source each phrase without a personal name is."""
    found: list[Question] = []
    for number, one in enumerate(reports):
        for gold in one.known:
            if gold.source and gold.row["kind"] != "person" and gold.form is not None:
                features = phrases.kind_features(one.scan, gold.source, gold.form)
                found.append(_labelled(number, features, speakers.KINDS, gold.row["kind"]))
    return found


def form_examples(reports: Sequence[Report]) -> list[Question]:
    """Whether each content is direct, indirect or mixed speech."""
    found: list[Question] = []
    for number, one in enumerate(reports):
        for gold in one.gold:
            if gold.content and all(after > first for first, after in gold.content):
                features = manner.form_features(one.scan, gold.cue, gold.content)
                found.append(_labelled(number, features, manner.FORMS, gold.row["form"]))
    return found


def _labelled(number: int, features: list[str], labels: Sequence[str], right: str) -> Question:
    options = [[f"{label}/{feature}" for feature in features] for label in labels]
    return Question(number, options, None, [label == right for label in labels])


# -- who is meant


def cast_examples(reports: Sequence[Report], models: Models) -> tuple[list[Question], list[Question]]:
    """Whom each phrase without a name (`link`) and each unexpressed source (`speaker`) means.

    `models` answers `phrase` and `kind`, and `link` if it is known; without it there are no examples of `speaker`.
    """
    links: list[Question] = []
    unexpressed: list[Question] = []
    for number, one in enumerate(reports):
        play = _Play(number, one, models)
        for gold in one.known:
            play.see(gold, links, unexpressed)
    return links, unexpressed


class _Play:
    """A report told from its first claim to its last, with the sources that annotation says have spoken so far."""

    def __init__(self, number: int, one: Report, models: Models) -> None:
        self.number, self.one, self.models = number, one, models
        self.cast = speakers.Cast(one.scan, models)
        self.entities: dict[str, speakers.Entity] = {}

    def see(self, gold: Gold, links: list[Question], unexpressed: list[Question]) -> None:
        """Add this claim's examples, then remember its source."""
        assert gold.form is not None
        holders = [other for other in self.one.gold if other is not gold and other.holds(gold)]
        outer = min(holders, key=Gold.size, default=None)
        if gold.source is None:
            within = self.entities.get(outer.key) if outer and outer.key else None
            unexpressed.extend(self._unexpressed(gold, within, outer is not None))
        elif gold.key:
            links.extend(self._link(gold))
        if gold.key:
            self._remember(gold, outer is not None)

    def _unexpressed(self, gold: Gold, within: speakers.Entity | None, nested: bool) -> Iterator[Question]:
        assert gold.form is not None
        if not self.cast.models.weights.get("link"):
            return
        options = self.cast.candidates(gold.cue, gold.form)
        features = [self.cast.candidate_features(gold.cue, gold.form, option, rank, within, nested) for rank, option in enumerate(options)]
        features.append(self.cast.nobody_features(gold.cue, gold.form))
        meant = self.entities.get(gold.key) if gold.key else None
        flags = [option is meant or (option.last < 0 and self._is(option, gold)) for option in options]
        flags.append(gold.key is None)
        if any(flags):
            yield Question(self.number, features, None, flags)

    def _link(self, gold: Gold) -> Iterator[Question]:
        scan, phrase = self.one.scan, gold.source
        assert phrase is not None
        if scan.heads[phrase[0]] not in speakers.NAMELESS and (names.name_within(scan, *phrase) or names.name_beside(scan, phrase[1])):
            return
        options = self.cast.links(phrase)
        features = [self.cast.link_features(phrase, option, options) for option in options]
        meant = self.entities.get(gold.key or "")
        flags = [option is not None and (option is meant or (option.last < 0 and self._is(option, gold))) for option in options[:-1]]
        flags.append(not any(flags) and gold.row["kind"] != "person")
        if any(flags):
            yield Question(self.number, features, None, flags)

    def _is(self, option: speakers.Entity, gold: Gold) -> bool:
        """Whether an entity's name is the annotated speaker's: the same words, or for a person the end, for others the beginning."""
        if gold.key is None:
            return False
        span = self.one.scan.reading.span(*option.name)
        short, long = sorted((fold(phrases.plain(self.one.scan, span.of(self.one.text))).split(), gold.key.split()), key=len)
        if not short:
            return False
        return long[-len(short) :] == short if gold.row["kind"] == "person" else long[: len(short)] == short

    def _remember(self, gold: Gold, nested: bool) -> None:
        assert gold.form is not None
        assert gold.key is not None
        entity = self.entities.get(gold.key)
        if entity is None:
            place = _place_of(self.one, gold) or gold.source or (gold.cue, gold.cue + 1)
            entity = speakers.Entity(place, gold.row["kind"] == "person", kind=gold.row["kind"])
            self.entities[gold.key] = entity
            self.cast.entities.append(entity)
        entity.last, entity.nested, entity.by = gold.cue, nested, gold.form.part
        if gold.source:
            entity.phrases.append(gold.source)
            entity.words.update(phrases.content_words(self.one.scan, gold.source))
        if gold.form.person == "3" and gold.form.part != "noun":
            entity.agreement = gold.form.gender + gold.form.number


def _place_of(one: Report, gold: Gold) -> Range | None:
    """Where the speaker's full name stands in the text."""
    wanted = read(gold.row["speaker"]).words
    words = one.scan.words
    return next(((at, at + len(wanted)) for at in range(len(words)) if words[at : at + len(wanted)] == wanted), None)
