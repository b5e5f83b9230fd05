"""From a file to people: see first, correct, then import."""

import codecs
import re
from pathlib import Path

import pytest
from web_site import Site, text_of

from events.cells import read_csv
from events.erase import erase_person
from events.importer import read_people
from events.importer.codepages import CANDIDATES
from events.importer.encoding import TWICE
from events.importer.targets import TARGETS
from events.model import Attendee
from matcher.fields import Visibility
from web.encodings import ENCODINGS
from web.views.uploads import LABELS

DATA = Path(__file__).parent / "data"
LIST = b"Name,Looking for,Town\nAna Lima,a mentor,Porto\nBen Ode,a flat,Porto\n"


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "seedbed.db")


@pytest.fixture
def event(site):
    return site.event()


def people(site, event):
    with site.store() as store:
        return [entry.attendee for entry in store.attendees(event.id) if not entry.archived]


def chosen(page):
    """Return the reading options as a browser would send them back."""
    form = page[page.index('aria-labelledby="reading"') :]
    fields = dict(re.findall(r'<input[^>]*name="(header[^"]*)"[^>]*value="([^"]*)"', form))
    for name, options in re.findall(r'(?s)<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form):
        picked = re.search(r'value="([^"]*)" selected', options)
        fields[name] = picked[1] if picked else re.search(r'value="([^"]*)"', options)[1]
    return fields


def test_a_preview_shows_what_was_understood_and_writes_nobody(site, event):
    at = site.upload(event, (DATA / "luma_guests.csv").read_bytes(), "luma_guests.csv")
    said = text_of(site.get(at))
    assert "looks like Luma" in said
    assert "6 rows read: 3 people, 3 set aside" in said
    assert "Ravi Menon" in said
    assert "declined: 1 Dana Whitfield" in said
    assert "columns are not used" in said
    assert "--" not in said
    assert people(site, event) == []
    assert "was uploaded but not imported yet" in text_of(site.get(f"/events/{event.id}/"))


@pytest.mark.parametrize("path", sorted(DATA.glob("*.[ct]sv")), ids=lambda path: path.stem)
def test_every_sample_file_goes_in_through_the_browser(site, event, path):
    at = site.upload(event, path.read_bytes(), path.name)
    counted = re.search(r"Import (\d+) p", site.get(at))
    site.post(f"{at}/import", at)
    assert len(people(site, event)) == int(counted[1]) > 1


def test_importing_twice_changes_nothing(site, event):
    for _ in range(2):
        at = site.upload(event, LIST)
        site.post(f"{at}/import", at)
    assert [person.name for person in people(site, event)] == ["Ana Lima", "Ben Ode"]
    assert "2 people stay as they are" in text_of(site.get(at))


def test_a_changed_file_shows_what_it_changes_before_it_does(site, event):
    first = site.upload(event, LIST)
    site.post(f"{first}/import", first)
    second = site.upload(
        event, LIST.replace(b"a mentor", b"a sponsor").replace(b"Ben Ode", b"Cleo")
    )
    said = text_of(site.get(second))
    assert "1 person will be added" in said
    assert "“a mentor” becomes “a sponsor”" in said
    assert "1 person of an earlier file is not in this one: Ben Ode" in said
    site.post(f"{second}/import", second, archive_gone="1")
    assert [person.name for person in people(site, event)] == ["Cleo", "Ana Lima"]


def test_columns_can_be_read_otherwise_and_allowed_on_cards(site, event):
    at = site.upload(event, b"Name,Thing,Other\nAna,chess,lathe\nBen,go,saw\n")
    site.post(at, at, **{**chosen(site.get(at)), "column-1": "hobby", "column-2": "hobby"})
    site.post(at, at, **{**chosen(site.get(at)), "printed": "need"})
    site.post(f"{at}/import", at)
    assert people(site, event)[0].answer("hobby") == ("chess", "lathe")


def test_an_answer_is_printed_only_when_the_organizer_says_so(site, event):
    at = site.upload(event, LIST)
    site.post(at, at, **chosen(site.get(at)), printed="need")
    site.post(f"{at}/import", at)
    levels = {a.field: a.visibility for a in people(site, event)[0].answers}
    assert levels["need"] is Visibility.PRINT


def test_a_column_can_be_left_out(site, event):
    at = site.upload(event, LIST)
    site.post(at, at, **{**chosen(site.get(at)), "column-1": "ignore", "column-2": "ignore"})
    site.post(f"{at}/import", at)
    assert [person.answers for person in people(site, event)] == [(), ()]


def test_rows_set_aside_can_be_taken_back(site, event):
    at = site.upload(event, (DATA / "luma_guests.csv").read_bytes())
    site.post(at, at, **chosen(site.get(at)), keep="declined")
    assert "Import 4 people" in text_of(site.get(at))
    assert "declined: taken as people" in text_of(site.get(at))


def test_the_encoding_can_be_changed(site, event):
    at = site.upload(event, "Name,Ort\nJürgen,Köln\nZoë,Genf\n".encode("cp1252"))
    site.post(at, at, **{**chosen(site.get(at)), "encoding": "cp1251"})
    assert "Jьrgen" in text_of(site.get(at))
    site.post(at, at, **{**chosen(site.get(at)), "encoding": "cp1252"})
    assert "Jürgen" in text_of(site.get(at))


def test_another_header_row_forgets_what_was_said_of_other_columns(site, event):
    at = site.upload(event, b"Guests,2027\nName,Town\nAna,Porto\nBen,Lisbon\n")
    answered = {**chosen(site.get(at)), "header_row": "2"}
    site.post(at, at, **answered)
    assert "Import 2 people" in text_of(site.get(at))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
        b"\x89PNG\r\n\x1a\n\0\0",
        b"Town,Age\nPorto,4\n",
    ],
    ids=["empty", "pdf", "picture", "no names"],
)
def test_a_file_without_people_is_explained_in_words(site, event, content):
    said = text_of(site.get(site.upload(event, content, "guests.csv")))
    assert "No people were found in it" in said
    assert "Choose another file" in said
    assert "--" not in said
    assert "Traceback" not in said
    assert people(site, event) == []


