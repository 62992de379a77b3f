"""The shape of every table under `ar/`."""

from riwaya.lang.tables import Shape

SHAPES: dict[str, Shape] = {}
