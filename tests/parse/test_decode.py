"""Bytes to text: every encoding Arabic comes in, and bytes that are none."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.errors import BinaryInput, EmptyInput, InputError
from riwaya.parse.decode import decode

REPORT = (
    "قالت إدارة السد في مرج الياقوت إن منسوب المياه ارتفع مترين خلال الأسبوع الماضي، ودعت السكان إلى الابتعاد عن المجرى.\r\n"
    "وأكد مزارعون في القرى المجاورة أن الإدارة فتحت البوابات من دون إنذار، وهو ما نفته في بيان أصدرته مساء أمس.\n"
)
SIGNS = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىة،؛؟ 0123456789.\n", min_size=1, max_size=80)
WORDS = st.lists(st.sampled_from(REPORT.split()), min_size=30, max_size=60).map(" ".join)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "cp1256", "iso8859-6", "cp720"])
def test_a_report_survives(encoding):
    text = REPORT.replace("،", ",")  # which the code page of DOS lacks
    decoded = decode(text.encode(encoding), "x")
    assert decoded.text == text
    assert (decoded.encoding, decoded.replaced) == (encoding, 0)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_mark_is_believed_and_is_no_part_of_the_text(mark, encoding):
    assert decode(mark + REPORT.encode(encoding), "x").text == REPORT


@given(WORDS, st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "cp1256", "iso8859-6"]))
def test_forty_words_survive_in_any_encoding(text, encoding):
    text = text.replace("«", "").replace("»", "")
    assert decode(text.encode(encoding), "x").text == text


@given(SIGNS)
def test_utf_8_is_always_read_as_utf_8(text):
    assert decode(text.encode("utf-8"), "x").text == text


@given(SIGNS, st.sampled_from([(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")]))
def test_whatever_follows_a_mark_survives(text, marked):
    mark, encoding = marked
    assert decode(mark + text.encode(encoding), "x").text == text


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_a_clear_refusal(data):
    try:
        decode(data, "here").text.encode("utf-8")
    except InputError as error:
        refused = error
    else:
        return
    assert refused.where == "here"
    assert refused.reason


@given(st.integers(2, len(REPORT.encode()) - 1))
def test_a_text_cut_anywhere_loses_one_character_at_most(length):
    decoded = decode(REPORT.encode()[:length], "x")
    assert decoded.encoding == "utf-8"
    assert decoded.text.rstrip("\ufffd") == REPORT[: len(decoded.text.rstrip("\ufffd"))]
    assert decoded.replaced <= 1


def test_a_few_bad_bytes_are_replaced_and_counted():
    data = REPORT.encode()
    decoded = decode(data[:40] + b"\xff\xfe" + data[40:], "x")
    assert decoded.encoding == "utf-8"
    assert decoded.replaced == 2
    assert decoded.text.count("\ufffd") == 2


def test_a_replacement_character_of_the_file_itself_is_not_counted():
    assert decode(("\ufffd" + REPORT).encode(), "x").replaced == 0
    assert decode(b"\xff" + ("\ufffd" + REPORT).encode(), "x").replaced == 1


@pytest.mark.parametrize(
    "declared", ["iso-8859-6", "utf-8", "windows-1252", "iso-8859-1", "no-such-charset", "rot13", "", '"windows-1256"', None]
)
def test_a_wrong_declaration_does_not_mislead(declared):
    assert decode(REPORT.encode("cp1256"), "x", declared=declared).text == REPORT
    assert decode(REPORT.encode(), "x", declared=declared).text == REPORT


def test_nul_and_crlf_stay():
    text = "قال الشاهد\x00\r\nفي البلدة"
    assert decode(text.encode(), "x").text == text


def test_no_bytes_are_empty():
    with pytest.raises(EmptyInput):
        decode(b"", "x")


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04" + b"\x00" * 50, "Office"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "picture"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 50, "picture"),
        (b"\x7fELF" + b"\x00" * 50, "program"),
        (bytes(range(256)) * 20, "control"),
        (b"\x00" * 1000, "control"),
        (b"\x1f\x8b\x08", "gzip"),
    ],
)
def test_a_binary_is_named(data, word):
    with pytest.raises(BinaryInput, match=word):
        decode(data, "x")
