"""What all tests share: the real texts beside the project, where they are there, and hypothesis without a clock."""

from pathlib import Path

import pytest
from hypothesis import settings

PROJECT = Path(__file__).resolve().parents[1]
SHARED = PROJECT.parent / "shared"

settings.register_profile("riwaya", deadline=None)  # machines differ: no test may hang on how fast one is
settings.load_profile("riwaya")


@pytest.fixture(scope="session")
def project() -> Path:
    return PROJECT


@pytest.fixture
def shared(request: pytest.FixtureRequest) -> Path:
    """The folder of real texts beside the project. Without it, the test that asks for it is skipped by name."""
    if not (SHARED / "gold").is_dir():
        pytest.skip(f"{request.node.name}: ../shared is not beside the project")
    return SHARED
