"""The commands, wired: to files and standard input, to formats, to exit statuses. What a claim is, is tested in `tests/extract`."""

import json
import os
import re
import subprocess
import sys
import types
from collections.abc import Sequence
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from riwaya import cli
from riwaya.lang.tables import Words
from riwaya.model import Annotations, Article, Claim, Source, Span, Step
from riwaya.places.layers import Gazetteers
from riwaya.show.lines import RTL_ON

BRIDGE = "قال عمدة القرية إن الجسر أغلق. وقال نائبه إن الجسر مفتوح للمشاة.\n"
DOCS = Path(__file__).parents[1] / "docs"


def annotate(article: Article, *, words: Words | None = None, gazetteers: Gazetteers | None = None) -> Annotations:
    """Each word for "said" is a claim of the five words after it: enough to see that a claim comes through."""
    claims = []
    for said in re.finditer("و?قال", article.text):
        content = re.compile(r"(?:\s\S+){1,5}").match(article.text, said.end())
        assert content
        claims.append(Claim(Span(*said.span()), Source(name="العمدة", kind="person"), (Span(*content.span()),), rule="test"))
    return Annotations(article, tuple(claims), made_by="test")


def explain(
    article: Article, *, words: Words | None = None, gazetteers: Gazetteers | None = None, at: int | None = None
) -> tuple[Step, ...]:
    found = annotate(article, words=words).claims
    return tuple(
        Step(claim.cue, "test", "claim", "it is said", ("قال",)) for claim in found if at is None or claim.cue.start <= at < claim.cue.end
    )


@pytest.fixture(autouse=True)
def _simple_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    module = types.ModuleType("riwaya.extract.annotate")
    module.annotate, module.explain = annotate, explain  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "riwaya.extract.annotate", module)
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture
def bridge(tmp_path: Path) -> Path:
    path = tmp_path / "bridge.txt"
    path.write_text(BRIDGE, "utf-8")
    return path


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps({"id": name, "text": BRIDGE}) + "\n" for name in ("one", "two")), "utf-8")
    return path


