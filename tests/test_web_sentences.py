"""The page of rules: sentences added, taken out, put back; whom a name means; where rules stand."""

import re
from dataclasses import replace
from time import process_time

import pytest
from web_site import Site, text_of

from events.model import Answer, Attendee
from events.rules import SENTENCES
from events.sentences import sentences
from matcher.fields import Visibility
from web.rule_places import in_words

WORKS = Answer(field="organization", texts=("Acme",), visibility=Visibility.PRINT)
PEOPLE = (
    Attendee(id="ana", name="Ana Ruiz", email="ana@x.org"),
    Attendee(id="ben", name="Ben Okafor", not_with=("cleo",), source_row=3),
    Attendee(id="cleo", name="Cleo Vane", cohort=("mentor",)),
    Attendee(id="dan1", name="Dan Lee", answers=(WORKS,)),
    Attendee(id="dan2", name="Dan Lee", email="dan@y.org"),
)


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "seedbed.db")


@pytest.fixture
def event(site):
    return site.event(*PEOPLE)


def at(event):
    return f"/events/{event.id}/rules/"


def said(site, event, kind, **gaps):
    """Fill a sentence in and return what the answer says; "" where it was kept."""
    answer = site.post(at(event), f"{at(event)}?say={kind}", kind=kind, **gaps)
    return text_of(answer.text) if answer.status_code == 200 else ""


def kept(site, event):
    with site.store() as store:
        return [(each.number, each.kind, {**each.blanks}) for each in sentences(store, event.id)]


@pytest.mark.parametrize("kind", SENTENCES, ids=lambda kind: kind.name)
def test_every_sentence_has_its_form_and_is_offered(site, event, kind):
    page = site.get(f"{at(event)}?say={kind.name}")
    form = page.partition('id="say"')[2].partition("</form>")[0]
    names = re.findall(r'name="(\w+)" id=', form)
    assert names == re.findall(r"%\((\w+)\)s", kind.says)
    assert f"say={kind.name}#say" in page


def test_a_sentence_is_kept_and_stands_on_the_page(site, event):
    assert said(site, event, "round", one="ana ruiz", other="ben", round="2") == ""
    assert kept(site, event) == [(1, "round", {"one": "ana", "other": "ben", "round": "2"})]
    assert "Ana Ruiz and Ben Okafor meet in round 2. rule 1" in text_of(site.get(at(event)))


def test_a_sentence_is_taken_out_and_put_back(site, event):
    said(site, event, "most", person="ana@x.org", count="3")
    site.post(f"{at(event)}1/out", at(event))
    page = text_of(site.get(at(event)))
    assert "You can put it back below." in page
    assert kept(site, event) == []
    site.post(f"{at(event)}1/back", at(event))
    assert kept(site, event) == [(1, "most", {"person": "ana", "count": "3"})]


def test_what_is_replaced_is_said(site, event):
    said(site, event, "most", person="ana", count="3")
    said(site, event, "most", person="ana", count="2")
    page = text_of(site.get(at(event)))
    assert "This holds no longer: Meetings of Ana Ruiz: at most 3." in page


def test_namesakes_are_told_apart_by_a_question(site, event):
    asked = said(site, event, "apart", one="Ana Ruiz", other="Dan Lee")
    assert "Several are called so. Whom do you mean?" in asked
    assert "Dan Lee Acme, dan1" in asked
    assert "Dan Lee dan@y.org" in asked
    answer = {"other-asked": "Dan Lee", "other-who": "dan2"}
    assert said(site, event, "apart", one="Ana Ruiz", other="Dan Lee", **answer) == ""
    assert kept(site, event) == [(1, "apart", {"one": "ana", "other": "dan2"})]


def test_an_answer_to_another_question_does_not_count(site, event):
    answer = {"other-asked": "Dan Lee", "other-who": "dan2"}
    assert said(site, event, "apart", one="Ana Ruiz", other="Ben Okafor", **answer) == ""
    assert kept(site, event) == [(1, "apart", {"one": "ana", "other": "ben"})]


@pytest.mark.parametrize(
    ("typed", "meant"), [("cleo v", "Cleo Vane"), ("Ben Okafro", "Ben Okafor")]
)
def test_a_name_that_is_not_quite_one_is_asked_about(site, event, typed, meant):
    asked = said(site, event, "apart", one="Ana Ruiz", other=typed)
    assert "Nobody is called exactly so. Whom do you mean?" in asked
    assert f"({typed}) {meant}" in asked
    assert kept(site, event) == []


