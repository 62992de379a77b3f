"""What can go wrong, as one tree.

RiwayaError
├── InputError            a file, page or row that could not be read; names it and says why
│   ├── MissingInput      it is not there, or may not be opened
│   ├── EmptyInput        it holds no text
│   ├── BinaryInput       it is not text in any encoding we know
│   ├── ForeignInput      it is text, but not Arabic
│   └── BrokenInput       it says it is HTML, gzip or JSON lines, and is not; or it is larger than any article
├── WordsError            a table of words that breaks a rule of the tables
└── PlacesError           a gazetteer, or a file to import into one, that cannot be used
"""

from typing import ClassVar, Literal


class RiwayaError(Exception):
    """The root: everything this library raises on purpose."""


class InputError(RiwayaError):
    """An input could not be read. `where` names it (a path; of JSON lines with the line), `reason` says why; the message is both."""

    kind: ClassVar[Literal["missing", "empty", "binary", "foreign", "broken"]] = "broken"

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason


class MissingInput(InputError):
    """It is not there, or may not be opened."""

    kind = "missing"


class EmptyInput(InputError):
    """It holds no text."""

    kind = "empty"


class BinaryInput(InputError):
    """It is not text in any encoding we know."""

    kind = "binary"


class ForeignInput(InputError):
    """It is text, but not Arabic."""

    kind = "foreign"


class BrokenInput(InputError):
    """It says it is HTML, gzip or JSON lines, and is not; or it is larger than any article."""

    kind = "broken"


class WordsError(RiwayaError):
    """A table of words breaks a rule: `where` is the table and row, `reason` the rule."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason


class PlacesError(RiwayaError):
    """A gazetteer, or a file to import into one, cannot be used: `where` names it (of a text with the line), `reason` says why."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason
