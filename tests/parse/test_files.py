"""Files, folders, bytes and rows: what is read, and how what is not is told."""

import gzip
import io
import json
import os
import zlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.model import Article, Failure
from riwaya.parse import files, read_bytes, read_paths

TEXT = "قال نقيب الصيادين إن القوارب عادت إلى المرفأ.\nونفت المحافظة ذلك في بيان أصدرته مساء أمس.\n"
PAGE = f'<html lang="ar"><title>عودة القوارب إلى المرفأ القديم</title><h1>عودة القوارب إلى المرفأ القديم</h1><p>{TEXT}</p></html>'


def row(**fields):
    return json.dumps(fields, ensure_ascii=False)


def rows(*lines):
    return "\n".join(lines).encode()


def one(found) -> Article:
    (article,) = found
    assert isinstance(article, Article), article
    return article


def failed(found) -> Failure:
    (failure,) = found
    assert isinstance(failure, Failure), failure
    return failure


@pytest.mark.parametrize("name", ["a.txt", "a.txt.gz", "A.TXT", "a.html", "a.htm", "a.html.gz", "a.b.jsonl", "a.jsonl.gz", "note", "a.md"])
def test_every_kind_of_file(tmp_path, name):
    kind = "html" if ".htm" in name else "jsonl" if "jsonl" in name else "text"
    data = {"html": PAGE, "jsonl": row(text=TEXT), "text": TEXT}[kind].encode()
    path = tmp_path / name
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    article = one(read_paths([path]))
    assert "نقيب الصيادين" in article.text
    bare = name.removesuffix(".gz")
    assert article.id == {"a.b.jsonl": "a.b-1", "a.jsonl": "a-1", "a.md": "a.md", "note": "note", "A.TXT": "A"}.get(bare, "a")


def test_the_text_of_a_text_file_is_the_file(tmp_path):
    path = tmp_path / "a.txt"
    text = "\u200f" + TEXT.replace("\n", "\r\n") + "\0\t\x1a"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    article = one(read_paths([path]))
    assert article.text == text
    assert (article.headline, article.published, article.language) == (None, None, "ar")


def test_a_folder_is_read_in_order_with_the_folders_in_it(tmp_path):
    for name in ["b.txt", "a/z.txt", "a/b/c.html", "a.jsonl", "ignored.pdf", "a/README"]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text({"html": PAGE, "json": row(id="r", text=TEXT)}.get(path.suffix[1:5], TEXT), encoding="utf-8")
    assert [article.id for article in read_paths([tmp_path])] == ["c", "z", "r", "b"]