def test_a_list_whose_name_column_has_another_name_can_be_told(site, event):
    at = site.upload(event, b"Town,Boat\nPorto,Aurora 4\nRio,Gannet 5\n")
    assert "No people were found in it" in text_of(site.get(at))
    site.post(at, at, names="Town")
    assert "Import 2 people" in text_of(site.get(at))
    site.post(at, at, **{**chosen(site.get(at)), "column-1": "notes"})
    assert "Import 2 people" in text_of(site.get(at))
    site.post(at, at, **{**chosen(site.get(at)), "column-0": "city", "column-1": "name"})
    assert "Import 2 people" in text_of(site.get(at))
    site.post(f"{at}/import", at)
    assert [(p.name, p.answer("city")) for p in people(site, event)] == [
        ("Aurora 4", ("Porto",)),
        ("Gannet 5", ("Rio",)),
    ]


def test_every_notice_is_shown_however_many(site, event):
    bad = [f"Person {n},not an address {n}" for n in range(60)]
    good = [f"Guest {n},guest{n}@example.org" for n in range(600)]
    page = site.get(site.upload(event, "\n".join(["Name,Email", *good, *bad]).encode()))
    assert [n for n in range(60) if f"'not an address {n}'" not in text_of(page)] == []


def test_options_that_cannot_be_are_explained_and_can_be_taken_back(site, event):
    at = site.upload(event, LIST)
    site.post(at, at, **{**chosen(site.get(at)), "header_row": "99"})
    assert "No people were found in it" in text_of(site.get(at))
    site.post(at, at, header_row="")
    assert "Import 2 people" in text_of(site.get(at))