def run(*arguments: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(cli.main, [str(argument) for argument in arguments], input=stdin)


def test_alone_it_shows_help() -> None:
    done = run()
    assert done.exit_code == 0
    assert done.stdout.startswith("Usage: ")
    assert re.search(r"\n  read +Show each claim", done.stdout)


def test_version() -> None:
    assert re.fullmatch(r"riwaya \d+\.\d+\.\d+\n", run("--version").stdout)


def test_read_shows_a_ledger(bridge: Path) -> None:
    done = run("read", bridge, "--published", "2021-03-05")
    assert done.exit_code == 0
    assert done.stderr == ""
    assert "1. العمدة (شخص)" in done.stdout
    assert "تاريخ النشر: 2021/03/05" in done.stdout
    assert "\x1b" not in done.stdout


def test_read_takes_standard_input() -> None:
    row = json.loads(run("read", "-", "--format", "jsonl", stdin=BRIDGE.encode()).stdout)
    assert row["text"] == BRIDGE
    assert [claim["cue"]["text"] for claim in row["claims"]] == ["قال", "وقال"]


def test_read_a_folder_and_rows(tmp_path: Path, bridge: Path, rows: Path) -> None:
    done = run("read", tmp_path, "--format", "jsonl")
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["bridge", "one", "two"]


def test_what_cannot_be_read_is_told_and_the_rest_read(tmp_path: Path, bridge: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    done = run("read", tmp_path / "nowhere.txt", bridge, empty, "--format", "jsonl")
    assert done.exit_code == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["bridge"]
    missing, nothing = done.stderr.splitlines()
    assert missing.startswith(f"riwaya: {tmp_path / 'nowhere.txt'}: ")
    assert nothing.startswith(f"riwaya: {empty}: ")


def test_a_name_cannot_write_to_the_terminal(tmp_path: Path) -> None:
    done = run("read", tmp_path / "a\x1b[31m\nb.txt")
    assert done.exit_code == 1
    assert len(done.stderr.splitlines()) == 1
    assert "\x1b" not in done.stderr


@pytest.mark.parametrize(
    ("name", "begins"),
    [("csv", "\ufeffid,"), ("html", "<!doctype html>"), ("annotations", '{"@context":'), ("geojson", '{"type":"FeatureCollection"')],
)
def test_formats(bridge: Path, name: str, begins: str) -> None:
    done = run("read", bridge, "--format", name)
    assert done.exit_code == 0
    assert done.stdout.startswith(begins)
    assert "العمدة" in done.stdout


def test_options_of_single_formats(bridge: Path) -> None:
    assert run("read", bridge, "--format", "csv", "--no-bom").stdout.startswith("id,")
    assert '<html lang="en"' in run("read", bridge, "--format", "html", "--lang", "en").stdout
    assert "claims 2 · person: العمدة" in run("read", bridge, "--by", "speaker", "--lang", "en").stdout
    assert len(run("read", bridge, "--width", "30").stdout.splitlines()[0]) == 30
    assert "\x1b[1m" in run("read", bridge, "--color").stdout


def test_output_to_a_file(tmp_path: Path, bridge: Path) -> None:
    out = tmp_path / "out.csv"
    done = run("read", bridge, "--format", "csv", "--output", out)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")
    assert out.read_bytes().startswith(b"\xef\xbb\xbfid,")
    assert not list(tmp_path.glob("*.partial"))
    assert run("read", bridge, "--format", "jsonl", "--output", "-").stdout.startswith('{"schema"')


def test_output_never_destroys_what_it_reads(tmp_path: Path, bridge: Path) -> None:
    done = run("read", bridge, "--output", bridge)
    assert done.exit_code == 2
    assert "written over" in done.stderr
    assert bridge.read_text("utf-8") == BRIDGE


def test_output_into_the_folder_that_is_read(tmp_path: Path, rows: Path) -> None:
    out = tmp_path / "out.jsonl"
    for _ in range(2):
        assert run("read", rows.parent, "--format", "jsonl", "--output", out).exit_code == 0
    assert len(out.read_text("utf-8").splitlines()) == 4


def test_output_that_cannot_be_written(tmp_path: Path, bridge: Path) -> None:
    done = run("read", bridge, "--output", tmp_path / "none" / "out.txt")
    assert done.exit_code == 1
    assert done.stderr.startswith(f"Error: {tmp_path / 'none' / 'out.txt'} cannot be written: ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["read"], "Missing argument 'PATH...'"),
        (["read", "x", "--publishd", "x"], "Did you mean '--published'?"),
        (["read", "x", "--format", "xml"], "'ledger', 'jsonl', 'csv', 'html', 'annotations', 'geojson'"),
        (["read", "x", "--published", "5 March"], "write year, month and day as 2017-05-10"),
        (["read", "x", "--width", "3"], "not in the range"),
        (["read", "x", "--words", "nowhere"], "'nowhere' does not exist"),
        (["rad"], "No such command 'rad'"),
        (["explain"], "Missing argument 'PATH'"),
        (["explain", "x", "--at", "-1"], "not in the range"),
    ],
)
def test_a_wrong_command_line_says_what_is_wrong(arguments: Sequence[str], said: str) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert said in done.stderr


def test_wrong_words_are_told_in_a_line(tmp_path: Path, bridge: Path) -> None:
    folder = tmp_path / "words"
    folder.mkdir()
    (folder / "cues.toml").write_text("[[entry]]\nnot_a_field = 1\n", "utf-8")
    done = run("read", bridge, "--words", folder)
    assert done.exit_code == 1
    assert done.stderr.startswith("Error: cues.toml, entry 1: ")
    assert len(done.stderr.splitlines()) == 1


def test_words_check(tmp_path: Path) -> None:
    assert run("words", "check", tmp_path).exit_code == 1
    (tmp_path / "cues.toml").write_text("[[entry]]\nnot_a_field = 1\n", "utf-8")
    done = run("words", "check", tmp_path)
    assert done.exit_code == 1
    assert "cues.toml, entry 1: " in done.stderr
    (tmp_path / "cues.toml").write_text("", "utf-8")
    done = run("words", "check", tmp_path)
    assert (done.exit_code, done.stdout) == (0, f"{tmp_path}: no faults in cues\n")
    assert run("words", "check", tmp_path / "nowhere").exit_code == 1


def test_explain(bridge: Path) -> None:
    done = run("explain", bridge)
    assert done.exit_code == 0
    assert done.stdout.count("claim [") == 2
    assert "    why: it is said" in done.stdout
    assert run("explain", bridge, "--at", BRIDGE.index("وقال")).stdout.count("claim [") == 1
    assert run("explain", bridge, "--at", 10).stdout == "Nothing here was taken for a claim, a place or an actor, or came near.\n"


def test_explain_says_what_it_cannot_do(tmp_path: Path, bridge: Path, rows: Path) -> None:
    assert "beyond the text" in run("explain", bridge, "--at", 10_000).stderr
    assert "holds 2 articles; say with --id" in run("explain", rows, "--at", 0).stderr
    assert "no article with the id three" in run("explain", rows, "--id", "three").stderr
    assert run("explain", rows, "--id", "two", "--at", 0).stdout.count("claim [") == 1
    missing = run("explain", tmp_path / "nowhere.txt")
    assert missing.exit_code == 1
    assert missing.stderr.startswith("riwaya: ")


# In a process of its own: pipes, terminals, exit statuses as a shell sees them.


def shell(*arguments: object, **options: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "riwaya.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, **options)  # type: ignore[call-overload, no-any-return]


def test_a_process_reads_standard_input_and_fails_with_one(tmp_path: Path) -> None:
    done = shell(
        "read", "-", tmp_path / "nowhere.txt", "--format", "jsonl", input=BRIDGE.encode("cp1256"), env={**os.environ, "LC_ALL": "C"}
    )
    assert done.returncode == 1
    assert json.loads(done.stdout)["text"] == BRIDGE
    assert done.stderr.decode().count("\n") == 1


def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    many.write_text("".join(json.dumps({"id": str(n), "text": BRIDGE}) + "\n" for n in range(500)), "utf-8")
    command = [sys.executable, "-m", "riwaya.cli", "read", str(many), "--format", "jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_a_terminal_gets_colour_and_direction(bridge: Path) -> None:
    plain = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    shown = on_terminal(bridge, {**plain, "TERM": "xterm"})
    assert RTL_ON in shown
    assert "\x1b[1m" in shown
    assert "\x1b[1m" not in on_terminal(bridge, {**plain, "TERM": "xterm", "NO_COLOR": "1"})
    assert "\x1b" not in on_terminal(bridge, {**plain, "TERM": "dumb"})


def on_terminal(path: Path, environment: dict[str, str]) -> str:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "riwaya.cli", "read", str(path)]
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, stdin=theirs, env=environment) as process:
        os.close(theirs)
        shown = b""
        while block := read_terminal(ours):
            shown += block
    os.close(ours)
    assert process.returncode == 0
    return shown.decode()


def read_terminal(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # Linux says EIO when the other side is closed
        return b""


def test_little_is_imported_to_read_a_small_file(bridge: Path) -> None:
    code = "import sys; from riwaya.cli import main; main(sys.argv[1:], standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, "read", str(bridge)], capture_output=True, text=True, check=True)
    heavy = {"rich", "trafilatura", "lxml", "importlib.metadata", "hijridate", "email.utils", "html.parser"}
    assert not heavy & set(done.stdout.splitlines()[-1].split())


# The documentation.


def commands(command: click.Command, name: str = "riwaya") -> dict[str, click.Command]:
    found = {name: command}
    for inner, one in getattr(command, "commands", {}).items():
        found |= commands(one, f"{name} {inner}")
    return found


def test_every_command_and_option_is_documented() -> None:
    """Each command has a heading, and under it its help as it is printed, and a heading for each option."""
    text = (DOCS / "commands.md").read_text("utf-8")
    sections = {part.split("\n", 1)[0]: part for part in text.split("\n## ")[1:]}
    assert list(sections) == list(commands(cli.main))
    for name, command in commands(cli.main).items():
        context = click.Context(command, info_name=name, help_option_names=["-h", "--help"], terminal_width=100, max_content_width=100)
        assert f"```text\n{command.get_help(context)}\n```" in sections[name], name
        declared = {
            option for parameter in command.params if isinstance(parameter, click.Option) for option in parameter.opts if option != "-h"
        }
        headed = {word for line in sections[name].splitlines() if line.startswith("### ") for word in re.findall(r"--[a-z]+", line)}
        assert declared <= headed, name