def test_a_folder_without_a_readable_file(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    assert "no .txt" in failed(read_paths([tmp_path])).reason


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\r\n", "white space"),
        ("a.txt", b"%PDF-1.4", "PDF"),
        ("a.txt", b"The mayor said nothing.", "not Arabic: its letters are mostly Latin"),
        ("a.html", b"<p></p>", "no article text"),
        ("a.html", b"", "empty"),
        ("a.txt.gz", b"not gzip \x00\x01\x02\x03", "control"),
        ("a.txt.gz", gzip.compress(TEXT.encode())[:-9], "gzip"),
        ("a.txt.gz", gzip.compress(TEXT.encode())[:20] + b"\xff" * 9, "gzip"),
        ("a.txt.gz", gzip.compress(b""), "empty"),
        ("a.txt.gz", gzip.compress(gzip.compress(TEXT.encode())), "gzip within gzip"),
        ("a.jsonl", b"", "empty"),
        ("a.jsonl", b"\n \n", "white space"),
        ("a.jsonl", json.dumps([{"text": TEXT}], indent=1).encode(), "one JSON value over many lines"),
        ("a.json", json.dumps({"text": TEXT}, indent=1).encode(), "one JSON value over many lines"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_the_reason(tmp_path, name, data, reason):
    path = tmp_path / name
    path.write_bytes(data)
    good = tmp_path / "good.txt"
    good.write_text(TEXT, encoding="utf-8")
    failure, article = read_paths([path, good])
    assert isinstance(failure, Failure)
    assert failure.where == str(path)
    assert reason in failure.reason
    assert isinstance(article, Article)


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/nowhere/a.txt", "there is no such file"), ("a\0b.txt", "cannot be read"), ("x" * 5000 + ".txt", "cannot be read")],
)
def test_a_path_that_is_none(path, reason):
    failure = failed(read_paths([path]))
    assert failure.where == path
    assert reason in failure.reason


def test_a_file_that_may_not_be_opened(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files, "open", refuse, raising=False)
    assert "permission denied" in failed(read_paths([path])).reason


def test_a_folder_that_may_not_be_opened(tmp_path, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied", os.fspath(path))

    monkeypatch.setattr(os, "scandir", refuse)
    failure = failed(read_paths([tmp_path]))
    assert (failure.where, "permission denied" in failure.reason) == (str(tmp_path), True)


def test_a_broken_link_in_a_folder(tmp_path):
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone")
    assert "no such file" in failed(read_paths([tmp_path])).reason


def test_a_name_that_is_not_unicode(tmp_path):
    path = os.path.join(os.fsencode(tmp_path), b"\xe1.txt")
    Path(os.fsdecode(path)).write_text(TEXT, encoding="utf-8")
    assert one(read_paths([tmp_path])).id == "\ufffd"


def test_standard_input_is_known_by_what_it_holds():
    for data in (TEXT.encode(), PAGE.encode(), row(text=TEXT).encode(), gzip.compress(TEXT.encode()), TEXT.encode("utf-16")):
        assert "نقيب الصيادين" in one(read_paths(["-"], stdin=data)).text
        assert "نقيب الصيادين" in one(read_paths(["-"], stdin=io.BytesIO(data))).text
    assert one(read_paths(["-"], stdin=TEXT.encode())).id == "stdin"
    assert failed(read_paths(["-"], stdin=b"")).where == "standard input"


def test_standard_input_stays_open():
    stream = io.BufferedReader(io.BytesIO(TEXT.encode()))
    assert one(read_paths(["-"], stdin=stream)).text == TEXT
    assert not stream.closed


def test_a_dash_without_standard_input_is_a_file_name():
    assert failed(read_paths(["-"])).where == "-"


def test_a_row_gives_its_fields():
    line = row(
        id="r7", title="عودة القوارب", text=TEXT, url="https://x.example/1", outlet="المرفأ", published="2024-05-09T10:00:00Z", other=[1]
    )
    article = one(read_bytes(line.encode(), "x"))
    assert article.text == "عودة القوارب\n" + TEXT
    assert (article.id, article.headline, article.url, article.outlet) == ("r7", "عودة القوارب", "https://x.example/1", "المرفأ")
    assert article.published == date(2024, 5, 9)
    assert article.passages[0].kind == "headline"
    assert article.passages[0].span.of(article.text) == "عودة القوارب"


def test_the_text_of_a_row_is_kept_as_it_is():
    assert one(read_bytes(rows(row(text=f"  {TEXT}\r\n")), "x")).text == f"  {TEXT}\r\n"
    assert one(read_bytes(rows(row(content=TEXT, text=" ")), "x")).text == TEXT
    assert one(read_bytes(rows(row(title=" ع ", text=TEXT)), "x")).text == f" ع \n{TEXT}"
    assert one(read_bytes(rows(row(title=None, text=TEXT)), "x")).text == TEXT


def test_a_title_that_the_text_begins_with_is_not_said_twice():
    article = one(read_bytes(rows(row(title="عودة القوارب", text=f"عودة القوارب\n{TEXT}")), "x"))
    assert article.text == f"عودة القوارب\n{TEXT}"
    assert article.headline == "عودة القوارب"


@pytest.mark.parametrize(("value", "expected"), [("r7", "r7"), (7, "7"), (None, "x-1"), ("", "x-1"), (True, "x-1"), ([], "x-1")])
def test_the_id_of_a_row(value, expected):
    assert one(read_bytes(rows(row(id=value, text=TEXT)), "x", kind="jsonl")).id == expected


def test_broken_rows_are_told_by_line_and_the_others_read():
    data = rows(
        row(id="1", text=TEXT), "", "{broken", "[1, 2]", '"text"', row(id="6"), row(id="7", text=3), row(id="8", text="The mayor."),
        '{"text": ' + "[" * 100_000 + "}", '{"n": ' + "1" * 5000 + "}", "\u06001", row(id="12", text=TEXT),
    )  # fmt: skip
    found = list(read_bytes(data, "news", kind="jsonl"))
    assert [item.id for item in found if isinstance(item, Article)] == ["1", "12"]
    reasons = {item.where: item.reason for item in found if isinstance(item, Failure)}
    assert list(reasons) == [f"news, line {number}" for number in range(3, 12)]
    assert "not JSON" in reasons["news, line 3"]
    assert "not an object" in reasons["news, line 4"]
    assert "no text" in reasons["news, line 6"]
    assert "Latin" in reasons["news, line 8"]
    assert "nested too deep" in reasons["news, line 9"]


def test_a_date_that_is_none_is_told_and_the_article_is_read():
    for stated in ("03/04/2024", 20240509, "أمس"):
        failure, article = read_bytes(rows(row(id="r", text=TEXT, published=stated)), "x", kind="jsonl", published=date(2020, 1, 1))
        assert isinstance(failure, Failure)
        assert "read without a date" in failure.reason
        assert isinstance(article, Article)
        assert article.published is None


def test_published_fills_in_what_has_no_date(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(row(text=TEXT) + "\n" + row(text=TEXT, published="2024-05-09"), encoding="utf-8")
    (tmp_path / "c.html").write_text(PAGE, encoding="utf-8")
    dates = [article.published for article in read_paths([tmp_path], published=date(2020, 1, 1))]
    assert dates == [date(2020, 1, 1), date(2020, 1, 1), date(2024, 5, 9), date(2020, 1, 1)]


def test_lone_surrogates_become_replacement_characters():
    article = one(
        read_bytes(rb'{"id": "\ud83d", "title": "a\ude00", "text": "' + TEXT.strip().replace("\n", " ").encode() + rb'\ud800"}', "x")
    )
    for text in (article.id, article.headline, article.text):
        text.encode("utf-8")
    assert article.text.endswith("\ufffd")


def test_bad_bytes_are_told_and_the_article_is_read():
    failure, article = read_bytes(TEXT.encode()[:20] + b"\xff" + TEXT.encode()[20:], "x")
    assert isinstance(failure, Failure)
    assert "U+FFFD" in failure.reason
    assert isinstance(article, Article)


def test_rows_of_a_broken_gzip_are_read_up_to_the_break():
    lines = [row(id=str(number), text=TEXT + str(zlib.crc32(str(number).encode()))) for number in range(2000)]
    data = gzip.compress("\n".join(lines).encode())
    *articles, failure = read_bytes(data[: len(data) // 2], "x", kind="jsonl")
    assert len(articles) > 10
    assert isinstance(failure, Failure)
    assert "gzip" in failure.reason


def test_rows_in_utf_16():
    data = f"{row(id='1', text=TEXT)}\n{row(id='2', text=TEXT)}".encode("utf-16")
    assert [article.id for article in read_bytes(data, "x")] == ["1", "2"]


def test_limits_are_told(monkeypatch):
    monkeypatch.setattr(files, "LARGEST_FILE", 1000)
    assert "larger than" in failed(read_bytes(TEXT.encode() * 50, "x")).reason
    monkeypatch.setattr(files, "LARGEST_ROW", 1000)
    data = rows(row(id="1", text=TEXT), row(id="2", text=TEXT * 50), row(id="3", text=TEXT), row(id="4", text=TEXT * 50))
    first, second, third, fourth = read_bytes(data, "x", kind="jsonl")
    assert [first.id, third.id] == ["1", "3"]
    assert [second.where, fourth.where] == ["x, line 2", "x, line 4"]
    assert "longer than" in second.reason


def test_rows_are_read_one_at_a_time():
    class Endless(io.RawIOBase):
        """Rows without end; reading it whole would never come back."""

        def readable(self):
            return True

        def readinto(self, buffer):
            line = (row(text=TEXT) + "\n").encode()
            buffer[: len(line)] = line
            return len(line)

    found = read_paths(["-"], stdin=io.BufferedReader(Endless(), 4096))
    assert [next(found).id for _ in range(3)] == ["stdin-1", "stdin-2", "stdin-3"]


@given(st.binary(max_size=300), st.sampled_from([None, "text", "html", "jsonl"]))
def test_any_bytes_give_articles_and_failures_that_can_be_written(data, kind):
    for item in read_bytes(data, "x", kind=kind):
        for text in (item.text, item.id) if isinstance(item, Article) else (item.where, item.reason):
            text.encode("utf-8")


@given(st.text(alphabet=st.characters(codec=None), max_size=60), st.sampled_from(["text", "html", "jsonl"]))
def test_any_text_beside_arabic_is_read(text, kind):
    data = {"text": TEXT + text, "html": f"<p>{TEXT}</p><p>{text}</p>", "jsonl": json.dumps({"text": TEXT + text})}[kind]
    articles = [item for item in read_bytes(data.encode("utf-8", "replace"), "x", kind=kind) if isinstance(item, Article)]
    assert len(articles) == 1
    articles[0].text.encode("utf-8")
