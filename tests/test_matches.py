"""A run keeps which needs and offers fit: asked again, nothing is read or compared anew."""

import pytest
from test_meaning import Letters
from test_web_plans import PEOPLE
from web_site import Site

from events.backup import back_up
from events.erase import erase_person
from events.matches import KeptMatches
from events.meaning import meaning_of_plan
from events.store import Store
from matcher.meaning import LEXICAL, Meaning, NotInstalled

NEEDS, OFFERS = ["bread", "a boat", "!"], ["boats", "brad", "chess"]


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "seedbed.db")


@pytest.fixture
def run(site):
    return site.solved(site.event(*PEOPLE))


def kept(store):
    return next(store.rows("select count(*) as many from matches"))["many"]


@pytest.mark.parametrize("texts", [(NEEDS, OFFERS), ([], OFFERS)])
def test_what_is_kept_is_what_was_found(site, run, texts):
    with site.store() as store:
        memory = KeptMatches(store, run.id)
        first = Meaning(Letters()).remembering(memory).alike(*texts)
        encoder = Letters()
        again = Meaning(encoder).remembering(memory).alike(*texts)
    assert encoder.encoded == []
    for name in ("left", "right", "odds", "scores"):
        assert getattr(again, name).tolist() == getattr(first, name).tolist()
        assert getattr(again, name).dtype == getattr(first, name).dtype


def test_other_texts_limits_and_encoders_are_compared_anew(site, run):
    with site.store() as store:
        memory = KeptMatches(store, run.id)
        letters = Meaning(Letters()).remembering(memory)
        for needs, most in ((NEEDS, None), (NEEDS[:1], None), (NEEDS, 1)):
            expected = Meaning(Letters()).alike(needs, OFFERS, most)
            assert letters.alike(needs, OFFERS, most).odds.tolist() == expected.odds.tolist()
        words = LEXICAL.remembering(memory).alike(NEEDS, OFFERS)
        assert words.odds.tolist() == LEXICAL.alike(NEEDS, OFFERS).odds.tolist()
        assert kept(store) == 4


def test_who_only_looks_keeps_nothing_of_other_texts(site, run):
    with site.store() as store:
        found = Meaning(Letters()).remembering(KeptMatches(store, run.id)).alike(NEEDS, OFFERS)
        encoder = Letters()
        looking = Meaning(encoder).remembering(KeptMatches(store, run.id, adds=False))
        assert looking.alike(NEEDS, OFFERS).odds.tolist() == found.odds.tolist()
        assert encoder.encoded == []
        assert len(looking.alike(NEEDS[:1], OFFERS).odds)
        assert kept(store) == 1


def test_a_plan_whose_encoder_is_not_here_still_knows_what_it_found(site, run):
    with site.store() as store:
        memory = KeptMatches(store, run.id)
        found = Meaning(Letters()).remembering(memory).alike(NEEDS, OFFERS)
        away = meaning_of_plan(Letters.name, None, memory)
        assert away.alike(NEEDS, OFFERS).odds.tolist() == found.odds.tolist()
        with pytest.raises(NotInstalled, match="letters 1, which is not installed"):
            away.alike(NEEDS, OFFERS[:1])


def test_a_run_that_is_gone_keeps_nothing(site, run):
    with site.store() as store:
        store.delete_run(run.id)
        memory = KeptMatches(store, run.id)
        memory.save(b"key", b"content")
        assert memory.load(b"key") is None


def test_they_go_with_the_plans_of_whoever_is_erased_and_stay_in_backups(site, tmp_path):
    other = site.solved(site.event(*PEOPLE, title="Other"))
    event = site.event(*PEOPLE)
    run = site.solved(event)
    with site.store() as store:
        for each in (run, other):
            KeptMatches(store, each.id).save(b"key", b"content")
        erase_person(store, event.id, store.attendees(event.id)[0].number)
        assert KeptMatches(store, other.id).load(b"key") == b"content"
        assert kept(store) == 1
    copy = tmp_path / "copy.db"
    copy.write_bytes(back_up(site.path))
    with Store.open(copy) as restored:
        assert KeptMatches(restored, other.id).load(b"key") == b"content"
