"""The repository keeps its word: documents, locks, the wheel, the set-up, and what the core must not reach for."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import documents

PROJECT = Path(__file__).resolve().parents[1]
SOURCE = PROJECT / "src" / "riwaya"
TOOLS = ("pytest", "mypy", "ruff", "import_linter")
IGNORED = {"build", "dist", "__pycache__", ".git", ".venv", ".hypothesis", *(f".{tool}_cache" for tool in TOOLS)}
DOCUMENTS = sorted(path for path in (*PROJECT.glob("*.md"), *(PROJECT / "docs").glob("*.md"), *SOURCE.rglob("*.md")))
CORE = sorted(path for path in SOURCE.rglob("*.py") if path.name != "cli.py")
DECLARED: dict[str, Any] = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]


def relative(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


# -- documents


@pytest.mark.parametrize("name", documents.DOCUMENTS)
def test_what_the_program_writes_of_a_document_is_up_to_date(name: str) -> None:
    """After a change that shows: `make documents`."""
    text = (PROJECT / name).read_text("utf-8")
    assert "<!-- made: " in text
    assert documents.fresh(text) == text


def test_every_table_has_a_place_for_its_examples() -> None:
    for table, places in documents.EXAMPLES.items():
        assert (SOURCE / "lang" / "ar" / f"{table}.toml").exists()
        assert all((PROJECT / place).exists() for place in places)
    assert set(documents.EXAMPLES) == set(documents.SHAPES)


@pytest.mark.parametrize("path", DOCUMENTS, ids=relative)
def test_links_lead_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL)
    for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
        assert link.startswith("https://") or (path.parent / link).exists(), link


def test_the_python_of_the_readme_runs(tmp_path: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (PROJECT / "README.md").read_text("utf-8"), re.DOTALL)
    shutil.copy(SOURCE / "sample" / "01-manara.txt", tmp_path / "report.txt")
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", code], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True)
    assert len(done.stdout.splitlines()) > 5


def test_targets_that_documents_name_are_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for path in DOCUMENTS:
        named = set(re.findall(r"`make ([a-z]+)`", path.read_text("utf-8")))
        assert named <= targets, relative(path)
    told = set(re.findall(r"`make ([a-z]+)`", (PROJECT / "CONTRIBUTING.md").read_text("utf-8")))
    assert told >= targets - {"help"}


def test_scripts_that_the_makefile_calls_are_there() -> None:
    for script in re.findall(r"bench/\w+\.py", (PROJECT / "Makefile").read_text("utf-8")):
        assert (PROJECT / script).exists(), script


def files() -> Iterator[Path]:
    for folder, folders, names in os.walk(PROJECT):
        folders[:] = [name for name in folders if name not in IGNORED and not name.endswith(".egg-info")]
        yield from (Path(folder, name) for name in names)


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    """Paths of a machine, and addresses of package registries."""
    here = re.compile("|".join(["/ro" + "ot/", "/ho" + "me/", "/wo" + "rk/", "py" + r"pi\.org", "python" + "hosted"]))
    told = [relative(path) for path in files() if path.suffix != ".jsonl" and here.search(path.read_bytes().decode("utf-8", "replace"))]
    assert told == []


# -- set-up


def test_the_licence_is_the_declared_one() -> None:
    assert DECLARED["license"] == "Apache-2.0"
    text = (PROJECT / "LICENSE").read_text("utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_the_check_of_a_clean_checkout_is_a_sound_script() -> None:
    script = PROJECT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", str(script)], check=True)


def locked(name: str) -> dict[str, tuple[str, int]]:
    """The packages of a lock: their version, and how many hashes stand with each."""
    text = (PROJECT / name).read_text("utf-8").replace("\\\n", " ")
    found = {}
    for line in text.splitlines():
        if line and not line.lstrip().startswith("#"):
            requirement, *hashes = re.split(r"\s+--hash=sha256:", line)
            pinned = Requirement(requirement)
            (specifier,) = pinned.specifier
            assert specifier.operator == "=="
            found[canonicalize_name(pinned.name)] = (specifier.version, len(hashes))
    return found


LOCKS = {"requirements.lock": None, "requirements-dev.lock": "dev", "requirements-train.lock": "train"}


@pytest.mark.parametrize(("name", "extra"), LOCKS.items())
def test_a_lock_pins_what_is_declared(name: str, extra: str | None) -> None:
    """After a change of the dependencies: `make lock`."""
    pins = locked(name)
    assert all(hashes for _, hashes in pins.values())
    build = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["build-system"]["requires"]
    for wanted in map(Requirement, [*build, *DECLARED["dependencies"], *(DECLARED["optional-dependencies"][extra] if extra else ())]):
        version, _ = pins[canonicalize_name(wanted.name)]
        assert wanted.specifier.contains(version), wanted.name


def test_locks_agree() -> None:
    versions: dict[str, set[str]] = {}
    for name in LOCKS:
        for package, (version, _) in locked(name).items():
            versions.setdefault(package, set()).add(version)
    assert {package: found for package, found in versions.items() if len(found) > 1} == {}


def test_the_core_needs_no_package_that_is_not_declared() -> None:
    """What the code imports is the standard library, or declared; and what is declared is imported."""
    declared = {canonicalize_name(Requirement(one).name) for one in DECLARED["dependencies"]}
    found = {name for path in SOURCE.rglob("*.py") for name in imports(ast.parse(path.read_text("utf-8")))}
    foreign = {name.split(".")[0] for name in found} - set(sys.stdlib_module_names) - {"riwaya"}
    assert foreign == declared


def test_a_wheel_holds_every_file_of_the_package(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(PROJECT / name, tree)
    shutil.copytree(PROJECT / "src", tree / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    files_of_it = {path.relative_to(tree / "src").as_posix() for path in (tree / "src").rglob("*") if path.is_file()}
    built = tmp_path / "built"
    options = ("--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--wheel-dir", built)
    done = subprocess.run([sys.executable, "-m", "pip", "wheel", tree, *options], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    assert held >= files_of_it


# -- what the core must not reach for


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield str(node.module)


MODULES = {"time", "random", "secrets", "locale", "subprocess", "socket", "logging", "getpass", "platform", "tempfile"}
CALLS = {"print", "input", "breakpoint", "eval", "exec"}
ATTRIBUTES = {
    "os": {"environ", "environb", "getenv", "getcwd", "system", "popen", "urandom"},
    "sys": {"argv", "stdin", "stdout", "stderr", "exit"},
    "date": {"today"},
    "datetime": {"today", "now", "utcnow"},
    "Path": {"cwd", "home"},
}


def reached(tree: ast.AST) -> Iterator[str]:
    """What a module asks of the clock, the environment, the terminal or the machine."""
    yield from (name for name in imports(tree) if name.split(".")[0] in MODULES)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            yield node.func.id
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in ATTRIBUTES.get(node.value.id, ()):
            yield f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and (names := {name.name for name in node.names} & ATTRIBUTES.get(str(node.module), set())):
            yield f"{node.module}: {', '.join(sorted(names))}"


@pytest.mark.parametrize("path", CORE, ids=relative)
def test_the_core_reads_no_clock_and_no_environment(path: Path) -> None:
    assert list(reached(ast.parse(path.read_text("utf-8")))) == []


@pytest.mark.parametrize(
    "code",
    [
        "import time",
        "from time import monotonic",
        "import os\nos.environ['X']",
        "from os import environ",
        "date.today()",
        "datetime.now()",
        "print(1)",
    ],
)
def test_what_would_reach_is_seen(code: str) -> None:
    assert list(reached(ast.parse(code)))
