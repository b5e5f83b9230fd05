"""What was understood of a file, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from events.model import RULE_COLUMNS, Attendee, Notice, by_kind

from .result import Column, Import
from .targets import target_called
from .wording import shortened

__all__ = ["inspect_json", "inspect_text"]


def inspect_json(found: Import) -> dict[str, Any]:
    """Return what was understood as JSON values.

    The keys `encoding`, `delimiter`, `header_row`, `columns`, `people`, `set_aside` and `notices`
    are a contract; list fields of people are lists, all others text.
    """
    return {
        "name": found.name,
        "kind": found.kind,
        "encoding": found.encoding,
        "bom": found.bom,
        "newline": found.newline,
        "delimiter": found.delimiter,
        "sheet": found.sheet,
        "header_row": found.header_row,
        "product": found.product,
        "counts": found.counts,
        "input_sha256": found.input_sha256,
        "preamble": [list(cells) for cells in found.preamble],
        "columns": [_column(column) for column in found.columns],
        "people": [_person(person, found) for person in found.people],
        "set_aside": [
            {"row": entry.row, "reason": entry.reason.value, "name": entry.name}
            for entry in found.set_aside
        ],
        "notices": [_notice(notice) for notice in found.notices],
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "header": column.header,
        "field": column.field,
        "separator": column.separator,
        "samples": list(column.samples),
        "fill": round(column.fill, 4),
        "confidence": column.confidence,
        "certainty": column.certainty,
        "visibility": column.visibility.value,
    }


def _person(person: Attendee, found: Import) -> dict[str, Any]:
    values = {answer.field: answer.texts for answer in person.answers}
    values |= dict(found.details[person.id])
    values |= {name: getattr(person, name) for name in RULE_COLUMNS if getattr(person, name)}
    return {
        "id": person.id,
        "name": person.name,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "email": person.email,
        **{name: _value(name, texts) for name, texts in values.items()},
        **({"credentials": person.credentials} if person.credentials else {}),
        "typed_name": person.typed_name,
        "rows": list(found.sources.get(person.id, ())),
    }


def _value(name: str, texts: tuple[str, ...]) -> str | list[str]:
    return list(texts) if target_called(name).many else "; ".join(texts)


def _notice(notice: Notice) -> dict[str, Any]:
    return {
        "row": notice.row,
        "column": notice.column,
        "value": notice.value,
        "problem": notice.problem,
        "remedy": notice.remedy,
        "severity": notice.severity.value,
    }


def inspect_text(found: Import) -> str:
    """Return what was understood as text for a terminal, ending in a newline."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Import) -> Iterator[str]:
    yield f"{found.name or 'The file'}: {_file_kind(found)}"
    yield f"{found.counts}."
    yield ""
    yield from _column_lines(found)
    yield ""
    yield from _people_lines(found)
    if found.set_aside:
        yield ""
        yield "Set aside"
        yield from _set_aside_lines(found)
    if found.notices:
        yield ""
        yield "Notices"
        yield from (f"  {notice}" for group in by_kind(found.notices) for notice in group)


def _file_kind(found: Import) -> str:
    named = {"\t": "tab", "": "none", ",": "comma", ";": "semicolon", "|": "bar"}
    if found.kind == "csv":
        bom = " with BOM" if found.bom else ""
        how = f"text, {found.encoding}{bom}, delimiter {named[found.delimiter]}"
    else:
        how = f"{found.kind} workbook, sheet {found.sheet!r}"
    product = f", {found.product}" if found.product else ""
    return f"{how}, header in row {found.header_row}{product}"


def _column_lines(found: Import) -> Iterator[str]:
    used = [column for column in found.columns if column.field]
    unused = [column for column in found.columns if not column.field]
    yield "Columns"
    for column in used:
        header = shortened(column.header, 40)
        mark = f", divided at {column.separator.strip() or column.separator!r}" * column.is_list
        samples = " | ".join(shortened(sample, 30) for sample in column.samples)
        yield (
            f"  {header} → {column.field} "
            f"({column.certainty}, {column.visibility.value}{mark}): {samples}"
        )
    if unused:
        yield f"  Not used: {', '.join(shortened(column.header, 40) for column in unused)}"


def _people_lines(found: Import) -> Iterator[str]:
    yield "People"
    for person in found.people:
        said = {answer.field: answer.texts for answer in person.answers}
        said |= {name: getattr(person, name) for name in RULE_COLUMNS if getattr(person, name)}
        about = "; ".join(
            f"{name}: {shortened(', '.join(texts), 50)}" for name, texts in said.items()
        )
        yield f"  {person.id}  {person.name}{f' ({about})' if about else ''}"


def _set_aside_lines(found: Import) -> Iterator[str]:
    for reason, number in found.reasons.items():
        rows = [entry for entry in found.set_aside if entry.reason is reason]
        listed = ", ".join(f"row {e.row}{f' {e.name}' if e.name else ''}" for e in rows[:20])
        more = f" and {number - 20} more" * (number > 20)
        yield f"  {reason}: {listed}{more}"
