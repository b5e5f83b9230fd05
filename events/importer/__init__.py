"""Any attendee file in: detect, find the table, map its columns, read its rows into people.

`read.py` is the whole way on one screen. Nothing here opens a path, writes or stores.
"""

from .read import headers_of, read_apart, read_people, rows_in
from .report import inspect_json, inspect_text
from .result import Column, Import, Options, Reason, SetAside

__all__ = [
    "Column",
    "Import",
    "Options",
    "Reason",
    "SetAside",
    "headers_of",
    "inspect_json",
    "inspect_text",
    "read_apart",
    "read_people",
    "rows_in",
]
