"""The ten sample exports, as their manifest says, and each trap that it lists."""

import json

import pytest
from reading import DATA, answers, fields, names, sample, separators, set_aside

MANIFEST = {entry["file"]: entry for entry in json.loads((DATA / "manifest.json").read_text())}
OUR_NAMES = {  # decisions: the manifest's names are older than the table of fields
    "first_name": "given_name",
    "last_name": "family_name",
    "company": "organization",
    "tags": "interest",
    "interests": "interest",
    "needs": "need",
    "offers": "offer",
    "projects": "project",
}
COMMUNITY = "Of which IEEE Societies and/or Affinity Groups are you a member?"


@pytest.fixture(params=MANIFEST.values(), ids=MANIFEST)
def entry(request):
    return request.param


def test_file_is_detected(entry):
    found = sample(entry["file"])
    detected = (found.encoding, found.bom, found.newline, found.delimiter, found.header_row - 1)
    keys = ("encoding", "bom", "newline", "delimiter", "header_row")
    assert detected == tuple(entry[key] for key in keys)


def test_people_are_counted(entry):
    found = sample(entry["file"])
    read = len(found.people) + found.merged + len(found.set_aside) + len(found.skipped)
    assert (len(found.people), read) == (entry["people"], len(found.rows))


def test_columns_are_mapped(entry):
    expected = {header: OUR_NAMES.get(name, name) for name, header in entry["map"].items()}
    mapped = fields(sample(entry["file"]))
    assert {header: mapped.get(header) for header in expected} == expected


def test_separators_are_learned(entry):
    expected = {header: mark.strip() for header, mark in entry["multi_value"].items()}
    learned = separators(sample(entry["file"]))
    assert {header: mark.strip() for header, mark in learned.items()} == expected


@pytest.mark.parametrize("place", [0, -1], ids=["first", "last"])
def test_first_and_last_person(entry, place):
    expected = entry["first_person" if place == 0 else "last_person"]
    person = sample(entry["file"]).people[place]
    found = {"name": person.name, "company": "; ".join(person.answer("organization"))}
    assert {key: found[key] for key in expected} == expected


def test_eventbrite():
    found = sample("eventbrite_attendee_report.csv")
    jordan = found.people[-1]
    assert found.product == "looks like an Eventbrite attendee report"
    assert set_aside(found) == [(5, "refunded")]
    assert found.sources[found.people[0].id] == (2, 3)
    assert (jordan.name, jordan.email) == ("Jordan D'Souza", "JORDAN@Example.org")
    assert answers(found, "Imani Okafor-Reyes")["community"] == (
        "Computer Society",
        "Power & Energy",
    )
    assert answers(found, "Søren Lindqvist") == {
        "organization": ("lindqvist consulting llc",),
        "role": ("founder / CEO",),
        "city": ("Oakland, California",),
    }


def test_luma():
    found = sample("luma_guests.csv")
    assert set_aside(found) == [(5, "declined"), (6, "waitlisted"), (7, "no name")]
    assert answers(found, "Ravi Menon") == {
        "role": ("I run ops at a food-waste startup 🍏",),
        "need": ("intro to supermarket buyers\nand a part-time CFO",),
    }
    assert answers(found, "Chloé Dubois")["role"] == ('Data viz, maps, "anything GIS"',)
    assert found.people[-1].given_name == "Kwame"


def test_google_forms():
    found = sample("google_forms_two_email_columns.csv")
    headers = [column.header for column in found.columns]
    assert [headers[1], headers[5]] == ["Email Address", "Email Address (2)"]
    assert set_aside(found) == [(5, "blank row")]
    assert answers(found, "Nia Brooks") == {
        "project": ("A bus-arrival sign.",),
        "goal": ("Updated: I want to learn embedded.",),
    }
    assert answers(found, "Tom Ó Briain") == {}


def test_microsoft_forms():
    found = sample("microsoft_forms_bom_newline_header.csv")
    assert [person.email for person in found.people] == ["aroha@example.org", "callum@example.org"]
    assert answers(found, "Callum Petrov") == {
        "interest": ("Cloud Computing with Azure", "Web App & APIs", "AI & Advanced Analytics")
    }
    assert found.columns[10].header.startswith("Do you prefer the mentor to have a technical")
    assert "Disclaimer" in found.columns[10].header


def test_linkedin():
    found = sample("linkedin_connections_preamble.csv")
    arjun = found.people[1]
    assert [row[0][:6] for row in found.preamble] == ["Notes:", "When e", ""]
    assert set_aside(found) == [(8, "blank row")]
    assert (arjun.family_name, arjun.credentials) == ("Mehta", "PMP")
    assert answers(found, "Arjun Mehta")["role"] == ("Engineering Manager, Payments",)
    assert answers(found, "Rahul V.")["organization"] == ("kiteworks pvt ltd",)


def test_german_excel():
    found = sample("german_excel_semicolon_cp1252.csv")
    assert names(found) == ["Max Müller", "Max Müller", "Jürgen Groß", "Zoë Weiß–Özdemir"]
    assert len({person.id for person in found.people}) == 4
    assert answers(found, "Jürgen Groß") == {"role": ("Geschäftsführer; Prokurist",)}


def test_helloasso():
    found = sample("helloasso_tickets.csv")
    assert names(found) == ["Aurélie Lefèvre", "Jean-Noël de la Tour", "Fatou N'Diaye"]
    assert found.people[1].typed_name == "Jean-Noël DE LA TOUR"
    assert found.details[found.people[0].id]["quantity"] == ("2",)
    assert any("1 unnamed guest" in notice.problem for notice in found.notices)
    assert any("offer line" in notice.problem for notice in found.notices)


def test_typeform():
    found = sample("typeform_responses.csv")
    assert set_aside(found) == [(4, "partial response")]
    assert answers(found, "Lukas")["interest"] == ("Design", "Climate", "Music")
    assert answers(found, "Marcela Rojas") == {
        "interest": ("Food", "Urban planning", "bees"),
        "project": ("+ a bakery",),
        "offer": ("I can teach AI/ML basics",),
    }


def test_meetup():
    found = sample("meetup_attendees.tsv")
    assert [(entry.name, entry.reason.value) for entry in found.set_aside] == [
        ("Haruka", "not attending"),
        ("王小明 (Ming)", "waitlisted"),
    ]
    assert "role" not in fields(found).values()
    guests = next(notice for notice in found.notices if "2 unnamed guests" in notice.problem)
    assert guests.problem.endswith("; the notes say: '+2: Ana, Luis'.")


def test_offers_and_needs():
    found = sample("offers_needs_sheet.csv")
    assert answers(found, "Lena Fischer") == {
        "organization": ("Stadtwerke Nord",),
        "role": ("Head of Innovation",),
        "interest": ("Digital metering for 200k homes.", "utility", "water", "metering"),
        "need": ("Leak detection", "vendors with EU references."),
        "offer": ("Pilot sites", "procurement know-how."),
    }


def test_nothing_of_a_file_is_lost():
    found = sample("german_excel_semicolon_cp1252.csv")
    assert found.rows[4] == (
        "Jürgen",
        "Groß",
        "j.gross@example.de",
        "",
        "Geschäftsführer; Prokurist",
    )
    assert found.counts == "4 rows read: 4 people"
