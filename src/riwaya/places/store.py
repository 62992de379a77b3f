"""A gazetteer in its built form: one file of flat arrays that is mapped into memory, so that it loads at once and costs what is looked up.

The file is a line that says what it is and its format, the digest of everything behind that line, a JSON header (name, licence, kinds,
countries, where each array stands), and the arrays, little-endian. It holds no time and no path: the same places make the same bytes.

Places are rows of columns. Names are rows too, each with its place; two arrays of sorted hashes, of tight and of loose keys, lead to them.
Strings stand end to end in one array of UTF-8, each found by its offset.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np

from riwaya.errors import PlacesError
from riwaya.model import Place
from riwaya.places.keys import hashed, loose, tight, words_of

MAGIC = b"riwaya gazetteer 1\n"
_DIGEST = 32  # letters: 128 bits
_ALIGNED = 64  # bytes
_DEGREE = 1_000_000  # points are kept in millionths of a degree, a tenth of a metre
_BARE, _NOUN = 1, 2
_REMEMBERED = 20_000  # look-ups: the news asks for the same words again and again; some 5 MB, where most are of no place
Array = np.ndarray[Any, Any]
Spelling = Literal["exact", "tight", "loose"]


class Named(NamedTuple):
    """A place to build from: its names, the first of them its own; `bare` are names that leave out what it is, `nouns` ordinary words."""

    place: Place
    names: tuple[str, ...]
    bare: tuple[str, ...] = ()
    nouns: frozenset[str] = frozenset()


class Hit(NamedTuple):
    """A place that a name leads to. `bare` where the name leaves out what it is, `noun` where it is an ordinary word."""

    place: Place
    spelling: Spelling
    bare: bool = False
    noun: bool = False


class About(NamedTuple):
    """What a gazetteer says of itself."""

    name: str
    licence: str = ""
    made_from: str = ""


# -- building


def build(path: Path, places: Iterable[Named], about: About) -> str:
    """Write a gazetteer and return its digest. What stood at `path` stays until the new one is whole."""
    rows = sorted(places, key=lambda named: named.place.id)
    arrays, known = _columns(rows)
    header: dict[str, Any] = {"about": about._asdict(), **known, "arrays": {}}
    at = 0
    for name, array in arrays.items():
        header["arrays"][name] = [array.dtype.str, at, len(array)]
        at += -(-array.nbytes // _ALIGNED) * _ALIGNED
    head = json.dumps(header, ensure_ascii=False, sort_keys=True).encode()
    head += b" " * (-(len(MAGIC) + _DIGEST + 1 + len(head) + 1) % _ALIGNED) + b"\n"
    body = [head, *(array.tobytes() + bytes(-array.nbytes % _ALIGNED) for array in arrays.values())]
    digest = _digest(body)
    partial = path.with_name(path.name + ".partial")
    with partial.open("wb") as out:
        out.writelines([MAGIC, digest.encode(), b"\n", *body])
    partial.replace(path)
    return digest


def _digest(parts: Iterable[bytes | memoryview]) -> str:
    made = blake2b(digest_size=_DIGEST // 2)
    for part in parts:
        made.update(part)
    return made.hexdigest()


def _columns(rows: list[Named]) -> tuple[dict[str, Array], dict[str, Any]]:
    """All arrays of a gazetteer, and the short lists that its header keeps."""
    kinds = sorted({named.place.kind for named in rows})
    countries = sorted({named.place.country for named in rows})
    numbers = {named.place.id: number for number, named in enumerate(rows)}
    if len(numbers) < len(rows):
        raise PlacesError("gazetteer", f"{len(rows) - len(numbers)} ids stand twice")
    strings = _Strings()
    columns = {
        "lat": np.array([round(named.place.lat * _DEGREE) for named in rows], "<i4"),
        "lon": np.array([round(named.place.lon * _DEGREE) for named in rows], "<i4"),
        "kind": np.array([kinds.index(named.place.kind) for named in rows], "u1"),
        "country": np.array([countries.index(named.place.country) for named in rows], "<u2"),
        "people": np.array([min(named.place.population, 2**31 - 1) for named in rows], "<i4"),
        "radius": np.array([named.place.radius for named in rows], "<i4"),
        "within": np.array([numbers.get(named.place.within or "", -1) for named in rows], "<i4"),
        "id": np.array([strings.add(named.place.id) for named in rows], "<u4"),
        "name": np.array([strings.add(named.place.name) for named in rows], "<u4"),
        "english": np.array([strings.add(named.place.english) for named in rows], "<u4"),
    }
    names = [(number, name, flags) for number, named in enumerate(rows) for name, flags in _flagged(named)]
    columns["name_place"] = np.array([number for number, _, _ in names], "<i4")
    columns["name_text"] = np.array([strings.add(name) for _, name, _ in names], "<u4")
    columns["name_flags"] = np.array([flags for _, _, flags in names], "u1")
    for key, made in (("tight", tight), ("loose", loose)):
        hashes = np.array([hashed(made(name)) for _, name, _ in names], "<u8")
        order = np.argsort(hashes, kind="stable")
        columns[f"{key}_hash"], columns[f"{key}_name"] = hashes[order], order.astype("<i4")
    columns["first"] = np.unique(np.array([hashed(words_of(name)[0]) for _, name, _ in names], "<u8"))
    columns["strings"] = np.frombuffer(bytes(strings.data), "u1")
    return columns, {"kinds": kinds, "countries": countries}


def _flagged(named: Named) -> Iterator[tuple[str, int]]:
    """The names of a place that a key can be made of, each once, with what is said of them."""
    found = {name: _NOUN * (name in named.nouns) for name in named.names}
    for name in named.bare:
        found.setdefault(name, _BARE | _NOUN * (name in named.nouns))
    return ((name, flags) for name, flags in found.items() if tight(name) and loose(name))


class _Strings:
    """Strings end to end, each kept once, as its length in two bytes and its UTF-8; the empty one is at 0."""

    def __init__(self) -> None:
        self.data = bytearray(2)
        self.kept = {"": 0}

    def add(self, text: str) -> int:
        if text not in self.kept:
            self.kept[text] = len(self.data)
            encoded = text.encode()[:0xFFFF]
            self.data += len(encoded).to_bytes(2, "little") + encoded
        return self.kept[text]


# -- reading


class KnownKeys(NamedTuple):
    """Hashes of the tight keys of names, and of their first words."""

    names: frozenset[int]
    firsts: frozenset[int]


class Gazetteer:
    """The places of one file, looked up by name. Compared and hashed by identity."""

    def __init__(self, header: Mapping[str, Any], arrays: Mapping[str, Array], digest: str) -> None:
        self.about = About(**header["about"])
        self.digest = digest
        self._kinds, self._countries = header["kinds"], header["countries"]
        self._arrays = arrays
        self._strings = arrays["strings"].data
        self._named = lru_cache(maxsize=_REMEMBERED)(self._look_up)
        self._begins = lru_cache(maxsize=_REMEMBERED)(self._look_up_first)

    def __len__(self) -> int:
        return len(self._arrays["id"])

    @property
    def names(self) -> int:
        """How many names lead to a place."""
        return len(self._arrays["name_place"])

    def __iter__(self) -> Iterator[Place]:
        return map(self.place, range(len(self)))

    def named(self, name: str) -> tuple[Hit, ...]:
        """The places that this name leads to, by either key; each once, by its nearest spelling."""
        return self._named(name)

    def begins(self, word: str) -> bool:
        """Whether a name begins with this word, in its tight spelling: to look in running text only where a name can be."""
        return self._begins(word)

    @cached_property
    def known(self) -> KnownKeys:
        """The tight keys of all names, and of their first words, in memory: for reading running text with a gazetteer of moderate size."""
        return KnownKeys(frozenset(self._arrays["tight_hash"].tolist()), frozenset(self._arrays["first"].tolist()))

    def _look_up(self, name: str) -> tuple[Hit, ...]:
        found: dict[int, Hit] = {}
        words = words_of(name)
        if words:
            self._add(found, words, "tight", tight(name))
            self._add(found, words, "loose", loose(name))
        return tuple(found.values())

    def _look_up_first(self, word: str) -> bool:
        found = words_of(word)
        return bool(found) and len(self._range("first", hashed(found[0]))) > 0

    def place(self, row: int) -> Place:
        """The place in a row, counted from 0."""
        columns = self._arrays
        within = int(columns["within"][row])
        return Place(
            id=self._string(columns["id"][row]),
            name=self._string(columns["name"][row]),
            kind=self._kinds[columns["kind"][row]],
            country=self._countries[columns["country"][row]],
            lat=int(columns["lat"][row]) / _DEGREE,
            lon=int(columns["lon"][row]) / _DEGREE,
            english=self._string(columns["english"][row]),
            within=self._string(columns["id"][within]) if within >= 0 else None,
            population=int(columns["people"][row]),
            radius=int(columns["radius"][row]),
        )

    def _add(self, found: dict[int, Hit], words: tuple[str, ...], by: Spelling, key: str) -> None:
        """The hits of a key: those not there yet, or there by a farther spelling. Of a million names, no two keys share 64 bits."""
        for at in self._range(f"{by}_hash", hashed(key)):
            number = int(self._arrays[f"{by}_name"][at])
            row, flags = int(self._arrays["name_place"][number]), int(self._arrays["name_flags"][number])
            is_exact = words_of(self._string(self._arrays["name_text"][number])) == words
            hit = Hit(self.place(row), "exact" if is_exact else by, bool(flags & _BARE), bool(flags & _NOUN))
            if row not in found or _rank(hit) < _rank(found[row]):
                found[row] = hit

    def _range(self, name: str, hash: int) -> range:
        hashes = self._arrays[name]
        wanted = np.uint64(hash)
        return range(int(np.searchsorted(hashes, wanted, "left")), int(np.searchsorted(hashes, wanted, "right")))

    def _string(self, at: int) -> str:
        begin = int(at) + 2
        length = self._strings[begin - 2] | self._strings[begin - 1] << 8
        return bytes(self._strings[begin : begin + length]).decode()


def _rank(hit: Hit) -> tuple[int, bool]:
    """Nearer spellings before others, whole names before bare ones."""
    return ("exact", "tight", "loose").index(hit.spelling), hit.bare


def load(path: Path) -> Gazetteer:
    """Open a built gazetteer. PlacesError where it is not there, is of another format, or is not what was written."""
    try:
        with path.open("rb") as file:
            data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            _check(path, file)
    except (OSError, ValueError) as error:  # ValueError: an empty file cannot be mapped
        raise PlacesError(path.name, f"no gazetteer can be read here: {getattr(error, 'strerror', None) or error}") from error
    start = len(MAGIC) + _DIGEST + 1
    end = start + bytes(data[start : start + (1 << 20)]).index(b"\n") + 1
    header = json.loads(bytes(data[start:end]))
    arrays = {name: np.frombuffer(data, dtype, count, end + at) for name, (dtype, at, count) in header["arrays"].items()}
    return Gazetteer(header, arrays, bytes(data[len(MAGIC) : start - 1]).decode())


def _check(path: Path, file: Any) -> None:
    """That the file is a gazetteer of this format, whole. Read in pieces, so that they do not stay in memory."""
    if file.read(len(MAGIC)) != MAGIC:
        raise PlacesError(path.name, "this is no gazetteer, or one built by another version of Riwaya: build or import it again")
    digest = file.read(_DIGEST + 1)[:-1].decode("ascii", "replace")
    if _digest(iter(lambda: file.read(1 << 20), b"")) != digest:
        raise PlacesError(path.name, "the gazetteer is damaged: what it holds is not what was written")
