"""Text files line by line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from riwaya.errors import PlacesError


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that are not empty, each with its number from 1. PlacesError where the file cannot be read or is not UTF-8."""
    number = 0
    try:
        with path.open("rb") as file:
            for number, data in enumerate(file, 1):
                text = data.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
                if text.strip():
                    yield number, text
    except OSError as error:
        raise PlacesError(str(path), error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise PlacesError(f"{path}, line {number}", f"not UTF-8: {error.reason}") from error
