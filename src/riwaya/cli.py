"""The command line: wires what the rooms know to files, terminals and exit statuses.

Exit status: 0 when everything was read, 1 when something could not be (a line on standard error names it and says why), 2 for a wrong
command line. Only this module asks what terminal, environment and clock it runs in.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the encoder's sums are small: more threads cost more than they bring

from riwaya.errors import RiwayaError
from riwaya.model import Article, Failure
from riwaya.places.formats import FORMATS as PLACE_FORMATS
from riwaya.show.clean import one_line, utf8
from riwaya.show.formats import FORMATS, Look, Writer, writer

if TYPE_CHECKING:
    from riwaya.lang.tables import Words

_WIDEST = 100  # columns: longer lines of Arabic are hard to follow
_ENDINGS = {".txt", ".html", ".htm", ".jsonl", ".gz"}
_LONG = 1.0  # seconds after which a progress bar appears


class _Day(click.ParamType[date]):
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a date; write year, month and day as 2017-05-10.", param, ctx)


_words_option = click.option(
    "--words",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of tables (TOML) whose words are added to the packaged ones.",
)
_width_option = click.option(
    "--width",
    metavar="N",
    type=click.IntRange(min=20),
    help=f"Columns of the ledger. Without it: the terminal's, {_WIDEST} at most.",
)
_color_option = click.option(
    "--color/--no-color", default=None, help="Colour in the ledger. Without it: on a terminal, unless NO_COLOR is set."
)


_gazetteers_option = click.option(
    "--gazetteers",
    "shelf",
    metavar="DIR",
    envvar="RIWAYA_GAZETTEERS",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of imported gazetteers. Without it: RIWAYA_GAZETTEERS, or riwaya/gazetteers in the folder for your data.",
)


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="riwaya", message="riwaya %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Read Arabic news; keep every claim with the source that gave it, word for word."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@main.command(short_help="Show each claim of a report, and who gave it.")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--published", metavar="DATE", type=_Day(), help="Day of publication (2017-05-10) of articles that do not say theirs.")
@_words_option
@_gazetteers_option
@click.option("--format", "name", type=click.Choice(FORMATS), default="ledger", show_default=True, help="What to write.")
@click.option("--output", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Write to FILE, not to standard output.")
@_width_option
@_color_option
@click.option("--lang", type=click.Choice(["ar", "en"]), default="ar", show_default=True, help="Language of labels in ledger and page.")
@click.option("--by", type=click.Choice(["text", "speaker"]), default="text", show_default=True, help="Order of the ledger's claims.")
@click.option("--bom/--no-bom", default=True, show_default=True, help="Begin the CSV with a byte-order mark, as Excel needs.")
@click.pass_context
def read(ctx: click.Context, /, paths: tuple[str, ...], name: str, output: Path | None, **asked: Any) -> None:
    """Read reports and show each claim: who gave it, in which words, through whom, how sure, where and when, with what it counts.

    PATH is a .txt, .html or .jsonl file, gzipped or not, a folder of them, or - for standard input. What cannot be read is named on
    standard error; the rest is read, and the exit status is 1.
    """
    with _told():
        if output is not None and str(output) == "-":
            output = None
        if output is not None and any(path != "-" and _same(output, path) for path in paths):
            raise click.UsageError(f"--output {output} would be written over the PATH it is read from.")
        look = _look(output, asked)
        bar = _Bar(paths, shown=sys.stderr.isatty() and (output is not None or not sys.stdout.isatty()))
        with _writing(output) as out:
            tables = asked["words"], asked["shelf"]
            failed = _read(paths, asked["published"], tables, writer(name, look), out, bar)  # type: ignore[arg-type]
    if failed:
        ctx.exit(1)


def _read(
    paths: Sequence[str], published: date | None, tables: tuple[Path | None, Path | None], shown: Writer, out: IO[bytes], bar: _Bar
) -> int:
    """Reads and writes one article at a time, with the tables and the gazetteers of these folders; returns how many could not be read."""
    from riwaya.extract.annotate import annotate
    from riwaya.lang.tables import load
    from riwaya.places.shelf import with_imports

    failed = 0
    with _keeping() as loaded:
        words, gazetteers = load(tables[0]), with_imports(tables[1] or _shelf())
        _write(out, shown.begin())
        for found in bar.track(_found(paths, published, words)):
            if isinstance(found, Failure):
                failed += 1
                bar.say(f"riwaya: {one_line(found.where)}: {one_line(found.reason)}")
            else:
                _write(out, shown.add(annotate(found, words=words, gazetteers=gazetteers)))
                loaded()
        _write(out, shown.end())
    return failed


@contextmanager
def _keeping() -> Iterator[Callable[[], None]]:
    """Garbage is not looked for until the function given is called: all that is loaded is kept, and looking takes long for a small file."""

    def loaded() -> None:
        if not gc.isenabled():
            gc.freeze()
            gc.enable()

    gc.disable()
    try:
        yield loaded
    finally:
        gc.enable()


@main.command(short_help="Show why each claim, place and actor is read so.")
@click.argument("path")
@click.option("--at", metavar="OFFSET", type=click.IntRange(min=0), help="Only what covers this code point of the text, counted from 0.")
@click.option("--id", "wanted", metavar="ID", help="Only the article with this id, of a PATH that holds several.")
@_words_option
@_gazetteers_option
@_width_option
@_color_option
@click.pass_context
def explain(ctx: click.Context, /, path: str, at: int | None, wanted: str | None, **asked: Any) -> None:
    """Show which rule and which words made each claim, what came near to being one, and why each place and actor is the one it is.

    PATH is as for read. The numbers in brackets of a ledger are offsets that --at takes.
    """
    from riwaya.extract.annotate import explain as explain_article
    from riwaya.lang.tables import load
    from riwaya.places.shelf import with_imports
    from riwaya.show.steps import show_steps

    with _told():
        tables, gazetteers = load(asked["words"]), with_imports(asked["shelf"] or _shelf())
        found = list(_found([path], None, tables))
        failures = [one for one in found if isinstance(one, Failure)]
        articles = [one for one in found if isinstance(one, Article) and wanted in (None, one.id)]
        for failure in failures:
            click.echo(f"riwaya: {one_line(failure.where)}: {one_line(failure.reason)}", err=True)
        if not articles and not failures:
            raise click.UsageError(f"{path} holds no article with the id {wanted}.")
        if at is not None and len(articles) > 1:
            raise click.UsageError(f"{path} holds {len(articles)} articles; say with --id which one --at is for.")
        if at is not None and articles and at >= len(articles[0].text):
            raise click.UsageError(f"--at {at} is beyond the text, which has {len(articles[0].text)} code points.")
        look, out = _look(None, asked), sys.stdout.buffer
        for article in articles:
            shown = show_steps(article, explain_article(article, words=tables, gazetteers=gazetteers, at=at), look)
            heading = f"{one_line(article.id)}\n\n" if len(articles) > 1 else ""
            _write(out, heading + (shown or "Nothing here was taken for a claim, a place or an actor, or came near.\n"))
    if failures:
        ctx.exit(1)


@main.group()
def words() -> None:
    """Work with tables of words."""


@words.command(short_help="Check a folder of your own tables.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_context
def check(ctx: click.Context, /, folder: Path) -> None:
    """Check a folder of your own tables before using it with --words; a line for each fault."""
    from riwaya.lang.tables import check as check_folder

    faults = check_folder(folder)
    for fault in faults:
        click.echo(one_line(fault), err=True)
    if faults:
        ctx.exit(1)
    tables = sorted(path.stem for path in folder.glob("*.toml"))
    click.echo(f"{one_line(str(folder))}: no faults in {', '.join(tables)}")


@main.group()
def places() -> None:
    """Work with gazetteers of your own, which lie over the packaged one."""


@places.command("import", short_help="Import a file of places.")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--name", metavar="NAME", help="Under which name; without it, the file's. One that stands already is replaced.")
@click.option(
    "--format",
    "format",
    type=click.Choice(PLACE_FORMATS),
    help="What FILE is: GeoNames' 19 columns, a CSV with named columns, boundaries with P-codes, GeoJSON, an answer of Overpass,"
    " OpenStreetMap's XML. Without it: seen from FILE.",
)
@_gazetteers_option
def import_places(file: Path, name: str | None, format: str | None, shelf: Path | None) -> None:
    """Import a file of places into a gazetteer of your own; say what was read, what kept, and what refused and why."""
    from riwaya.places.shelf import import_file

    with _told():
        done = import_file(file, shelf or _shelf(), name=name, format=format)
    click.echo(f"{one_line(done.name)}: {done.format}, {done.read} rows read, {done.places} places with {done.names} names kept")
    for reason, count, lines in done.refused:
        more = ", …" if count > len(lines) else ""
        click.echo(f"refused {count}: {one_line(reason)} (line {', '.join(map(str, lines))}{more})")
    click.echo(f"digest {done.digest}")


@places.command("list", short_help="List your gazetteers.")
@_gazetteers_option
def list_places(shelf: Path | None) -> None:
    """List the imported gazetteers, uppermost first, and the packaged one below them."""
    from riwaya.places.shelf import with_imports

    with _told():
        for layer in with_imports(shelf or _shelf()).layers:
            about = f"{one_line(layer.about.name)}: {len(layer)} places, {layer.names} names, digest {layer.digest}"
            click.echo(f"{about}, from {one_line(layer.about.made_from)}")


@places.command("remove", short_help="Remove a gazetteer of yours.")
@click.argument("name", metavar="NAME")
@_gazetteers_option
def remove_places(name: str, shelf: Path | None) -> None:
    """Undo an import."""
    from riwaya.places.shelf import remove

    with _told():
        remove(shelf or _shelf(), name)
    click.echo(f"{one_line(name)}: removed")


def _shelf() -> Path:
    """The folder of imported gazetteers in the folder for the user's data."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "riwaya" / "gazetteers"


