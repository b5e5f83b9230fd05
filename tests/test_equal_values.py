import csv
import io

import pytest
from click.testing import CliRunner
from test_meaning import Letters

from events.equal_file import canon_table, read_decisions, write_decisions
from events.equal_values import (
    Decisions,
    held_by,
    likeliest_first,
    review,
    values_in_words,
)
from events.errors import UnreadableFile
from events.model import Answer, Attendee
from events.pipeline import affinity_model
from events.series import Kept
from matcher.canon import Decision
from matcher.fields import Visibility
from matcher.meaning import LEXICAL, Meaning
from web.cli import seedbed

LONG = "Institut Teknologi Bandung"
RAW = f'kind,raw\nschool,ITB\nschool,{LONG}\nplace,"Köln / Graz"\nplace,Georgia\nskill,-\n'
PEOPLE = f"name,school\nAna,ITB\nBen,{LONG}\nCyd,{LONG}\nDee,Lund\n"
DECIDED = "kind,value,other,same\nschool,ITB,Institut Teknologi Bandung,{}\n"


def student(person, school, visibility=Visibility.PRINT):
    answer = Answer(field="school", texts=(school,), visibility=visibility)
    return Attendee(id=person, name=person, answers=(answer,))


def canon(accept):
    rows = csv.reader(io.StringIO(canon_table(RAW, Decisions(accept=accept)).decode()))
    return [tuple(row[2:]) for row in rows][1:]


def affinity(decisions):
    attendees = [student("ana", "ITB"), student("ben", LONG), student("cyd", "Lund")]
    model = affinity_model(attendees, equals=decisions.among(attendees))
    return model.explain([("ana", "ben")])["ana", "ben"].affinity


def test_canon_says_what_each_value_counts_as_and_why():
    assert canon(accept=False) == [
        ("itb", "words"),
        ("institut teknologi bandung", "words"),
        ("Köln, Nordrhein-Westfalen, Germany|Graz, Steiermark, Austria", "table"),
        ("", ""),
        ("", ""),
    ]
    assert canon(accept=True)[0] == ("institut teknologi bandung", "initialism")


def test_canon_follows_what_was_decided():
    decided = (
        f"kind,value,other,same\nschool,ITB,{LONG},no\nschool,MIT,M.I.T.,no\n"
        'school,Lund,Lunds universitet,yes\nplace,Georgia,"Georgia, USA",yes\n'
    )
    raw = f"{RAW}school,MIT\nschool,M.I.T.\nschool,LUND\n"
    table = canon_table(raw, Decisions(read_decisions(decided), accept=True)).decode()
    assert [tuple(row[1:]) for row in csv.reader(io.StringIO(table))][1:] == [
        ("ITB", "itb", "words"),
        (LONG, LONG.lower(), "words"),
        ("Köln / Graz", "Köln, Nordrhein-Westfalen, Germany|Graz, Steiermark, Austria", "table"),
        ("Georgia", "Georgia, United States", "accepted"),
        ("'-", "", ""),
        ("MIT", "mit", "apart"),
        ("M.I.T.", "massachusetts institute of technology", "table"),
        ("LUND", "lunds universitet", "accepted"),
    ]


def test_canon_names_every_unknown_kind():
    with pytest.raises(UnreadableFile, match=r"Row 2: 'colour'.*\nRow 4: 'age'"):
        canon_table("kind,raw\ncolour,red\nskill,C\nage,7\n")


def test_proposals_count_only_when_accepted():
    apart, together = affinity(Decisions()), affinity(Decisions(accept=True))
    assert together > apart
    assert affinity(Decisions(read_decisions(DECIDED.format("yes")))) == together
    assert affinity(Decisions(read_decisions(DECIDED.format("no")), accept=True)) == apart


def test_a_file_of_decisions_reads_words_as_people_type_them():
    assert read_decisions("kind,value,other,same\nrole, Boss ,CEO,no\n") == (
        Decision("role", "boss", "chief executive officer", same=False),
    )


