import pytest
from reading import answers, names, read, said, set_aside


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("Refunded", "refunded"),
        ("Canceled", "cancelled"),
        ("storniert", "cancelled"),
        ("Abgelehnt", "declined"),
        ("Not Attending", "not attending"),
        ("Liste d'attente", "waitlisted"),
        ("pendiente", "not approved"),
        ("started", "partial response"),
    ],
)
def test_status_words_set_aside(status, reason):
    found = read(f"Name,Status\nAna,{status}\nBen,going\nCyd,\n")
    assert (names(found), set_aside(found)) == (["Ben", "Cyd"], [(2, reason)])


def test_unknown_status_is_kept_and_said():
    found = read("Name,Status\nAna,going\nBen,going\nCyd,moonwalking\n")
    assert names(found) == ["Ana", "Ben", "Cyd"]
    assert said(found, 4) == ["is not a status known here; the person is counted as coming."]


def test_rows_can_be_brought_back():
    text = "Name,Status\nAna,waitlisted\nBen,refunded\nTest,going\n"
    found = read(text, keep_set_aside=frozenset({"waitlisted", "test-row"}))
    assert (names(found), set_aside(found)) == (["Ana", "Test"], [(3, "refunded")])


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",,", "blank row"),
        (",CTO,", "no name"),
        ("Test,CTO,", "test row"),
        ("Total,,12", "total or footer"),
        ("This report was made by a machine,,", "total or footer"),
    ],
)
def test_rows_that_are_no_people(row, reason):
    found = read(f"Name,Role,Notes\nAna,CEO,\n{row}\nBen,COO,\n")
    assert (names(found), set_aside(found)) == (["Ana", "Ben"], [(3, reason)])


@pytest.mark.parametrize(
    "word", ["-", "–", "n/a", "N/A", "none", "none yet", "keine", "aucun", "."]
)
def test_empty_words_are_no_answers(word):
    assert answers(read(f"Name,Needs\nAna,{word}\nBen,cake\n"), "Ana") == {}


def test_none_among_the_options_is_dropped():
    found = read("Name,Topics\nAna,Art; None; Art\nBen,Art\n")
    assert answers(found, "Ana") == {"interest": ("Art",)}


def test_escape_of_spreadsheets_is_removed():
    found = read("Name,Needs\nAna,'+ a bakery\nBen,'s-Hertogenbosch\n")
    assert answers(found, "Ana") == {"need": ("+ a bakery",)}
    assert answers(found, "Ben") == {"need": ("'s-Hertogenbosch",)}


def test_email_that_is_none_is_said():
    found = read("Name,Email\nAna,ana@example.org\nBen,anonymous\nCyd,Cyd <cyd@example.org>\n")
    assert [person.email for person in found.people] == ["ana@example.org", "", "cyd@example.org"]
    assert said(found, 3) == ["is not an e-mail address; the person takes part without one."]


def test_several_columns_feed_a_list():
    found = read("Name,Tags,Topics\nAna,bees,bread; bees\n")
    assert answers(found, "Ana") == {"interest": ("bees", "bread")}


def test_rules_in_columns():
    found = read("Name,Not with,Already met,Group\nAna,Ben; Cyd,Dan,x\n")
    ana = found.people[0]
    assert (ana.not_with, ana.already_met) == (("Ben", "Cyd"), ("Dan",))


@pytest.mark.parametrize(
    "nothing", ["None at the moment", "No", "nope", "nein", "not sure", "#N/A"]
)
def test_more_words_for_nothing(nothing):
    found = read(f"Name,Needs,Topics\nAna,{nothing},art; {nothing}\n")
    assert answers(found, "Ana") == {"interest": ("art",)}


def test_no_is_an_answer_where_it_says_something():
    found = read("Name,I agree to be shown,Needs\nAna,No,bread\n")
    assert "did not clearly agree" in " ".join(said(found, 2))


@pytest.mark.parametrize(
    "footer",
    ["Total: 3", "Total attendees: 2", "Page 1 of 2", "2 attendees", "Generated on 2026-01-01"],
)
def test_footers_with_figures(footer):
    found = read(f"Name,Email,City\nAna Ruiz,a@example.org,Bonn\n{footer},,\n")
    assert (names(found), set_aside(found)) == (["Ana Ruiz"], [(3, "total or footer")])


def test_a_name_with_a_figure_is_no_footer():
    found = read("Name,Email,City\nAna 2,,\nBen Li,b@example.org,Bonn\n")
    assert names(found) == ["Ana 2", "Ben Li"]


@pytest.mark.parametrize(("cell", "guests"), [("2", 2), ("+1", 1), ("yes", 1), ("0", 0), ("", 0)])
def test_guests_are_counted_however_they_are_written(cell, guests):
    told = " ".join(said(read(f"Name,Guests,Notes\nAna,{cell},\nBen,1,\n"), 2))
    assert (f"brings {guests} unnamed" in told) is (guests > 0)


@pytest.mark.parametrize("heading", ["Table 3", "Gruppe B:", "Mesa nº 2", "TEAM #4"])
def test_a_heading_between_rows_is_nobody(heading):
    found = read(f"Name,Email,City\n{heading},,\nAna Li,a@example.org,Bonn\n")
    assert set_aside(found) == [(2, "total or footer")]