def test_a_file_is_read_once_from_upload_to_import(site, event, monkeypatch):
    read = []

    def note(content, **how):
        read.append(how["options"])
        return read_people(content, **how)

    monkeypatch.setattr("web.database.read_people", note)
    at = site.upload(event, LIST)
    assert "Ana Lima" in text_of(site.get(at))
    with site.store() as store:
        store.add_attendee(event.id, Attendee(id="cleo", name="Cleo"))
    assert "Ana Lima" in text_of(site.get(at))
    site.post(f"{at}/import", at)
    assert [person.name for person in people(site, event)] == ["Cleo", "Ana Lima", "Ben Ode"]
    assert len(read) == 1


def test_another_file_under_a_number_is_not_taken_for_the_one_before(site, event):
    at = site.upload(event, LIST)
    site.get(at)
    site.post(f"{at}/discard", at)
    assert site.upload(event, b"Name\nZoe Ode\n") == at
    assert "Zoe Ode" in text_of(site.get(at)) and "Ana Lima" not in text_of(site.get(at))


def test_a_file_can_be_put_away(site, event):
    at = site.upload(event, LIST)
    site.post(f"{at}/discard", at)
    assert "Not here" in site.get(at, 404)


def test_no_file_is_no_upload(site, event):
    answered = site.post(f"/events/{event.id}/uploads/new")
    assert "Choose a file first." in answered.text


def test_cells_can_be_pasted_from_a_spreadsheet(site, event):
    at = f"/events/{event.id}/uploads/paste"
    pasted = site.post(at, cells='Name\tTown\tCan offer\r\nAna\tPorto\t"a\nb"\r\nBen\tRio\tbread')
    site.post(f"{pasted.location}/import", pasted.location)
    assert [person.answer("city") for person in people(site, event)] == [("Porto",), ("Rio",)]
    assert people(site, event)[0].answer("offer") == ("a\nb",)
    assert "Paste some cells first." in site.post(at, cells=" ").text


def test_hand_edits_are_announced_and_kept(site, event):
    first = site.upload(event, LIST)
    site.post(f"{first}/import", first)
    edit = f"/events/{event.id}/people/1"
    site.post(edit, edit, name="Ana Lima", answer_need="a co-founder", see_need="match", version=1,
              **{f"see_{name}": "print" for name in ("city",)}, answer_city="Porto")  # fmt: skip
    second = site.upload(event, LIST.replace(b"a mentor", b"a sponsor"))
    assert "stays “a co-founder”, as you typed it" in text_of(site.get(second))
    site.post(f"{second}/import", second)
    kept = [person.answer("need") for person in people(site, event)]
    assert kept == [("a co-founder",), ("a flat",)]


def test_attendees_typed_in_survive_an_import(site):
    event = site.event(Attendee(id="typed", name="Zoe"))
    at = site.upload(event, LIST)
    site.post(f"{at}/import", at)
    assert len(people(site, event)) == 3


LIKED = b"Name,Thing,Town\nAna,chess,Porto\n"
AGAIN = b"town,THING,Name\nPorto,go,Ben\n"


def read_as_hobby(site, event):
    at = site.upload(event, LIKED, "first.csv")
    choices = {**chosen(site.get(at)), "column-1": "hobby", "printed": "need"}
    site.post(at, at, **choices)


def test_the_next_file_with_the_same_columns_is_read_the_same_way(site, event):
    read_as_hobby(site, event)
    at = site.upload(event, AGAIN, "second.csv")
    said = text_of(site.get(at))
    assert "Read like “first.csv”, which had the same columns." in said
    site.post(f"{at}/import", at)
    assert people(site, event)[0].answer("hobby") == ("go",)
    with site.store() as store:
        assert '"printed": ["need"]' in store.uploads(event.id)[0].options


