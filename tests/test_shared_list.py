"""The shared list of needs and offers: data, certainty across languages, form, file."""

import csv
import io

import pytest
from build_profiles import profile
from click.testing import CliRunner
from web_site import Site, text_of

from events.equal_file import read_decisions
from events.importer import read_people
from events.profiles import to_profile
from matcher.affinity import FULL, AffinityModel, Component
from matcher.canon import LIST_LANGUAGES, Equals, canonical, shared_list
from matcher.settings import Settings
from web.cli import seedbed

ENGLISH = shared_list("en")
ENTRIES = [(kind, domain) for kind in ENGLISH.kinds for domain in ENGLISH.domains]


@pytest.mark.parametrize("language", LIST_LANGUAGES)
def test_every_language_has_the_same_entries_and_each_is_recognized(language):
    said = shared_list(language)
    assert list(said.kinds) == list(said.phrases) == list(ENGLISH.kinds)
    assert list(said.domains) == list(ENGLISH.domains)
    assert {canonical("need", said.phrase(*entry)) for entry in ENTRIES} == {
        f"list:{kind}/{domain}" for kind, domain in ENTRIES
    }


def test_the_list_is_short_enough_to_pick_from():
    assert (len(ENGLISH.kinds) <= 40, len(ENGLISH.domains) <= 60) == (True, True)


@pytest.mark.parametrize("language", LIST_LANGUAGES)
def test_an_entry_survives_a_cell_with_several(language):
    said = shared_list(language)
    texts = [said.phrase(*entry) for entry in ENTRIES]
    assert [text for text in texts if set(text) & set(",;|/")] == []


def helped(need, offer):
    people = [profile("ana", need=need), profile("ben", offer=offer)]
    said = AffinityModel(people).explain([("ana", "ben")])["ana", "ben"].contributions
    return [each.certainty for each in said if each.component is Component.HELP]


def test_one_entry_meets_itself_for_certain_in_any_language():
    assert helped("advice on marketing", "Rat: Marketing") == [FULL]
    assert helped("Cours : cuisine", "lessons in cooking") == []  # not of the list, nor alike
    assert helped("Locaux : musique", "space for music") == [FULL]
    assert helped("Kundschaft: Software", "Empleo: software") != [FULL]


def test_a_picked_need_is_met_beside_free_text():
    assert helped("Rat: Recht; a lathe", "advice on law; a kiln") == [FULL]


def test_imported_answers_that_are_entries_are_recognized():
    file = "Name,Looking for,Could offer\nAna,ADVICE ON LAW; bees,\nBen,,Consejo: derecho\n"
    ana, ben = read_people(file.encode(), name="people.csv").people
    assert canonical("need", ana.answer("need")[0]) == canonical("offer", *ben.answer("offer"))


def test_the_command_writes_the_list_for_sign_up_forms():
    result = CliRunner().invoke(seedbed, ["list", "--language", "de"])
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert (result.exit_code, len(rows)) == (0, len(ENTRIES))
    assert {"kind": "advice", "domain": "law", "answer": "Rat: Recht"} in rows


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "seedbed.db")


def test_the_form_adds_what_is_picked_to_what_is_typed(site):
    event = site.event()
    new = f"/events/{event.id}/people/new"
    assert ">Advice</option>" in site.get(new)
    picked = {"need_kind": "advice", "need_domain": "law", "offer_kind": "lesson"}
    refused = site.post(new, new, name="Ana", answer_need="bees", **picked)
    assert "Choose both: a kind of help, and what it is about." in text_of(refused.text)
    site.post(new, new, name="Ana", answer_need="bees", **picked, offer_domain="music")
    with site.store() as store:
        (person,) = (entry.attendee for entry in store.attendees(event.id))
    assert person.answer("need") == ("bees", "advice on law")
    assert person.answer("offer") == ("lessons in music",)


def test_the_form_speaks_the_language_of_the_event(site):
    event = site.event(settings=Settings(language="fr"))
    new = f"/events/{event.id}/people/new"
    site.post(new, new, name="Ana", need_kind="advice", need_domain="law")
    with site.store() as store:
        (person,) = (entry.attendee for entry in store.attendees(event.id))
    assert person.answer("need") == ("Conseil : droit",)


FREE = "Name,Looking for,Could offer\nAna,tips and advice on law,\nBen,,advice on law\n"


def test_entries_are_proposed_for_free_text_and_count_once_confirmed(tmp_path):
    (tmp_path / "people.csv").write_text(FREE, encoding="utf-8")
    words = ["list", str(tmp_path / "people.csv"), "--meaning", "wording"]
    result = CliRunner().invoke(seedbed, [*words, "--out", str(tmp_path / "equal.csv")])
    assert result.exit_code == 0, result.output
    said = (tmp_path / "equal.csv").read_text(encoding="utf-8")
    (row,) = csv.DictReader(io.StringIO(said))
    assert (row["kind"], row["value"]) == ("need", "tips and advice on law")
    assert (row["other"], row["same"]) == ("advice on law", "")
    assert read_decisions(said) == ()
    decided = read_decisions("kind,value,other,same\nneed,tips and advice on law,Rat: Recht,yes\n")
    ana, ben = read_people(FREE.encode(), name="people.csv").people
    equals = Equals(decided)
    needs = [trait.value for trait in to_profile(ana, equals).of("need")]
    assert needs == [trait.value for trait in to_profile(ben, equals).of("offer")]
