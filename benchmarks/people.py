"""Attendee lists of any size whose answers overlap as real ones do: few common, many rare."""

from __future__ import annotations

import csv
import io
from random import Random

__all__ = ["attendee_csv", "with_rare_answers"]

GIVEN = "Ana Ben Chen Dora Eli Fay Gus Hana Ivo Jun Kai Lea Max Nia Oto Pia Quin Rosa Sven Tia Udo Vera Wim Xena Yara Zoe".split()  # noqa: E501
DOING = "editing designing testing teaching translating repairing funding growing filming printing mapping auditing hosting packing tuning".split()  # noqa: E501
THINGS = "podcasts websites bread gardens contracts boats radios maps budgets posters robots schools novels bikes choirs markets bridges puzzles kites clocks".split()  # noqa: E501
HEADER = (
    "First name",
    "Last name",
    "Email",
    "Company",
    "Job title",
    "City",
    "Places you have lived",
    "School",
    "Skills",
    "Interests",
    "Hobbies",
    "I am looking for",
    "I could offer",
)


def attendee_csv(people: int, seed: int = 0) -> bytes:
    """Return a CSV of invented attendees, one row each, the same for the same seed.

    Values of each kind fall off as a power law; needs and offers are made of the same words.
    """
    random = Random(seed)
    names = ["".join(random.choices("bdfgklmnprstvz", k=2)) for _ in range(400)]
    names = [a[0].upper() + random.choice("aeiou") + a[1] + random.choice("aeiou") for a in names]
    wishes = [f"{doing} {thing}" for doing in DOING for thing in THINGS]

    def often(values: list[str], count: int) -> str:
        drawn = (values[int(len(values) * random.random() ** 2)] for _ in range(count))
        return "; ".join(dict.fromkeys(drawn))

    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADER)
    cities = [f"{name}burg" for name in names[:60]]
    schools = [f"{name} University" for name in names[60:140]]
    firms = [f"{name} {thing}" for name in names for thing in THINGS][: max(20, people // 4)]
    for number in range(people):
        writer.writerow(
            [
                random.choice(GIVEN),
                random.choice(names),
                f"p{number}@example.org",
                often(firms, 1),
                f"{random.choice(DOING)} lead".title(),
                often(cities, 1),
                often(cities, 2),
                often(schools, 1),
                often(wishes[:150], 3),
                often(THINGS, 2),
                often(wishes[150:250], 2),
                f"help with {random.choice(wishes)}; {random.choice(wishes)}",
                f"{random.choice(wishes)}; {random.choice(wishes)}",
            ]
        )
    return out.getvalue().encode()


def with_rare_answers(content: bytes, holders: int = 48, seed: int = 0) -> bytes:
    """Return a list of `attendee_csv` in which eight answers of everybody are held by so few.

    The worst that can be for comparing: everybody shares something rare with 8 × (`holders` − 1)
    others, who are drawn anew for each answer.
    """
    random = Random(seed)
    header, *rows = csv.reader(io.StringIO(content.decode()))
    for name, count in {"School": 1, "Skills": 3, "Interests": 2, "Hobbies": 2}.items():
        column = header.index(name)
        for row in rows:
            row[column] = ""
        for turn in range(count):
            for place, row in enumerate(random.sample(rows, len(rows))):
                row[column] += f"; {name} {turn} {place // holders}x"
    out = io.StringIO(newline="")
    csv.writer(out).writerows([header, *rows])
    return out.getvalue().encode()
