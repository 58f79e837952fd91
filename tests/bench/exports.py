"""P9: what a CSV of 100,000 statements costs over bare csv.writer, and how far CSV and XLSX let the memory grow."""

import csv
import io
import os
import tracemalloc
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from review_app.queries import export_rows
from review_app.queries.sight import reader_of
from review_app.reports.exports import comma, workbook
from review_app.reports.exports.workbook import Sheet
from review_app.reports.wording.words import Words
from tests.bench.figures import Finding, cost, in_turn, ratio
from tests.bench.world import addresses, app_on, person

GOAL, MEMORY = 1.3, 10.0
ROWS, ROUNDS = 100_000, 7
FEW, MANY = 2_000, 20_000
MEGABYTE = 1_000_000


def measure(world):
    """Write the statements of the demonstration, over and over, both ways."""
    app = app_on(world.copy("exports"))
    with app.app_context():
        said = list(export_rows.statements(reader_of(person(addresses()["secretariat"]))))
    columns, rows = export_rows.COLUMNS, list(islice(cycle(said), ROWS))

    def ours():
        with Path(os.devnull).open("wb") as file:
            for chunk in comma.stream(columns, rows):
                file.write(chunk)

    def bare():
        with Path(os.devnull).open("wb") as file, io.TextIOWrapper(file, encoding="utf-8", newline="") as text:
            writer = csv.writer(text)
            writer.writerow(columns)
            writer.writerows(rows)

    costs = in_turn({"ours": lambda: ours, "bare": lambda: bare}, ROUNDS)
    seen = ratio(costs["ours"], costs["bare"])
    grown = _grown(lambda count: comma.stream(columns, _over(said, count)), ROWS)
    few, many = (_grown(lambda count: _book(columns, _over(said, count)), count) for count in (FEW, MANY))
    seconds = cost(lambda: _drain(_book(columns, _over(said, MANY))))
    notes = (
        f"CSV of {ROWS:,} rows: {median(costs['ours']):.2f} s CPU, csv.writer {median(costs['bare']):.2f} s",
        f"XLSX of {MANY:,} rows: {seconds:.1f} s CPU; memory {few:.1f} MB at {FEW:,} rows, {many:.1f} MB at {MANY:,}",
    )
    holds = seen <= GOAL and max(grown, many - few) <= MEMORY
    return Finding(f"{seen:.2f}, memory {grown:.1f} MB", f"{GOAL:.2f}, {MEMORY:.0f} MB", holds, notes)


def _over(rows, count):
    return islice(cycle(rows), count)


def _book(columns, rows):
    return workbook.stream((Sheet("statements", columns, rows),), Words("en"), title="Statements")


def _grown(chunks_of, count):
    """Return how many megabytes are held at the most while an export of so many rows is taken away as it comes."""
    tracemalloc.start()
    _drain(chunks_of(count))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / MEGABYTE


def _drain(chunks):
    for _chunk in chunks:
        pass
