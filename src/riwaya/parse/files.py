"""What a reporter gives, to articles: files, folders of them, and bytes; whatever cannot be read is told, and the rest is read.

Read are `.txt`, `.html` and `.htm` (one article each) and `.jsonl` (an article a line), and each of them with `.gz`. A path that is named
and ends otherwise is read for what it looks like; in a folder only these endings are looked at, in all folders within it, in the order
of their paths. JSON lines are read one at a time; a text or page is read whole, up to a limit.
"""

from __future__ import annotations

import gzip
import io
import os
import re
import zlib
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import IO, Literal, cast

from riwaya.errors import BrokenInput, EmptyInput, InputError
from riwaya.lang.tables import Words
from riwaya.model import Article, Failure
from riwaya.parse.articles import Setting, clean, of_page, of_row, of_text
from riwaya.parse.decode import decode

Kind = Literal["text", "html", "jsonl"]
LARGEST_FILE = 32 * 2**20
"""The most bytes of one text or page, after gzip: some hundred times the largest page of an outlet that was seen."""
LARGEST_ROW = 16 * 2**20
"""The most bytes of one line of JSON lines."""
STANDARD_INPUT = "-"
_KINDS: dict[str, Kind] = {".txt": "text", ".html": "html", ".htm": "html", ".jsonl": "jsonl"}
_READ = ".txt, .html, .htm or .jsonl file"
_HEAD = 8192
_JSON = re.compile(r'\s*(?:\[\s*)?\{\s*(?:"|\}|$)')
_PAGE = re.compile(r"\s*<(?:!doctype|html|head|body|meta|title|article|div|p|script|table|\?xml|!--)", re.IGNORECASE)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (FileNotFoundError, "there is no such file"),
    (PermissionError, "it may not be opened: permission denied"),
    (IsADirectoryError, "it is a folder"),
)
_BROKEN_GZIP = (gzip.BadGzipFile, zlib.error, EOFError)


def read_paths(
    paths: Iterable[Path | str],
    *,
    published: date | None = None,
    stdin: IO[bytes] | bytes | None = None,
    words: Words | None = None,
) -> Iterator[Article | Failure]:
    """Read files and folders, in the order given; `-` is `stdin`. Lazy: an article is given as soon as it is read.

    `published` is the date of articles that state none. A `Failure` names what could not be read and why; one that says "read without a
    date" or "read as U+FFFD" stands before an article that was read all the same. Never raises for what an input holds.
    """
    setting = Setting(published, words)
    for path in paths:
        if str(path) == STANDARD_INPUT and stdin is not None:
            stream = io.BytesIO(stdin) if isinstance(stdin, bytes) else stdin
            yield from _told(_stream(stream, "standard input", "stdin", None, setting), "standard input")
        elif os.path.isdir(path):
            yield from _folder(Path(path), setting)
        else:
            yield from _told(_file(Path(path), setting), clean(str(path)))


def read_bytes(
    data: bytes, where: str, *, kind: Kind | None = None, published: date | None = None, words: Words | None = None
) -> Iterator[Article | Failure]:
    """Read bytes, gzip or not, as `read_paths` reads a file; `where` names them in failures, and the article if nothing else does.

    `kind` is what they are; by default what they look like: an object a line, a page, or else a text.
    """
    yield from _told(_stream(io.BytesIO(data), where, where, kind, Setting(published, words)), where)


def _told(articles: Iterator[Article | Failure], where: str) -> Iterator[Article | Failure]:
    """The articles, and at the end, if it is a bad one, the failure."""
    try:
        yield from articles
    except InputError as error:
        yield Failure(error.where, error.reason, error.kind)
    except _BROKEN_GZIP:
        yield Failure(where, "the gzip data is broken or cut short", "broken")
    except (OSError, ValueError) as error:  # a name with a NUL is a ValueError
        yield _failed(error, where)


def _failed(error: OSError | ValueError, where: str) -> Failure:
    """Why a file could not be opened or read."""
    reason = next((reason for kind, reason in _REASONS if isinstance(error, kind)), None)
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Failure(where, reason or f"it cannot be read: {said}", "missing")