def test_another_event_starts_from_the_same_columns_but_asks_again_what_to_print(site, event):
    read_as_hobby(site, event)
    other = site.event()
    site.upload(other, AGAIN)
    with site.store() as store:
        options = store.uploads(other.id)[0].options
    assert '"hobby": ["Thing"]' in options
    assert '"printed": []' in options


def test_the_column_of_names_is_remembered_where_nothing_else_says_which_it_is(site, event):
    at = site.upload(event, b"Badge,Town\nAna,Porto\n", "first.csv")
    site.post(at, at, names="Badge")
    again = site.upload(event, b"Badge,Town\nBen,Rome\n")
    assert "Read like “first.csv”, which had the same columns." in text_of(site.get(again))
    site.post(f"{again}/import", again)
    assert [person.name for person in people(site, event)] == ["Ben"]


def test_other_columns_are_read_anew(site, event):
    read_as_hobby(site, event)
    at = site.upload(event, b"Name,Town,Age,Shoe\nBen,Rome,3,4\n")
    assert "Read like" not in text_of(site.get(at))


def test_a_column_more_and_one_renamed_are_named_and_the_others_read_as_before(site, event):
    at = site.upload(event, b"Name,Thing,Stuff,Town,Age\nAna,chess,maps,Rome,\n", "first.csv")
    choices = {**chosen(site.get(at)), "column-1": "hobby", "column-2": "skill"}
    site.post(at, at, **choices)
    again = site.upload(event, b"Name,Thing,Items,Town,Age\nBen,go,maps,Rome,\n")
    said = text_of(site.get(again))
    assert "which had nearly the same columns. Only this file has: “Items”." in said
    assert "Only that file had: “Stuff”." in said
    site.post(f"{again}/import", again)
    assert [a.field for a in people(site, event)[0].answers] == ["city", "hobby"]


def test_choices_that_do_not_fit_the_next_file_are_left_out(site, event):
    text = b"List of today,,\nName,Thing,Town\nAna,chess,Porto\n"
    at = site.upload(event, text)
    site.post(at, at, **{**chosen(site.get(at)), "header_row": "2"})
    again = site.upload(event, b"Name,Thing,Town\nBen,go,Rome\n")
    assert "Ben" in text_of(site.get(again))


def test_the_preview_asks_who_somebody_is(site, event):
    first = site.upload(event, b"Name,Company,Email\nAna Lima,Acme,ana@x.org\n")
    site.post(f"{first}/import", first)
    at = site.upload(event, b"Name,Company\nAna Lima,Acme\nBen Ode,Acme\n")
    assert "Row 2: who is Ana Lima, Acme? the same as Ana Lima, ana@x.org" in text_of(site.get(at))
    site.post(f"{at}/import", at)
    assert "Nothing was imported. Row 2: 'Ana Lima' may be" in text_of(site.get(at))
    name, number = re.search(
        r'name="(same-[^"]+)" value="(\d+)"[^>]* checked', site.get(at)
    ).groups()
    site.post(f"{at}/import", at, **{name: number})
    assert [(one.name, one.email) for one in people(site, event)] == [
        ("Ana Lima", "ana@x.org"),
        ("Ben Ode", ""),
    ]


def test_guests_without_a_name_are_added_when_the_page_says_what_to_call_them(site, event):
    at = site.upload(event, b"Name,Guests,Town\nAna Lima,1,Porto\nBen Ode,,Porto\n")
    page = site.get(at)
    assert "1 guest comes without a name" in text_of(page)
    site.post(at, at, **{**chosen(page), "guests": "Guest of"})
    assert "2 people; 1 unnamed guest added" in text_of(site.get(at))
    site.post(f"{at}/import", at)
    assert people(site, event)[0].name == "Guest of Ana Lima"


def test_every_encoding_of_the_page_is_one_and_every_one_tried_is_there():
    known = [codecs.lookup(name).name for name, _ in ENCODINGS if name != TWICE]
    assert len(set(known)) == len(known)
    assert {codecs.lookup(name).name for name in CANDIDATES} <= set(known)


