"""The comparison of planners runs, is verified, and hides nothing it did not try."""

from dataclasses import replace

import pytest

from benchmarks.export import main as export_main
from benchmarks.importer.__main__ import main as importer_main
from benchmarks.importer.large import large_list
from benchmarks.planner import compare, figures, growth, methods
from benchmarks.planner.__main__ import main
from benchmarks.planner.compare import HEADER, Line
from benchmarks.planner.instances import KINDS, sparse
from benchmarks.planner.verify import as_plan, verify
from benchmarks.web_load import main as web_load_main
from matcher.plan import make_plan
from matcher.settings import Settings


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_method_plans_every_kind_of_event(kind, monkeypatch):
    monkeypatch.setattr(methods, "ONE_MODEL_SECONDS", 1)
    lines = list(compare.compare(kind(12, 1)))
    assert [line.method for line in lines][1:] == ["Seedbed", *(m.name for m in methods.METHODS)]
    assert all(line.seconds is not None for line in lines[1:])
    assert lines[1].share <= 1
    assert lines[1].sit_outs == min(line.sit_outs for line in lines[1:])


def test_a_broken_plan_is_caught_whoever_made_it():
    event = sparse(12, 1)
    rounds = methods.greedy_rounds(event)
    rounds[1] = rounds[0]
    with pytest.raises(AssertionError, match="sparse profiles, 12 people"):
        verify(event, as_plan(event, rounds, 0))


def test_a_plan_beyond_its_bound_is_caught(monkeypatch):
    def low(event):
        plan = make_plan(event.affinities, Settings(rounds=6))
        meetings = tuple(replace(each, value=each.value // 2) for each in plan.meetings)
        return replace(plan, meetings=meetings, bound=1), 1.0, None

    monkeypatch.setattr(compare, "seedbed", low)
    monkeypatch.setattr(compare, "verify", lambda event, plan: None)
    with pytest.raises(AssertionError, match="beats a proven bound"):
        list(compare.compare(KINDS[2](12, 1)))


def test_what_is_too_much_for_a_method_is_listed_with_the_reason():
    method = replace(methods.METHODS[1], limit=0)
    event = sparse(12, 1)
    line = Line(event=event, method=method.name, remark=method.refusal(event))
    assert line.cells[4] == "not tried: more than five minutes"
    assert methods.METHODS[1].refusal(event) == ""


def test_the_table_is_printed_and_kept(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr("benchmarks.planner.__main__.RESULTS", tmp_path / "results")
    main(["--people", "8", "--kinds", "dense"])
    printed = capsys.readouterr().out
    assert printed == (tmp_path / "results" / "planner.md").read_text(encoding="utf-8")
    assert printed.startswith(f"| {' | '.join(HEADER)} |\n|--:|---|---|--:|")
    assert len(printed.splitlines()) == 4 + len(methods.METHODS)


def test_every_aim_is_measured_in_one_table():
    sizes = figures.Sizes(
        small=(12,),
        large=(40, 80),
        proofs=((12, 5.0),),
        compared=20,
        robin=6,
        odd=(7,),
        cancelled=300,
        profiles=80,
        limits=((12, 5.0),),
        seeds=(1,),
    )
    lines = list(figures.figures(sizes))
    assert [line[0] for line in lines] == [aim.says for aim in figures.AIMS]
    assert all(len(line) == len(figures.HEADER) for line in lines)
    assert {line[3] for line in lines[4:]} == {"yes"}


def test_growth_is_measured_in_processes_of_their_own():
    lines = list(growth.growth("plan", [40, 80]))
    assert [cells[0] for cells in lines] == ["40", "80", ""]
    assert lines[-1][2].startswith("exponent ")


@pytest.mark.parametrize("what", ["profiles", "rare"])
def test_growth_from_profiles_has_every_column(what):
    found = growth.measure(what, 30)
    assert set(found) == set(growth.HEADERS[what])
    assert found["together"] >= found["plan"]


def test_a_list_is_brought_into_an_event_and_measured(capsys):
    assert importer_main(["--people", "50"]) == 0
    assert capsys.readouterr().out.startswith("50 people, 20 columns: read ")
    assert len(large_list(1).partition(b"\r\n")[0].split(b",")) == 20


def test_everything_that_is_taken_out_is_read_back(capsys):
    export_main(["--people", "30"])
    said = capsys.readouterr().out
    assert said.count("\n| ") == 9
    assert "| both as workbook |" in said


def test_pages_are_asked_of_the_program_beside_a_run_and_none_fails(monkeypatch, capsys):
    asked = "web_load --seconds 2 --rate 20 --people 12 --saved-every 1".split()
    monkeypatch.setattr("sys.argv", asked)
    assert web_load_main() == 0
    said = capsys.readouterr().out
    assert said.startswith("40 views at 20/s")
    assert " 0 failed" in said