def _folder(folder: Path, setting: Setting) -> Iterator[Article | Failure]:
    refused: list[Failure] = []
    files: list[Path] = []
    for parent, _, names in os.walk(folder, onerror=lambda error: refused.append(_failed(error, clean(str(error.filename))))):
        files += [Path(parent, name) for name in names if _kind_of(name) is not None]
    yield from refused
    if not files and not refused:
        yield Failure(clean(str(folder)), f"the folder holds no {_READ}", "missing")
    for path in sorted(files):
        yield from _told(_file(path, setting), clean(str(path)))


def _kind_of(name: str) -> Kind | None:
    stem = name[:-3] if name.lower().endswith(".gz") else name
    return _KINDS.get(os.path.splitext(stem)[1].lower())


def _name(path: Path) -> str:
    """A file's name without its ending: `a.html.gz` is `a`."""
    stem = path.name[:-3] if path.name.lower().endswith(".gz") else path.name
    bare, ending = os.path.splitext(stem)
    return clean(bare if ending.lower() in _KINDS else stem)


def _file(path: Path, setting: Setting) -> Iterator[Article | Failure]:
    with open(path, "rb") as stream:
        yield from _stream(stream, clean(str(path)), _name(path), _kind_of(path.name), setting)


def _stream(stream: IO[bytes], where: str, name: str, kind: Kind | None, setting: Setting) -> Iterator[Article | Failure]:
    """Whatever `stream` holds; a gzip is known by its first bytes, whatever the name says."""
    buffered = _buffered(stream)
    head = buffered.peek(_HEAD)
    if head.startswith(b"\x1f\x8b"):
        buffered = _buffered(gzip.GzipFile(fileobj=buffered))
        head = buffered.peek(_HEAD)
    if not head:
        raise EmptyInput(where, "it is empty")
    kind = kind or _looks_like(head)
    if kind == "jsonl":
        yield from _rows(buffered, head, where, name, setting)
        return
    data = buffered.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise BrokenInput(where, f"larger than {LARGEST_FILE // 2**20} MiB: no article is")
    yield from (of_page if kind == "html" else of_text)(data, where, name, setting)


def _buffered(stream: IO[bytes] | gzip.GzipFile) -> io.BufferedReader:
    """`stream` with `peek`; one that has it is left as it is, for a wrapper closes what it wraps when it goes."""
    return cast(io.BufferedReader, stream if hasattr(stream, "peek") else io.BufferedReader(cast(io.RawIOBase, stream), _HEAD))


def _looks_like(head: bytes) -> Kind:
    try:
        text = decode(head, "").text
    except InputError:
        return "text"
    return "jsonl" if _JSON.match(text) else "html" if _PAGE.match(text) else "text"


def _rows(stream: io.BufferedReader, head: bytes, where: str, name: str, setting: Setting) -> Iterator[Article | Failure]:
    lines: Iterator[tuple[int, bytes | None]]
    if head.startswith(_WIDE_MARKS):
        text = decode(stream.read(LARGEST_FILE), where).text
        lines = ((number, line.encode("utf-8", "replace")) for number, line in enumerate(text.split("\n"), 1))
    else:
        lines = _lines(stream)
    empty = True
    for number, line in lines:
        at = f"{where}, line {number}"
        if line is None:
            yield Failure(at, f"the line is longer than {LARGEST_ROW // 2**20} MiB", "broken")
        elif number == 1 and line.strip() in (b"{", b"["):
            raise BrokenInput(where, "one JSON value over many lines; an article a line is expected (JSON Lines)")
        elif line.strip():
            yield from _told(of_row(line, at, f"{name}-{number}", setting), at)
        empty = empty and line is not None and not line.strip()
    if empty:
        raise EmptyInput(where, "it holds nothing but white space")


def _lines(stream: io.BufferedReader) -> Iterator[tuple[int, bytes | None]]:
    """The lines by number, from 1; `None` for one that is too long, of which no more than the limit is held at a time."""
    number = 0
    while line := stream.readline(LARGEST_ROW + 1):
        number += 1
        if len(line) <= LARGEST_ROW:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(LARGEST_ROW)
        yield number, None
