import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import answers, names, read, said

from events.model import Severity
from matcher.fields import Visibility


def ids(text: str) -> list[str]:
    return [person.id for person in read(text).people]


def test_same_email_and_name_is_one_person():
    found = read("Name,Email,Role\nAna,a@example.org,CTO\nana,A@Example.org,CEO\n")
    assert (names(found), answers(found, "Ana")) == (["Ana"], {"role": ("CEO",)})
    assert found.sources[found.people[0].id] == (2, 3)
    assert found.counts == "2 rows read: 1 person, 1 duplicate merged"


def test_later_answer_wins_by_time_stamp():
    head = "Timestamp,Name,Email,Role\n"
    early, late = "1/2/2026 9:00,Ana,a@example.org,CTO\n", "1/2/2026 10:00,Ana,a@example.org,CEO\n"
    for rows in (early + late, late + early):
        assert answers(read(head + rows), "Ana") == {"role": ("CEO",)}


def test_what_the_later_answer_leaves_out_is_kept():
    found = read("Name,Email,Role,City\nAna,a@example.org,CTO,\nAna,a@example.org,,Bonn\n")
    assert answers(found, "Ana") == {"role": ("CTO",), "city": ("Bonn",)}


def test_same_email_with_other_names_are_different_people():
    assert names(read("Name,Email\nAna,a@example.org\nBen,a@example.org\n")) == ["Ana", "Ben"]


def test_same_name_with_other_email_is_said():
    found = read("Name,Email\nAna,a@example.org\nAna,b@example.org\nAna,\n")
    assert len(found.people) == 3
    assert said(found, 3) == ["has the same name as somebody in row 2; they were kept apart."]


def test_same_ticket_is_one_person():
    assert names(read("Name,Ticket number\nAna,7\nAna,7\nBen,7\n")) == ["Ana", "Ben"]


def test_three_rows_linked_by_different_keys():
    rows = ["Ana,a@example.org,", "Ana,,7", "Ana,a@example.org,7"]
    for order in (rows, rows[::-1]):
        assert len(read("\n".join(["Name,Email,Ticket number", *order])).people) == 1


def test_own_ids_are_kept():
    assert ids("id,Name\nx1,Ana\nx2,Ben\n") == ["x1", "x2"]


def test_own_id_of_two_people_is_said():
    found = read("id,Name\nx1,Ana\nx1,Ben\n")
    assert [person.id for person in found.people] == ["x1", "x1-2"]
    assert said(found, 3) == ["is also the id of somebody else, in row 2; it was numbered."]


def test_ids_come_from_name_and_email_alone():
    assert ids("Name,Email\nAna,a@example.org\n") == ids("E-Mail;Name;City\nA@example.org;ANA;x\n")


@given(st.permutations(["Ana,CTO", "Ana,CEO", "Ana,COO", "Ben,CTO"]))
def test_order_of_rows_changes_no_id(rows):
    found = read("\n".join(["Name,Role", *rows]))
    by_role = {(p.name, p.answer("role")): p.id for p in found.people}
    assert len(set(by_role.values())) == 4
    assert [by_role["Ana", (role,)][8:] for role in ("CEO", "COO", "CTO")] == ["", "-2", "-3"]


@pytest.mark.parametrize(
    ("cell", "visibility"),
    [
        ("yes", "print"),
        ("I agree to this", "print"),
        ("", "match"),
        ("no", "match"),
        ("?", "match"),
    ],
)
def test_consent_counts_only_when_given(cell, visibility):
    found = read(f"Name,City,Consent\nAna,Bonn,{cell}\nBen,Rome,yes\n")
    assert found.people[0].answers[0].visibility is Visibility(visibility)


@pytest.mark.parametrize(
    ("header", "cell", "guests"), [("Guests", "2", 2), ("Quantity", "3", 2), ("Quantity", "1", 0)]
)
def test_guests_are_counted_not_people(header, cell, guests):
    found = read(f"Name,{header}\nAna,{cell}\nBen,1\n")
    assert len(found.people) == 2
    assert [f"brings {guests} unnamed" in problem for problem in said(found, 2)] == [True] * (
        guests > 0
    )


def test_details_keep_what_is_no_answer():
    found = read("Name,Ticket,Cohort,Pronouns\nAna,VIP,mentors,she/her\n")
    assert found.details[found.people[0].id] == {
        "ticket": ("VIP",),
        "pronouns": ("she/her",),
    }


def test_rule_columns_are_kept_with_the_person():
    found = read(
        "Name,Cohort,Available,Quota,Min meetings,Table,Pin,Who would you like to meet?\n"
        "Ana,mentor,1-3;5,3,0,quiet,Ben@2,Cy\nBen,,,,,,,\nCy,,,,,,,\n"
    )
    ana = found.people[0]
    assert (ana.cohort, ana.available, ana.quota) == (("mentor",), ("1-3;5",), ("3",))
    assert (ana.min_meetings, ana.table) == (("0",), ("quiet",))
    assert (ana.pin, ana.wish) == (("Ben@2",), ("Cy",))


def test_a_rule_that_cannot_be_read_is_left_out_with_a_notice():
    found = read("Name,Quota,Available\nAna,lots,1-3\nBen,2,evening\n")
    assert [(p.quota, p.available) for p in found.people] == [((), ("1-3",)), (("2",), ())]
    said = {str(notice) for notice in found.notices}
    assert {
        "Row 2, quota: 'lots' is no number of meetings; it was left out. "
        "Write a whole number, 0 or more.",
        "Row 3, available: 'evening' is no list of rounds; it was left out. "
        "Write rounds such as 1-3;5.",
    } <= said


RULES = (
    "id,Name,Never with,Must meet\n1,Ana Ruiz,Ben Li; Cy Do,Zed@2\n2,Ben Li,,\n"
    "3,Ben Li,,Cy Do@1\n4,Cy Do,2,\n"
)


def test_a_name_in_a_rule_column_that_fits_two_is_a_question():
    asked = next(n for n in read(RULES).notices if n.column == "not_with")
    assert (asked.row, asked.severity) == (2, Severity.CHECK)
    assert str(asked).startswith("Row 2, not_with: 'Ben Li' could be Ben Li (2) and Ben Li (3).")
    assert asked.remedy == "Write the id instead."


def test_a_name_in_a_rule_column_that_is_nobody_is_said():
    told = [(n.row, n.value) for n in read(RULES).notices if "is nobody" in n.problem]
    assert told == [(2, "Zed@2")]


@pytest.mark.parametrize(
    "text",
    [
        "Name,City\nAna Ruiz <ana@example.org>,Bonn\nBen Li <ben@example.org>,Rome\n",
        "Ana Ruiz <ana@example.org>\nBen Li <ben@example.org>\n",
        "Ana Ruiz <ana@example.org>, Ben Li <ben@example.org>",
        "Ana Ruiz <ana@example.org>; Ben Li <ben@example.org>\n",
    ],
)
def test_names_with_their_addresses_as_mail_programs_write_them(text):
    assert [(person.name, person.email) for person in read(text).people] == [
        ("Ana Ruiz", "ana@example.org"),
        ("Ben Li", "ben@example.org"),
    ]