@pytest.mark.parametrize(
    ("kind", "gaps", "says"),
    [
        ("apart", {"one": "Ana Ruiz", "other": "Xyzzy Q"}, "Second person : Nobody here is called"),
        ("apart", {"one": "Ana Ruiz", "other": ""}, "Second person : This gap is empty."),
        ("apart", {"one": "ana", "other": "ana"}, "needs two or more different people"),
        ("most", {"person": "ana", "count": "<b>"}, "'<b>' is no number of meetings."),
        ("cohorts", {"cohort": "mentor", "partner": "boss"}, "nobody is in a cohort 'boss'"),
    ],
)
def test_what_cannot_be_kept_is_said_and_stays_typed(site, event, kind, gaps, says):
    answer = site.post(at(event), at(event), kind=kind, **gaps)
    assert says in text_of(answer.text)
    assert "<b>" not in answer.text.partition('id="say"')[2].partition("</form>")[0]
    assert kept(site, event) == []


def test_rules_from_elsewhere_stand_with_their_place(site, event):
    site.write_rules(event, '[[quota]]\nperson = "Ana Ruiz"\nmost = 2')
    page = text_of(site.get(at(event)))
    assert "Ben Okafor and Cleo Vane never meet. row 3 of the list: Never with" in page
    assert f'<a href="/events/{event.id}/people/2">row 3 of the list' in site.get(at(event))
    assert "Meetings of Ana Ruiz: at most 2. file below, line 1" in page
    found = text_of(site.get(f"{at(event)}?q=quota of")).partition("Rules from elsewhere")[2]
    assert "None of them fits." in found
    found = text_of(site.get(f"{at(event)}?q=cleo")).partition("Rules from elsewhere")[2]
    assert "Cleo Vane never meet" in found
    assert "at most 2" not in found


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("quota of ana, form", "form: Most meetings"),
        ("knows of ana; b, row 2", "knows of ana; b, row 2"),
        ("knows of ana, row 2", "row 2 of the list: Knows"),
        ("column cohort", "list and forms: Cohort"),
        ("app, rule 3; RULES.toml, line 7", "rule 3; file below, line 7"),
        ("earlier meetings, file 1, row 2", "earlier meetings, file 1, row 2"),
    ],
)
def test_every_place_is_told_in_words(site, source, says):
    with site.app.test_request_context():
        assert in_words(source) == says


def test_a_rule_for_everybody_is_lifted_and_holds_again(site, event):
    for lift, words in (
        ("yes", "People who know each other may"),
        ("no", "Nobody meets somebody they"),
    ):
        site.post(f"{at(event)}switch", at(event), name="meet_again", lift=lift)
        assert words in text_of(site.get(at(event)))
        with site.store() as store:
            assert store.event(event.id).settings.meet_again is (lift == "yes")
    assert site.post(f"{at(event)}switch", at(event), name="rounds", lift="yes").status_code == 404


def test_what_cannot_hold_together_is_said_at_once(site, event):
    said(site, event, "round", one="ana", other="cleo", round="1")
    said(site, event, "round", one="ana", other="ben", round="1")
    page = text_of(site.get(at(event)))
    assert "No plan of 6 rounds keeps all of these:" in page
    assert "Ana Ruiz and Cleo Vane must meet in round 1 (pin)." in page


def test_a_rule_rests_while_somebody_is_archived_and_says_so(site, event):
    said(site, event, "apart", one="ana", other="cleo")
    with site.store() as store:
        ana = store.attendees(event.id)[0]
        store.save_attendee(event.id, replace(ana, archived=True))
    assert "rests: somebody is not coming" in text_of(site.get(at(event)))


def test_a_rule_that_is_broken_by_another_change_is_marked(site, event):
    said(site, event, "member", person="ana", cohort="guest")
    said(site, event, "cohorts", cohort="guest", partner="mentor")
    site.post(f"{at(event)}1/out", at(event))
    page = text_of(site.get(at(event)))
    assert "rule 2 nobody is in a cohort 'guest'." in page


def test_people_are_offered_as_their_name_is_typed(site, event):
    found = site.get(f"{at(event)}people?q=da")
    assert re.findall(r'value="([^"]+)">([^<]*)<', found) == [
        ("dan1", "Dan Lee, Acme"),
        ("dan2", "Dan Lee"),
    ]
    assert 'value="Cleo Vane"' in site.get(f"{at(event)}people?q=va cl")


def test_the_rules_are_handed_out_as_a_file(site, event):
    said(site, event, "apart", one="ana", other="ben")
    assert site.get(f"{at(event)}RULES.toml") == '[[exclusion]]\npeople = ["ana", "ben"]\n'


def test_a_kind_of_rule_that_there_is_not_is_not_found(site, event):
    site.get(f"{at(event)}?say=maybe", 404)
    assert site.post(at(event), at(event), kind="maybe").status_code == 404


def test_a_large_event_is_quick(site):
    crowd = [
        Attendee(id=f"p{n}", name=f"Person {n}", not_with=(f"p{n + 1}",)) for n in range(2_000)
    ]
    event = site.event(*crowd[:-1])
    site.get(f"{at(event)}?say=most")
    before = process_time()
    site.get(at(event))
    site.get(f"{at(event)}people?q=19")
    assert process_time() - before < 0.9  # three times what an idle computer takes
