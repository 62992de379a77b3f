"""Who acts and speaks in one text: names of the table, short names that the text gives, names by their form, and what stands for them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from riwaya.extract.actorforms import alone, introduced, occurrences, phrase
from riwaya.extract.actornames import LOCAL, SURE, ActorNames, ShortForm, Start, Told, actor_names, read_as
from riwaya.extract.actorpersons import add_persons
from riwaya.extract.named import Named
from riwaya.extract.parties import Found, Parties, Party, Tokens
from riwaya.extract.phrases import plain
from riwaya.extract.scan import Scan
from riwaya.extract.shortforms import resolve
from riwaya.extract.speakers import Cast
from riwaya.lang.tables import Words
from riwaya.model import Actor, ActorMention, Sort, Span

_ARMED = frozenset(("REB", "PRM", "IMG", "MIL", "UAF"))
_OUTLET = "JRN"
_WITHIN = ("mark", "bracket")  # what may stand between the words of a name
_DOT = "."
_THE = "ال"
_TO = "ل"


class Reader:
    """One text while its actors are looked for."""

    def __init__(self, scan: Scan, names: ActorNames) -> None:
        self.scan, self.names = scan, names
        self.parties = Parties(names)
        self.found: list[Found] = []
        self.countries: Counter[str] = Counter()
        self._office = 0  # the token behind the last office found: within it only names of the table are looked for

    def read(self) -> None:
        """Find the names of the table, the names by form, and the words whose meaning is settled later."""
        done = 0
        for i, one in self.names.tell_all(self.scan.reading.words):
            if one.country:
                self.countries[one.country] += 1
            if i >= done:
                done = self._at(i, one)

    def _at(self, i: int, told: Told) -> int:
        """Read what begins at token i; the token behind which to read on."""
        after, readings = self._match(i, told.starts)
        noun = told.noun if i >= self._office else None
        if (
            noun is not None
            and told.definite
            and after <= i + 1
            and not read_as(readings, SURE)
            and (end := alone(self.scan, self.names, i))
        ):
            self.found.append(Found(i, end, None, "coreference", short=noun, readings=readings))
            return end
        if readings:
            return self._named(i, after, readings, noun)
        if noun is None:
            return i + 1
        return self._headed(i, noun, definite=told.definite)

    def _match(self, i: int, starts: Sequence[Start]) -> tuple[int, tuple[int, ...]]:
        """The longest name that begins at token i: where it ends, and whom it names."""
        best: tuple[int, tuple[int, ...]] = (i, ())
        passed = self.scan.classes[i + 1] in _WITHIN or self.scan.words[i + 1] == _DOT
        second = self.names.spelling[self.scan.words[i + 1 + passed]]
        for start in starts:
            if second not in start.seconds:
                if not best[1] and (readings := start.readings.get("")):
                    best = i + 1, readings
                continue
            ends = self._run(i, start.longest)
            rest = self.names.spelled(" ".join(self.scan.words[end - 1] for end in ends[1:]))
            for size in range(len(ends), 0, -1):
                if ends[size - 1] <= best[0]:
                    break
                if readings := start.readings.get(rest, ()):
                    best = self._closed(i, ends[size - 1]), readings
                    break
                rest = rest.rpartition(" ")[0]
        return best

    def _run(self, i: int, longest: int) -> list[int]:
        """Where a name of 1, 2, … words would end that begins at token i: marks and brackets within are passed over."""
        scan, ends, k = self.scan, [i + 1], i + 1
        while len(ends) < longest and k < scan.size:
            kind = scan.classes[k]
            if kind in ("stop", "comma", "colon", "edge"):
                break
            if kind not in _WITHIN and scan.words[k] != _DOT:
                ends.append(k + 1)
            k += 1
        return ends

    def _closed(self, i: int, after: int) -> int:
        """The end of a name with the mark or bracket behind it that closes what opens within."""
        words = self.scan.words[i:after]
        opens = sum(word in '«“„"(‹' for word in words) - sum(word in "»”)›" for word in words)
        return after + 1 if opens > 0 and self.scan.classes[after] in ("mark", "bracket") else after

    def _named(self, i: int, after: int, readings: tuple[int, ...], noun: ShortForm | None) -> int:
        """Keep a name of the table; the token behind which to read on. Whom a weak one means is settled later.

        Within an office (مدير المرصد …) there may be a name, and at the end of a weak one (قوات النظام) a short form.
        """
        if sure := read_as(readings, SURE):
            actor = self.names.actor(sure[0])
            self._keep(i, after, actor, noun)
            if actor.sort == "office":
                self._office = after
                return i + 1
            self._within(i + 1, after, actor)
            return after
        self.found.append(Found(i, after, None, readings=readings))
        return after - 1 if after > i + 1 and (told := self.names.tell(self.scan.words[after - 1])) and told.definite else after

    def _within(self, i: int, after: int, outer: Actor) -> None:
        """Keep a name with the article at the end of another's: the government in قوات الحكومة …."""
        if after - i < 2 or not self.scan.words[i].startswith(_THE):
            return
        told = self.names.tell(self.scan.words[i])
        end, readings = self._match(i, told.starts) if told is not None else (0, ())
        sure = read_as(readings, SURE)
        if end == after and sure and self.names.actor(sure[0]) is not outer:
            self._keep(i, end, self.names.actor(sure[0]), told.noun if told is not None else None)

    def _keep(self, i: int, after: int, actor: Actor, noun: ShortForm | None) -> Party:
        party = self.parties.of_actor(actor, (i, after))
        if noun is not None:
            party.heads.add(noun.noun)
        self.found.append(Found(i, after, party, why="a name of it"))
        return party

    def _headed(self, i: int, noun: ShortForm, *, definite: bool) -> int:
        """Read what a noun that heads names heads: a name of the table behind it (فصيل «…»), or a name by form."""
        scan = self.scan
        at = i + 2 if scan.classes[i + 1] == "mark" else i + 1
        told = self.names.tell(scan.words[at]) if not definite and scan.words[at] else None
        if told is not None and told.starts:
            after, readings = self._match(at, told.starts)
            fitting = [number for number in read_as(readings) if _suits(self.names, noun, self.names.actor(number))]
            if len(fitting) == 1:
                self._keep(i, self._closed(i, after), self.names.actor(fitting[0]), noun)
                return after
        after = phrase(scan, self.names, i, noun, definite=definite)
        if after > i + 1:
            words = " ".join(scan.words[i:after])
            party = self.parties.of_form(words.removeprefix("و"), (i, after), noun.kind, source=noun.source)
            party.heads.update(noun.heads if not noun.kinds else (noun.noun,))
            doubtful = noun.common and scan.classes[i + 1] != "mark"
            self.found.append(Found(i, after, party, "form", f"{noun.noun} and what goes with it", doubtful=doubtful))
        return i + 1

    # -- what is settled when the text is read

    def introduce(self) -> None:
        """Find the short names that the text gives, and where it uses them."""
        for one in list(self.found):
            if one.party is None or one.party.source or one.after - one.start < 2:
                continue
            tokens = introduced(self.scan, self.names, one.after, only_told=one.party.person)
            if tokens is None or not self._is_new(tokens, one.party):
                continue
            said = " ".join(self.scan.words[slice(*tokens)])
            for start, after in (tokens, *occurrences(self.scan, tokens)):
                self.found.append(Found(start, after, one.party, "introduced", f"the text gives {said} as its short name"))

    def _is_new(self, tokens: Tokens, party: Party) -> bool:
        """Whether no actor of the table surely has this short name; one of a party by form's is who that party is."""
        told = self.names.tell(self.scan.words[tokens[0]])
        after, readings = self._match(tokens[0], told.starts) if told else (0, ())
        if after == tokens[1] and (sure := read_as(readings, SURE)):
            if party.actor is None:
                party.actor = self.names.actor(sure[0])
                party.kind = party.actor.kind
            return False
        return not (told and (told.country or told.noun)) and not self.scan.words[tokens[0]].startswith(_THE)

    def support(self) -> None:
        """Settle whom weak names mean: an actor that the text names surely, or the one of the country that it speaks of most."""
        for one in self.found:
            if one.party is None and one.readings and one.short is None:
                actor, one.why = self._supported(one)
                if actor is not None:
                    one.party = self.parties.of_actor(actor, (one.start, one.after))
        self.found = [one for one in self.found if one.party is not None or one.short is not None or one.why]

    def _supported(self, one: Found) -> tuple[Actor | None, str]:
        actors = [self.names.actor(number) for number in read_as(one.readings)]
        if one.after - one.start == 1:
            if self._of_another(one.start):
                return None, ""
            if all(actor.kind == _OUTLET for actor in actors):  # the words of which outlets are named are in every text
                return (actors[0], "an outlet that is told") if self._told(one.start) else (None, "")
        named = [actor for actor in actors if self.parties.known(actor.id)]
        if len(named) == 1:
            return named[0], "the text names it in full"
        if len(named) > 1:
            return None, f"it may be {' or '.join(actor.id for actor in named)}"
        if one.after - one.start == 1 and not read_as(one.readings, LOCAL) and not (actors[0].sort == "person" and self._titled(one.start)):
            return None, ""  # a common word, and the text names nobody so called in full
        actor, why = self._of_country(actors)
        return actor, why if one.after - one.start > 1 or actor is not None else ""

    def _of_another(self, i: int) -> bool:
        """Whether the word at token i is the last name of somebody else: a given name stands before it, or goes on behind it."""
        names = self.scan.lexicon.names
        return self.scan.words[i - 1] in names or self.scan.words[i + 1] in names

    def _told(self, i: int) -> bool:
        """Whether the word at token i stands in marks by itself behind لـ or a verb that reports: قال لـ«…»."""
        scan = self.scan
        if scan.classes[i - 1] != "mark" or scan.classes[i + 1] != "mark":
            return False
        return scan.words[i - 2] == _TO or scan.verb(i - 2)

    def _titled(self, i: int) -> bool:
        """Whether a title stands before token i: الرئيس …."""
        return self.scan.heads[i - 1] in ("role", "honorific") and i > 0

    def _of_country(self, actors: Sequence[Actor]) -> tuple[Actor | None, str]:
        ranked = sorted(((self.countries[actor.country], actor.id, actor) for actor in actors if actor.country), reverse=True)
        if not ranked or not ranked[0][0]:
            return None, "nothing in the text supports it"
        if len(ranked) > 1 and ranked[1][0] * 2 > ranked[0][0]:
            return None, f"it may be {' or '.join(name for _, name, _ in ranked[:2])}"
        return ranked[0][2], f"the text speaks of {ranked[0][2].country}"

    def named(self, bodies: Sequence[Tokens]) -> None:
        """Add the bodies that the text names and nothing else told."""
        taken = {k for one in self.found for k in range(one.start, one.after)}
        for first, after in bodies:
            if taken.isdisjoint(range(first, after)):
                party = self.parties.of_form(" ".join(self.scan.words[first:after]), (first, after), None)
                self.found.append(Found(first, after, party, "form", "named as a body is"))

    def short(self, sources: Sequence[Tokens]) -> None:
        """Settle what definite short forms stand for."""
        self.found.sort(key=lambda one: (one.start, -one.after))
        for one in self.found:
            if one.short is not None:
                resolve(self.scan, self.parties, one, sources)
                if one.party is None:
                    self._by_itself(one, one.short)
            if one.party is not None:
                self.parties.see(one.party, one.start)

    def _by_itself(self, one: Found, noun: ShortForm) -> None:
        """Settle a short form that stands for nobody named: a weak name of the country's, or described by the clause behind it."""
        at = one.start, one.after
        if one.readings:
            actor, why = self._of_country([self.names.actor(number) for number in read_as(one.readings)])
            if actor is not None:
                one.party, one.why = self.parties.of_actor(actor, at), why
        elif self.scan.classes[one.after] == "relative":
            one.party = self.parties.of_form(self.scan.words[one.start], at, noun.kind, source=noun.source)
            one.party.heads.add(noun.noun)
            one.how, one.why = "form", "described by the clause behind it"


