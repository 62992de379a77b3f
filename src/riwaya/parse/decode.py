"""Bytes to text: which encoding a file is in, by evidence, and what could not be decoded.

Order of evidence: a byte-order mark; UTF-16 by where its zero and 0x06 bytes stand; UTF-8, which other encodings of Arabic never imitate;
then the single-byte encodings of Arabic, by which of them gives Arabic words. A charset that a page declares only breaks a tie, because
templates lie: UTF-8 pages that say Windows-1256 are as common as the reverse.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from riwaya.errors import BinaryInput, EmptyInput
from riwaya.parse.language import evidence

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file; save its text first"),
    (b"PK\x03\x04", "a zip archive or an Office document; save its text first"),
    (b"\xd0\xcf\x11\xe0", "an old Office document; save its text first"),
    (b"{\\rtf", "an RTF document; save its text first"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\x1f\x8b", "gzip within gzip"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
)
_SINGLE_BYTE = ("cp1256", "iso8859-6", "cp720")  # commonest first
_STRAY = re.compile("[\ufffd\x7f-\x9f]")  # what a wrong decoding is full of
_HIGH = re.compile(rb"[\x80-\xff]+(?:[ \r\n]+[\x80-\xff]+)*+")  # words beyond ASCII: a page is mostly markup
_SAMPLE = 4_000
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27})  # 26 and 27 stand in old wire copy
_MOST_CONTROLS = 0.05
_MOST_REPLACED = 0.1  # of the characters beyond ASCII: a UTF-8 text with more bad bytes is not UTF-8
_LEAST_EVIDENCE = 0.02


class Decoded(NamedTuple):
    """A text, the encoding it was read in, and how many U+FFFD stand in it for bytes that mean nothing there."""

    text: str
    encoding: str
    replaced: int = 0


def decode(data: bytes, where: str, *, declared: str | None = None) -> Decoded:
    """The text of `data`, without a byte-order mark, every other code point as it is (CRLF and NUL too).

    `declared` is the charset that the input claims. EmptyInput for no bytes, BinaryInput for what is no text; both name `where`.
    Bytes that mean nothing in the encoding become U+FFFD, and are counted. Linear in the length of `data`.
    """
    if not data:
        raise EmptyInput(where, "the file is empty")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _with(data[len(mark) :], encoding)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise BinaryInput(where, f"not text but {kind}")
    if wide := _wide(data):
        return _with(data, wide)
    if _controls(data) > _MOST_CONTROLS:
        raise BinaryInput(where, "not text: it is full of control bytes")
    return _utf8(data) or _single_byte(data, where, declared)


def _with(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    itself = "\ufffd".encode(encoding) if encoding.startswith("utf") else b""
    return Decoded(text, encoding, max(0, text.count("\ufffd") - (data.count(itself) if itself else 0)))


def _utf8(data: bytes) -> Decoded | None:
    """As UTF-8, if it is: a few bad bytes, or a last character cut short, do not make it anything else."""
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        found = _with(data, "utf-8")
    beyond_ascii = sum(1 for char in found.text if char > "\x7f" and char != "\ufffd")
    return found if beyond_ascii and found.replaced <= 1 + _MOST_REPLACED * beyond_ascii else None


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: in Arabic, nearly every high byte is 0x06 or 0x00, and hardly a low byte is."""
    sample = data[: _SAMPLE // 25 * 2]
    if len(sample) < 4:
        return None
    even, odd = sample[0::2], sample[1::2]
    high = [(half.count(6) + half.count(0)) / len(half) for half in (even, odd)]
    if max(high) < 0.7 or min(high) > 0.3:
        return None
    return "utf-16-be" if high[0] > high[1] else "utf-16-le"


def _controls(data: bytes) -> float:
    sample = data[:_SAMPLE]
    return 1 - len(sample.translate(None, _CONTROLS)) / len(sample)


def _single_byte(data: bytes, where: str, declared: str | None) -> Decoded:
    """In the single-byte encoding that gives the most Arabic; in the declared one, or Windows-1252, if none gives any."""
    said = _known(declared)
    ladder = dict.fromkeys([*((said,) if said else ()), *_SINGLE_BYTE])
    sample = b" ".join(_HIGH.findall(data))[:_SAMPLE]
    best, most = "", _LEAST_EVIDENCE
    for encoding in ladder:
        text = sample.decode(encoding, "replace")
        amount = evidence(text) * (1 - len(_STRAY.findall(text)) / max(1, len(text))) ** 4
        if amount > most * 1.05:  # an earlier rung is the likelier one
            best, most = encoding, amount
    if not best and _controls(data) > 0:
        raise BinaryInput(where, "not text in any encoding of Arabic")
    return _with(data, best or said or "cp1252")


def _known(declared: str | None) -> str | None:
    """The codec of a declared charset, if it is one of a single byte or a CJK one, not a claim of UTF-8 or UTF-16 that failed already."""
    try:
        codec = codecs.lookup((declared or "").strip().strip("\"'"))
    except (LookupError, ValueError, UnicodeError):
        return None
    is_text = getattr(codec, "_is_text_encoding", True)
    return codec.name if is_text and not codec.name.startswith(("utf", "idna", "punycode", "unicode", "raw")) else None