def _found(paths: Sequence[str], published: date | None, words: Words) -> Iterator[Article | Failure]:
    from riwaya.parse import read_paths

    return read_paths(paths, published=published, stdin=sys.stdin.buffer, words=words)


def _look(output: Path | None, asked: dict[str, Any]) -> Look:
    terminal = output is None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    color = asked["color"]
    columns = asked["width"] or _WIDEST
    if terminal and not asked["width"]:
        import shutil

        columns = max(20, min(shutil.get_terminal_size().columns, _WIDEST))
    return Look(
        language=asked.get("lang", "en"),
        by=asked.get("by", "text"),
        columns=columns,
        color=terminal and not os.environ.get("NO_COLOR") if color is None else color,
        terminal=terminal,
        bom=asked.get("bom", True),
    )


@contextmanager
def _told() -> Iterator[None]:
    """What goes wrong on purpose, or in the system, as one line on standard error. A closed pipe is left to click, which is quiet."""
    try:
        yield
    except RiwayaError as error:
        raise click.ClickException(one_line(str(error))) from error
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        raise click.ClickException(one_line(f"{error.filename or 'riwaya'}: {error.strerror or error}")) from error


@contextmanager
def _writing(output: Path | None) -> Iterator[IO[bytes]]:
    """Where to write. A file appears under its own name when it is whole: until then it cannot be taken for an input, or for all of it."""
    if output is None:
        yield sys.stdout.buffer
        return
    if output.exists() and not output.is_file():  # a device or a named pipe
        with output.open("wb") as out:
            yield out
        return
    partial = output.with_name(output.name + ".partial")
    try:
        out = partial.open("wb")
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}") from error
    with out:
        try:
            yield out
        except BaseException:
            click.echo(f"riwaya: stopped; what was read until then is in {one_line(str(partial))}", err=True)
            raise
    partial.replace(output)