def find(
    scan: Scan, words: Words, sources: Sequence[Span] = (), cast: Cast | None = None, names: Sequence[Named] = ()
) -> tuple[ActorMention, ...]:
    """Every mention of an actor in a text, in its order; one may lie within another.

    `names` are those of the text, `sources` the spans of the sources of its claims, and `cast` is who speaks in it: with them, persons and
    bodies that stand in no table are found, and what المصدر is where the text calls nobody so.
    """
    reader = Reader(scan, actor_names(words))
    reader.read()
    reader.introduce()
    reader.support()
    add_persons(scan, cast, [(one.first, one.after) for one in names if one.kind == "person"], reader.parties, reader.found)
    reader.named([(one.first, one.after) for one in names if one.kind == "organisation"])
    spoke = sorted(_tokens(scan, span) for span in sources)
    reader.short(spoke)
    return tuple(_mention(scan, one) for one in _certain(reader.found, spoke))


def _certain(found: Sequence[Found], sources: Sequence[Tokens]) -> Iterator[Found]:
    """What was found, without what is doubtful and neither comes up again nor is credited, and without common nouns that mean nobody."""
    credited = {first for first, _ in sources}
    again = {one.party for one in found if one.party is not None and one.how in ("coreference", "introduced")}
    for one in found:
        if one.doubtful and one.party not in again and one.start not in credited:
            continue
        if one.party is not None or one.short is None or not one.short.common:
            yield one


def _mention(scan: Scan, one: Found) -> ActorMention:
    span = scan.reading.span(one.start, one.after)
    party = one.party
    if party is None:
        return ActorMention(span, span.of(scan.reading.raw), how=one.how, why=one.why)
    of = scan.reading.span(*party.name)
    name = party.actor.name if party.actor is not None else " ".join(plain(scan, of.of(scan.reading.raw)).split())
    sort: Sort = party.actor.sort if party.actor is not None else "person" if party.person else "body"
    return ActorMention(span, name, party.kind, sort, party.actor, of if of != span else None, one.how, one.why)


def _tokens(scan: Scan, span: Span) -> Tokens:
    return bisect_left(scan.reading.starts, span.start), bisect_left(scan.reading.starts, span.end)


def _suits(names: ActorNames, noun: ShortForm, actor: Actor) -> bool:
    """Whether a noun before a name is of the actor's kind: قناة before an outlet, فصيل before an armed group."""
    if actor.sort != "body":
        return False
    if noun.noun in names.heads(actor) or noun.kind == actor.kind:
        return True
    return _OUTLET not in (noun.kind, actor.kind) and (actor.kind in noun.kinds or {noun.kind, actor.kind} <= _ARMED)
