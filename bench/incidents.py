"""Where incidents happened: `python bench/incidents.py` (`make incidents`) on the reports of `../shared/stories/airwars_dev.jsonl`.

The best place of an incident's reports (`best`) is held against Airwars' own point, with the packaged gazetteer and after the import of the
names of `../shared/geo`. An incident without a point is found by its Arabic name there.
"""

from __future__ import annotations

import argparse
import csv
import json
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from riwaya.extract.annotate import annotate
from riwaya.model import Annotations, Article, PlaceMention
from riwaya.places.layers import Gazetteers, packaged
from riwaya.places.shelf import import_file, with_imports
from riwaya.places.space import kilometres

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
NAMES = SHARED / "geo" / "airwars_place_names.tsv"
NEAR = 25.0  # kilometres
EARLY = 500  # code points from a report's beginning at which a place counts half of what it counts there
EXACT = {1: 4.0, 2: 3.0, 3: 2.0, 4: 0.7, 5: 0.7}  # how much a mention counts, by UCDP's where_prec: chosen on these incidents


class Point(NamedTuple):
    """Degrees."""

    lat: float
    lon: float


def best(reports: Sequence[Annotations]) -> PlaceMention | None:
    """The place that most tells where the event of these reports was: exact, named early, in the country that they are about.

    A report speaks for a place once, by the mention that tells most: what stands below a report often names other places over and over.
    """
    countries = Counter(one.location.place.country for report in reports for one in report.places if one.location.place is not None)
    weights: dict[str, float] = defaultdict(float)
    mentions: dict[str, PlaceMention] = {}
    for report in reports:
        told: dict[str, float] = {}
        for one in report.places:
            place, precision = one.location.place, one.location.where_prec
            if place is None or precision not in EXACT:
                continue
            share = countries[place.country] / countries.total()
            weight = EXACT[precision] / (1 + one.span.start / EARLY) * (0.5 + one.location.score / 2) * share
            told[place.id] = max(told.get(place.id, 0.0), weight)
            if place.id not in mentions or precision < (mentions[place.id].location.where_prec or 9):
                mentions[place.id] = one
        for name, weight in told.items():
            weights[name] += weight
    return mentions[max(weights, key=lambda name: weights[name])] if weights else None


def incidents() -> Iterator[dict[str, Any]]:
    """The incidents with a point."""
    named: dict[str, Point] = {}
    with NAMES.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            named.setdefault(row["name_ar"], Point(float(row["lat"]), float(row["lon"])))
    for line in (SHARED / "stories" / "airwars_dev.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        told = row["incident"]
        point = Point(told["lat"], told["lon"]) if told["lat"] is not None else named.get(told["location_ar"] or "")
        yield {**row, "point": point}


def articles(row: dict[str, Any]) -> Iterator[Article]:
    """The reports of an incident."""
    for report in row["texts"]:
        yield Article(report["id"], report["text"])


def measure(rows: Sequence[dict[str, Any]], gazetteers: Gazetteers, show: int) -> None:
    """Print how many incidents are found."""
    found, far, errors = 0, 0, []
    with_point = [row for row in rows if row["point"] is not None]
    for row in with_point:
        one = best([annotate(article, gazetteers=gazetteers) for article in articles(row)])
        if one is None or one.location.lat is None or one.location.lon is None:
            if show:
                print(f"  nothing: {row['story']} {row['incident']['location_ar']}")
            continue
        distance = kilometres(Point(one.location.lat, one.location.lon), row["point"])
        errors.append(distance)
        found += distance <= NEAR
        far += distance > NEAR
        if show and distance > NEAR:
            name = one.location.place.name if one.location.place else ""
            told = row["incident"]
            print(f"  {distance:.0f} km: {row['story']} {told['location_ar']} ({told['location']}) <- {name}, {one.location.why}")
    share, missing = found / len(rows), len(rows) - len(with_point)
    print(
        f"{found} of {len(rows)} incidents within {NEAR:.0f} km ({share:.3f}); {far} farther; {missing} without a point to hold it against;"
    )
    print(f"median error {statistics.median(errors):.1f} km; of those with a point {found / len(with_point):.3f} within {NEAR:.0f} km")


def main() -> None:
    """Measure with what ships, then after an import of the names of ../shared/geo."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--show", action="store_true", help="name what was not found")
    chosen = options.parse_args()
    rows = list(incidents())
    print("with what ships:", flush=True)
    measure(rows, packaged(), chosen.show)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "names.csv"
        with NAMES.open(encoding="utf-8", newline="") as read, path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(("name", "lat", "lon", "country"))
            writer.writerows((row["name_ar"], row["lat"], row["lon"], "SY") for row in csv.DictReader(read, delimiter="\t"))
        import_file(path, Path(folder) / "shelf")
        print("after the import:", flush=True)
        measure(rows, with_imports(Path(folder) / "shelf"), chosen.show)


if __name__ == "__main__":
    main()
