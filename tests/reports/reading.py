"""Reads exports back with other programs than those that wrote them."""

import csv
import json
from io import BytesIO, StringIO

import openpyxl

MARK = b"\xef\xbb\xbf"


def rows_of(chunks):
    """The rows of a CSV file, its header first."""
    whole = b"".join(chunks)
    assert whole.startswith(MARK)
    return list(csv.reader(StringIO(whole.removeprefix(MARK).decode(), newline=""), strict=True))


def data_of(chunks):
    """What a JSON file holds."""
    return json.loads(b"".join(chunks))


def book_of(chunks):
    """A workbook with the headings and rows of its sheets; the rows are as they stand, the headings apart."""
    book = openpyxl.load_workbook(BytesIO(b"".join(chunks)))
    book.heads = {page.title: next(page.iter_rows(max_row=1, values_only=True)) for page in book}
    book.rows = {page.title: list(page.iter_rows(min_row=2, values_only=True)) for page in book}
    return book
