from reading import read, sample

from events.importer import inspect_json, inspect_text
from events.model import Notice, Severity, by_kind
from matcher.phrase import phrase

TEXT = "Name,Email,Needs,Ticket\nAna,ana@example.org,bread; cake,VIP\nBen,nobody@,-,VIP\n,,bees,\n"


def test_json_is_the_contract():
    told = inspect_json(read(TEXT))
    assert (told["encoding"], told["delimiter"], told["header_row"]) == ("utf-8", ",", 1)
    assert {
        key: told["columns"][2][key] for key in ("header", "field", "separator", "samples")
    } == {
        "header": "Needs",
        "field": "need",
        "separator": ";",
        "samples": ["bread; cake", "bees"],
    }
    ana = told["people"][0]
    assert (ana["name"], ana["email"], ana["need"], ana["ticket"]) == (
        "Ana",
        "ana@example.org",
        ["bread", "cake"],
        "VIP",
    )
    assert told["set_aside"] == [{"row": 4, "reason": "no name", "name": ""}]
    assert told["counts"] == "3 rows read: 2 people, 1 set aside"


def test_json_notices_say_where_and_what_to_do():
    notice = next(n for n in inspect_json(read(TEXT))["notices"] if n["row"] == 3)
    assert notice == {
        "row": 3,
        "column": "Email",
        "value": "nobody@",
        "problem": "is not an e-mail address; the person takes part without one.",
        "remedy": "Correct it, or choose another column with --map email=HEADER.",
        "severity": "check",
    }


def test_text_names_what_was_understood():
    told = inspect_text(sample("helloasso_tickets.csv"))
    assert told.startswith(
        "helloasso_tickets.csv: text, utf-8 with BOM, delimiter semicolon, header in row 1, "
        "looks like HelloAsso tickets\n"
        "3 rows read: 3 people; 1 unnamed guest not added.\n"
    )
    assert "  Nom → family_name (sure, print): LEFÈVRE | DE LA TOUR | N'DIAYE\n" in told
    assert "Jean-Noël de la Tour\n" in told


def test_notices_of_one_kind_stand_together_and_what_needs_a_look_stands_first():
    info = Severity.INFO
    said = [("a", 1, info), ("b", 2, Severity.CHECK), ("a", 3, info), ("b", 4, Severity.CHECK)]
    notices = [
        Notice(row=row, problem=phrase(f"{kind} %(row)s", row=row), remedy="", severity=severity)
        for kind, row, severity in said
    ]
    assert [[each.row for each in group] for group in by_kind(notices)] == [[2, 4], [1, 3]]
