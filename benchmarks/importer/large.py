"""A list of any number of people with twenty columns, and what bringing it into an event costs."""

from __future__ import annotations

import csv
import io
import resource
import tempfile
from pathlib import Path
from random import Random
from time import process_time

from events.importer import read_people
from events.reimport import import_people
from events.store import Store

__all__ = ["large_list", "measured"]

WORDS = "bread cake design pricing law sailing chess python hiring funding export maps bees glass music tax ads data cloud boats".split()  # noqa: E501
ROLES = ("CTO", "Baker", "Designer", "Engineer", "Teacher")
CITIES = ("Bonn", "Paris", "Oslo", "Zürich", "Łódź", "Madrid")
# Header → number of words, or of answers with semicolons between.
FREE = {"Looking for": 8, "Can offer": 8, "What are you working on?": 10, "Biggest challenge": 6}
LISTS = {"Languages": 2, "Skills": 3, "Interests": 3, "Hobbies": 2, "Where have you lived?": 2}
FIXED = (
    *("Name", "Email", "Company", "Job title", "City", "Industry", "University"),
    *("Ticket type", "Order date", "Attendee status", "Notes"),
)


def large_list(people: int) -> bytes:
    """Return a CSV of invented people; the same for the same number."""
    chance = Random(0)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow((*FIXED, *FREE, *LISTS))
    for number in range(people):
        fixed = (
            f"Ana{number % 977} Ruiz{number % 1013}",
            f"p{number}@example.org",
            f"Company {chance.randrange(5_000)}",
            f"{chance.choice(ROLES)} {chance.choice(WORDS)}",
            chance.choice(CITIES),
            chance.choice(WORDS),
            f"University of {chance.choice(WORDS)}",
            "VIP",
            f"2026-0{1 + number % 9}-1{number % 9} 10:{number % 60:02d}",
            "Attending",
            " ".join(chance.choices(WORDS, k=5)) if number % 3 == 0 else "",
        )
        free = (" ".join(chance.choices(WORDS, k=length)) for length in FREE.values())
        lists = ("; ".join(chance.sample(WORDS, length)) for length in LISTS.values())
        writer.writerow((*fixed, *free, *lists))
    return text.getvalue().encode()


def measured(people: int) -> tuple[float, float, int]:
    """Return processor seconds to read and to store a list, and the most memory in KiB."""
    data = large_list(people)
    start = process_time()
    found = read_people(data)
    read = process_time()
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "people.db")
        event = store.add_event("Fair")
        import_people(store, store.add_upload(event.id, "people.csv", data), found.people)
        seconds = process_time() - read
        stored = store.head_counts()[event.id]
        store.close()
    assert stored == len(found.people) == people
    return read - start, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