def test_who_was_erased_comes_back_only_when_ticked(site, event):
    first = site.upload(event, LIST)
    site.post(f"{first}/import", first)
    with site.store() as store:
        erase_person(store, event.id, store.attendees(event.id)[0].number)
    again = site.upload(event, LIST)
    assert "Erased from this event before, and not added" in text_of(site.get(again))
    site.post(f"{again}/import", again)
    assert [person.name for person in people(site, event)] == ["Ben Ode"]
    who = re.search(r'name="bring_back" value="([^"]+)"', site.get(again))[1]
    site.post(f"{again}/import", again, bring_back=who)
    assert [person.name for person in people(site, event)] == ["Ana Lima", "Ben Ode"]


def test_notices_and_rows_set_aside_are_handed_out_as_tables(site, event):
    at = site.upload(event, (DATA / "luma_guests.csv").read_bytes(), "luma_guests.csv")
    page = site.get(at)
    for name in ("notices.csv", "set_aside.csv"):
        assert f"{at}/{name}" in page
    _, *aside = read_csv(site.client.get(f"{at}/set_aside.csv").data)
    assert [row[2] for row in aside].count("declined") == 1
    header, *notices = read_csv(site.client.get(f"{at}/notices.csv").data)
    assert header[-1] == "severity"
    assert notices
    assert not any("--" in cell for row in notices for cell in row)


def test_where_answers_are_split_can_be_chosen_and_taken_back(site, event):
    at = site.upload(event, b'Name,Topics\nAna,"art, old law"\nBen,"sea, sun"\n')
    page = site.get(at)
    assert "Choose below where the answers are split" in text_of(page)
    site.post(at, at, **{**chosen(page), "split-1": "comma"})
    page = site.get(at)
    assert "“art” · “old law”" in text_of(page)
    assert chosen(page)["split-1"] == "comma"
    site.post(at, at, **{**chosen(page), "split-1": ""})
    assert chosen(site.get(at))["split-1"] == ""


def test_a_column_that_is_read_as_one_answer_now_forgets_its_split(site, event):
    at = site.upload(event, b'Name,Topics\nAna,"art, old law"\nBen,"sea, sun"\n')
    choices = {**chosen(site.get(at)), "split-1": "comma", "column-1": "role"}
    site.post(at, at, **choices)
    assert "What was understood" in text_of(site.get(at))


def test_everything_a_column_can_be_read_as_has_a_name():
    assert set(LABELS) == {target.name for target in TARGETS}


def test_notices_of_one_kind_are_told_once_and_the_others_behind_it(site, event):
    rows = "".join(f"Ana {n},nothing{n}\n" for n in range(4))
    people = "".join(f"Ben {n},b{n}@example.org\n" for n in range(30))
    said = text_of(site.get(site.upload(event, f"Name,Email\n{people}{rows}".encode())))
    assert "3 more like this" in said
    assert said.count("is not an e-mail address") == 4


def test_long_lists_of_who_changes_and_who_is_gone_are_folded(site, monkeypatch):
    monkeypatch.setattr("web.views.uploads._SHOWN_PEOPLE", 2)
    event = site.event()
    rows = "".join(f"P{at},p{at}@x.org,Baker\n" for at in range(8))
    first = site.upload(event, f"Name,Email,Role\n{rows}".encode())
    site.post(f"{first}/import", first)
    later = "".join(f"P{at},p{at}@x.org,Chef\n" for at in range(4))
    page = site.get(site.upload(event, f"Name,Email,Role\n{later}".encode(), "later.csv"))
    said = text_of(page)
    assert "P4, P5 and 2 more P6, P7" in said
    assert "4 people in the list will change:" in said and said.count("and 2 more") == 3
    assert page.count("<details") == page.count("</details>")
