"""`seedbed same`: two entries are one person on the command line."""

import pytest
from click.testing import CliRunner

from events.model import Attendee
from events.store import Store
from web.cli import seedbed


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "seedbed.db"
    with Store.open(path) as store:
        event = store.add_event("Evening")
        for id, name in (("ana", "Ana Lima"), ("lima", "A. Lima"), ("ben", "Ben")):
            store.add_attendee(event.id, Attendee(id=id, name=name, cohort=(id,)))
    return path


def same(path, *words):
    result = CliRunner().invoke(
        seedbed, ["same", *words, "--event", "Evening", "--database", str(path)]
    )
    return result.exit_code, result.output


def people(path):
    with Store.open(path) as store:
        return [each.attendee for each in store.attendees(store.events()[0].id)]


def test_two_become_one_and_two_again(path):
    before = people(path)
    code, said = same(path, "ana", "A. Lima", "--take", "name=other", "--take", "cohort=both")
    assert code == 0
    assert "name: 'Ana Lima' and 'A. Lima', stands: other" in said
    assert "A. Lima (lima) is the same person as Ana Lima (ana)." in said
    assert [(each.id, each.name, each.cohort) for each in people(path)] == [
        ("ana", "A. Lima", ("ana", "lima")),
        ("ben", "Ben", ("ben",)),
    ]
    assert same(path, "ana", "--undo") == (0, "A. Lima (lima) is in the list again.\n")
    assert people(path) == before


def test_a_look_changes_nothing(path):
    before = people(path)
    code, said = same(path, "ana", "lima", "--look")
    assert (code, people(path)) == (0, before)
    assert said.splitlines() == [
        "name: 'Ana Lima' and 'A. Lima', stands: kept",
        "cohort: 'ana' and 'lima', stands: both",
        "Nothing was changed (--look).",
    ]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("ana",), "Name two people"),
        (("ana", "lima", "--undo"), "Name two people"),
        (("ana", "--undo"), "No merge into Ana Lima"),
        (("ana", "zoe"), "'zoe' is nobody here"),
        (("ana", "Ana Lima"), "the same record"),
        (("ana", "lima", "--take", "name=mine"), "write kept, other or both"),
        (("ana", "lima", "--take", "name=both"), "only one value can stand"),
        (("ana", "lima", "--take", "nonsense=kept"), "nonsense"),
    ],
)
def test_what_cannot_be_done_is_said(path, words, says):
    before = people(path)
    code, said = same(path, *words)
    assert code != 0
    assert says in said
    assert people(path) == before
