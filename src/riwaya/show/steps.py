"""Why a claim was made, what came near to being one, and why a place or an actor is the one it is: the steps of `riwaya explain`.

Reasons are in English, as the rules' names are; the text's own words come last on their lines, so that no line has English after Arabic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from riwaya.model import Article, Span, Step
from riwaya.show.clean import one_line
from riwaya.show.formats import Look
from riwaya.show.lines import Line, Piece, paint, wrap

_AROUND = 40  # code points of context on either side
_INDENT = "    "


def show_steps(article: Article, steps: Iterable[Step], look: Look) -> str:
    """The steps as text: what each looked at, what came of it, the rule, the reason, the words, and where it stands."""
    lines = [line for step in steps for line in _step(article.text, step, look.columns)]
    return "".join(paint(line, color=look.color, rtl=False) + "\n" for line in lines)


def _step(text: str, step: Step, columns: int) -> Iterator[Line]:
    style = "faint" if step.outcome == "near miss" else "strong"
    at = f" [{step.span.start}:{step.span.end}]: "
    yield from wrap([Piece(step.outcome, style), Piece(at, "faint"), Piece(one_line(step.span.of(text)), "cue")], columns)
    facts = [("rule", step.rule), ("why", step.reason), ("words", " · ".join(step.words)), ("text", _around(text, step.span))]
    for label, value in facts:
        if value:
            yield from wrap([Piece(f"{label}: ", "faint"), Piece(one_line(value))], columns, first=_INDENT, rest=_INDENT)
    yield []


def _around(text: str, span: Span) -> str:
    """The words around a span, whole words only."""
    start, end = max(0, span.start - _AROUND), min(len(text), span.end + _AROUND)
    if start and (gap := text.find(" ", start, span.start)) >= 0:
        start = gap
    if end < len(text) and (gap := text.rfind(" ", span.end, end)) >= 0:
        end = gap
    return f"{'… ' if start else ''}{text[start:end].strip()}{' …' if end < len(text) else ''}"
