"""Files, pages and rows to articles. `read_paths` and `read_bytes` are the doors; `passages` says what is what in a text."""

from riwaya.parse.files import LARGEST_FILE, LARGEST_ROW, read_bytes, read_paths
from riwaya.parse.furniture import passages

__all__ = ["LARGEST_FILE", "LARGEST_ROW", "passages", "read_bytes", "read_paths"]