def test_no_takes_words_apart_that_a_table_knows_as_one():
    decisions = Decisions(read_decisions("kind,value,other,same\nschool,M.I.T.,MIT,no\n"))
    attendees = [student("ana", "MIT"), student("ben", "M.I.T."), student("cyd", "M.I.T.")]
    held = held_by(attendees, decisions.among(attendees))
    assert [(one.text, one.people) for one in held] == [("M.I.T.", 2), ("MIT", 1)]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("colour,a,b,yes", "Row 2, kind: 'colour' is not known."),
        ("school,a,b,perhaps", "Row 2, same: 'perhaps' is no answer. Write yes or no."),
        ("city,Graz / Linz,Wien,yes", "Row 2: 'Graz / Linz' does not say one thing."),
        ("school,Lund,LUND,no", "Row 2: 'Lund' is the same as the other value already."),
        ("school,MIT,M.I.T.,yes", "Row 2: 'MIT' is the same as the other value already."),
    ],
)
def test_a_wrong_decision_is_answered_with_where_and_how(row, problem):
    with pytest.raises(UnreadableFile) as caught:
        read_decisions(f"kind,value,other,same\n{row}\n")
    assert problem in str(caught.value)


def test_the_review_shows_counts_and_examples():
    attendees = [student(str(at), text) for at, text in enumerate(("MIT", "M.I.T.", "ITB", LONG))]
    assert values_in_words(attendees) == (
        "Taken as equal (1):\n"
        "  School: M.I.T. = MIT (2 people)\n"
        "Perhaps equal (1), counted apart until you say so:\n"
        f"  School: ITB (1 person) = {LONG} (1 person)? initialism"
    )


def test_the_proposals_nearest_in_meaning_stand_first():
    schools = ("ITB", LONG, "Universty of Graz", "University of Graz", "University of Graz")
    proposals = review([student(str(at), text) for at, text in enumerate(schools)]).proposals
    assert [one.value.text for one in proposals] == ["ITB", "Universty of Graz"]
    assert likeliest_first(proposals, LEXICAL) == proposals
    assert likeliest_first(proposals, Meaning(Letters())) == proposals[::-1]
    encoder = Letters()
    assert likeliest_first(proposals[:1], Meaning(encoder)) == proposals[:1]
    assert encoder.encoded == []


def test_what_is_for_the_organizer_alone_is_not_compared():
    hidden = [student("a", "ITB", Visibility.OFF), student("b", LONG, Visibility.ORGANIZER)]
    assert "(0)" in values_in_words(hidden)


def test_a_plan_with_accepted_proposals_is_checked_with_the_same_option(tmp_path):
    file = tmp_path / "people.csv"
    file.write_text(PEOPLE, encoding="utf-8")
    out, run = str(tmp_path / "out"), CliRunner()
    given = [str(file), "--rounds", "2", "--out", out, "--accept-proposals"]
    assert run.invoke(seedbed, ["match", *given]).exit_code == 0
    against = ["check", out, "--against", str(file)]
    assert run.invoke(seedbed, [*against, "--accept-proposals"]).exit_code == 0
    assert run.invoke(seedbed, against).exit_code == 1


def kept(kind, value, other, same, *texts):
    return Kept(number=1, decision=Decision(kind, value, other, same), texts=texts)


def test_decisions_written_to_a_file_are_read_back_as_they_were():
    long = "massachusetts institute of technology"
    decided = (
        kept("school", "itb", "bandung", True, "ITB", "Bandung"),
        kept("school", "mit", long, False, "MIT", "Massachusetts Institute of Technology"),
        kept("school", "mit", "manipal", True, "MIT", "MANIPAL"),
        kept("school", "tuz asia", "tuz", True, "TUZ Asai", "=TUZ"),
        kept("city", "new york", "geo:US.NY", False, "New York", "New York State"),
    )
    written = write_decisions(decided).decode()
    assert '"school","ITB","Bandung","yes"' in written
    assert read_decisions(written) == tuple(one.decision for one in decided)