def _write(out: IO[bytes], text: str) -> None:
    if text:
        out.write(utf8(text).encode("utf-8"))
        out.flush()


def _same(output: Path, path: str) -> bool:
    try:
        return output.samefile(path)
    except OSError:
        return False


class _Bar:
    """A progress bar on standard error for work that turns out to be long; errors are told above it."""

    def __init__(self, paths: Sequence[str], *, shown: bool) -> None:
        self.paths = paths
        self.shown = shown
        self.progress: Any = None
        self.task: Any = None

    def track(self, found: Iterable[Any]) -> Iterator[Any]:
        """The same things one by one, counted."""
        begun = time.monotonic()
        try:
            for count, one in enumerate(found, 1):
                yield one
                if self.shown and self.progress is None and time.monotonic() - begun > _LONG:
                    self._begin()
                if self.progress is not None:
                    self.progress.update(self.task, completed=count)
        finally:
            if self.progress is not None:
                self.progress.stop()

    def say(self, line: str) -> None:
        """A line on standard error."""
        if self.progress is not None:
            self.progress.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            click.echo(line, err=True)

    def _begin(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn, TimeRemainingColumn

        columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
        self.progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self.task = self.progress.add_task("", total=_count(self.paths))
        self.progress.start()


def _count(paths: Sequence[str]) -> int | None:
    """About how many articles there are: a file is one, JSON lines as many as they have lines; unknown for standard input and gzip."""
    files: list[Path] = []
    for path in map(Path, paths):
        files.extend(file for file in path.rglob("*") if file.suffix in _ENDINGS) if path.is_dir() else files.append(path)
    total = 0
    for file in files:
        if str(file) == "-" or file.name.endswith(".jsonl.gz"):
            return None
        if file.suffix == ".jsonl" and file.is_file():
            with file.open("rb") as lines:
                total += sum(block.count(b"\n") for block in iter(lambda: lines.read(1 << 20), b""))
        elif file.is_file():
            total += 1
    return total or None


if __name__ == "__main__":
    main(prog_name="riwaya")
