"""What an encoder reads is read once, kept under a hash, and gone when somebody is erased."""

import numpy as np
import pytest
from build_profiles import profile
from test_meaning import Letters

from events.backup import back_up
from events.erase import erase_person
from events.model import Attendee
from events.store import Store
from events.vectors import KeptVectors
from matcher.errors import NoPlan
from matcher.introduce import introduce
from matcher.meaning import Meaning, best_meaning
from matcher.meaning.encoder import Vectors
from matcher.meaning.sentence import sentence_encoder
from matcher.settings import Settings

TEXTS = ["bread baking", "suche einen Raum", "нужен инвестор", "我想学做面包", "a", "x " * 200]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "seedbed.db"


@pytest.fixture
def store(path):
    with Store.open(path) as opened:
        yield opened


def test_what_is_kept_is_what_was_computed(store):
    fresh = Vectors(Letters(), KeptVectors(store)).of(["bread", "boats"])
    again = Letters()
    assert np.array_equal(Vectors(again, KeptVectors(store)).of(["boats", "bread"]), fresh[::-1])
    assert again.encoded == []


def test_another_encoder_finds_nothing_of_this_one(store):
    Vectors(Letters(), KeptVectors(store)).of(["bread"])
    other = Letters()
    other.name = "letters 2"
    Vectors(other, KeptVectors(store)).of(["bread"])
    assert other.encoded == ["bread"]


def test_more_texts_than_a_statement_takes_are_found_again(store):
    texts = [f"bread {'a' * count}" for count in range(1, 1200)]
    Vectors(Letters(), KeptVectors(store)).of(texts)
    assert set(KeptVectors(store).load("letters 1", texts)) == set(texts)


def test_no_text_stands_in_the_store(store, path):
    Vectors(Letters(), KeptVectors(store)).of(["xylophone"])
    store.settle()
    assert b"xylophone" not in path.read_bytes()


def test_erasing_a_person_or_an_event_forgets_all_vectors(store):
    event = store.add_event("Evening")
    added = store.add_attendee(event.id, Attendee(id="ana", name="Ana"))
    for erase in (
        lambda: erase_person(store, event.id, added.number),
        lambda: store.delete_event(event.id),
    ):
        Vectors(Letters(), KeptVectors(store)).of(["bread"])
        erase()
        assert KeptVectors(store).load("letters 1", ["bread"]) == {}


def test_a_backup_leaves_out_what_can_be_computed_again(store, path, tmp_path):
    Vectors(Letters(), KeptVectors(store)).of(["bread"])
    copy = tmp_path / "copy.db"
    copy.write_bytes(back_up(path))
    with Store.open(copy) as restored:
        assert KeptVectors(restored).load("letters 1", ["bread"]) == {}


def test_reading_ahead_tells_how_far_it_is_and_can_be_stopped():
    seen = []
    meaning = Meaning(Letters())
    texts = ["b" * length for length in range(1, 41)]

    def until_16(done, of):
        seen.append((done, of))
        return done < 16

    assert meaning.read_ahead(texts, until_16) is False
    assert seen == [(0, 40), (16, 40)]
    assert meaning.read_ahead(texts, lambda *told: bool(seen.append(told)) or True)
    assert seen[2:] == [(0, 24), (16, 24)]


def test_a_vector_depends_on_nothing_but_its_text():
    encoder = sentence_encoder()
    together = encoder.encode(TEXTS * 7)
    for at, text in enumerate(TEXTS):
        alone = encoder.encode([text])
        assert np.array_equal(alone[0], together[at])
        assert np.array_equal(alone[0], together[at + 6 * len(TEXTS)])


def test_the_encoder_names_package_and_version_for_its_vectors():
    assert best_meaning().name.startswith("use-multilingual ")


def test_too_many_texts_are_compared_by_wording_and_it_is_said():
    people = [profile("ana", need="cellos"), profile("ben", offer="cellos")]
    few, many = (
        introduce(people, Settings(rounds=1), meaning=Meaning(Letters(), most=most))
        for most in (1, 0)
    )
    assert few.encoder == "letters 1"
    assert many.encoder == "lexical"
    assert set(many.notices) - set(few.notices) == {many.notices[0]}
    assert "--meaning sentence" in many.notices[0]
    assert Meaning(Letters()).fit_for(10**6).name == "letters 1"


def test_a_run_shows_how_far_reading_is():
    people = [profile("ana", need="cellos"), profile("ben", offer="boats")]
    seen = []
    introduce(
        people,
        Settings(rounds=1),
        meaning=Meaning(Letters()),
        on_progress=lambda progress: seen.append(progress.stage) or True,
    )
    assert seen[:2] == ["Reading needs and offers: 0 of 2", "Comparing profiles"]


def test_a_run_can_be_stopped_while_it_reads():
    people = [profile("ana", need="cellos"), profile("ben", offer="boats")]
    with pytest.raises(NoPlan, match="no plan"):
        introduce(people, Settings(), meaning=Meaning(Letters()), on_progress=lambda _: False)
