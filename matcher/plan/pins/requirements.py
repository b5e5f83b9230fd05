"""What pins and frozen rounds ask for, and what rules forbid there: a model that can say why not.

Only the meetings that pins and frozen rounds ask for are in the model, since everything else may
stay empty. Each requirement has a Boolean of its own, so that the solver can be asked whether any
set of them holds, and which of them do not hold together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from ortools.sat.python import cp_model

from matcher.affinity.table import Affinities
from matcher.phrase import Phrase, phrase, phrases
from matcher.plan.cpsat import SolverRun, run_solver
from matcher.plan.problem import Problem
from matcher.plan.watch import Watch
from matcher.rules import FrozenMeeting, Pin, Restriction, Rule

from .conflict import Requirement

__all__ = ["Choice", "Settling"]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A meeting that could be held; frozen ones have a table."""

    members: tuple[int, ...]
    round: int
    table: int | None = None


class Settling:
    """A Boolean a meeting and a Boolean a requirement; what always holds has none."""

    def __init__(
        self,
        problem: Problem,
        affinities: Affinities,
        rules: Sequence[Rule],
        names: Mapping[str, str],
    ) -> None:
        self.ids, self.rounds = problem.ids, problem.rounds
        self.called = [names.get(person, person) for person in problem.ids]
        bound = problem.restrictions
        self.pins = sorted({pin for each in bound for pin in each.pins}, key=_pin_order)
        self.frozen_rounds = sorted({r for each in bound for r in each.frozen_rounds})
        self.choices = self._choices({meeting for each in bound for meeting in each.frozen})
        self.model = cp_model.CpModel()
        self.chosen = [self.model.new_bool_var("") for _ in self.choices]
        self.requirements: list[Requirement] = []
        self.asked: list[cp_model.IntVar] = []
        self.by_pair = self._positions(lambda each: combinations(each.members, 2))
        self.sharing = self._sharing(problem)
        self.by_seat = self._positions(lambda each: ((i, each.round) for i in each.members))
        for group in (*self.by_pair.values(), *self.by_seat.values()):
            self.model.add_at_most_one(self.chosen[at] for at in group)
        self._ask_for_frozen_rounds()
        self._ask_for_pins()
        self._permit(affinities)
        for rule, each in zip(rules, bound, strict=True):
            self._forbid(rule, each)
        self._find_tables(problem.zones.numbers, _seats(rules, bound))

    def _choices(self, frozen: Iterable[FrozenMeeting]) -> list[Choice]:
        """Return every frozen meeting, and every pinned pair in each round."""
        printed = [Choice(members=m.members, round=m.round, table=m.table) for m in frozen]
        printed.sort(key=lambda each: (each.round, each.members, each.table or 0))
        pairs = sorted({(pin.a, pin.b) for pin in self.pins})
        return [
            *printed,
            *(Choice(members=pair, round=r) for pair in pairs for r in range(self.rounds)),
        ]

    def _positions(
        self, keys: Callable[[Choice], Iterable[tuple[int, int]]]
    ) -> dict[tuple[int, int], list[int]]:
        found: dict[tuple[int, int], list[int]] = defaultdict(list)
        for at, choice in enumerate(self.choices):
            for key in keys(choice):
                found[key].append(at)
        return dict(sorted(found.items()))

    def _sharing(self, problem: Problem) -> set[tuple[int, tuple[int, ...]]]:
        """Return (place, pair) of those who only share a partner in a frozen trio."""
        found = set[tuple[int, tuple[int, ...]]]()
        for at, choice in enumerate(self.choices):
            pairs = list(combinations(choice.members, 2))
            apart = problem.kept_apart(*np.array(pairs, dtype=np.int64).T)
            if len(pairs) == 3 and apart.sum() == 1:
                found.add((at, pairs[int(np.argmax(apart))]))
        return found

    def _meeting(self, pair: tuple[int, int]) -> list[int]:
        """Return the places in which the two meet, and do not just share a partner."""
        return [at for at in self.by_pair[pair] if (at, pair) not in self.sharing]

    def _require(
        self, kind: str, people: Sequence[int], number: int | None, text: str
    ) -> cp_model.IntVar:
        """Note a requirement and return its Boolean; `number` is a round from 0."""
        self.requirements.append(
            Requirement(
                kind=kind,
                ids=tuple(self.ids[i] for i in people),
                round=None if number is None else number + 1,
                text=text,
            )
        )
        self.asked.append(self.model.new_bool_var(""))
        return self.asked[-1]

    def _rule_out(self, asked: cp_model.IntVar, variables: Iterable[cp_model.IntVar]) -> None:
        for variable in variables:
            self.model.add_implication(asked, ~variable)

    def _not_held(self, asked: cp_model.IntVar, places: Iterable[int]) -> None:
        self._rule_out(asked, (self.chosen[at] for at in places))

    def _two(self, people: Sequence[int]) -> dict[str, str]:
        one, other = (self.called[i] for i in people)
        return {"one": one, "other": other}

    def _frozen(self, people: Sequence[int], table: str, number: int) -> Phrase:
        called = [self.called[i] for i in people]
        if len(called) == 2:
            return phrase(
                "%(one)s and %(other)s meet at table %(table)s in round %(round)s, which is "
                "frozen.",
                one=called[0],
                other=called[1],
                table=table,
                round=number,
            )
        return phrase(
            "%(people)s meet at table %(table)s in round %(round)s, which is frozen.",
            people=", ".join(called),
            table=table,
            round=number,
        )

    def _ask_for_frozen_rounds(self) -> None:
        for at, each in enumerate(self.choices):
            if each.table is not None:
                text = self._frozen(each.members, str(each.table), each.round + 1)
                asked = self._require("frozen", each.members, each.round, text)
                self.model.add_implication(asked, self.chosen[at])
        for number in self.frozen_rounds:
            text = phrase(
                "Round %(round)s is frozen, and no meeting is added to it.", round=number + 1
            )
            asked = self._require("frozen", (), number, text)
            added = (i for i, each in enumerate(self.choices) if each.table is None)
            self._not_held(asked, (i for i in added if self.choices[i].round == number))

    def _ask_for_pins(self) -> None:
        for pin in self.pins:
            two = self._two((pin.a, pin.b))
            text = (
                phrase("%(one)s and %(other)s must meet (pin).", **two)
                if pin.round is None
                else phrase(
                    "%(one)s and %(other)s must meet in round %(round)s (pin).",
                    **two,
                    round=pin.round + 1,
                )
            )
            asked = self._require("pin", (pin.a, pin.b), pin.round, text)
            places = self.by_pair[pin.a, pin.b]
            fitting = [i for i in places if pin.round in (None, self.choices[i].round)]
            self.model.add_bool_or(self.chosen[i] for i in fitting).only_enforce_if(asked)

    def _permit(self, affinities: Affinities) -> None:
        """Require affinities of the pairs that meet."""
        a, b = np.array(list(self.by_pair), dtype=np.int32).reshape(-1, 2).T
        for people, value in zip(self.by_pair, affinities.of(a, b).tolist(), strict=True):
            places = self._meeting(people)
            if value < 0 and places:
                text = phrase(
                    "%(one)s and %(other)s may not meet: the affinities do not list them.",
                    **self._two(people),
                )
                self._not_held(self._require("affinity", people, None, text), places)

    def _forbid(self, rule: Rule, bound: Restriction) -> None:
        """Require what one rule forbids, for the people and rounds that it concerns here."""
        self._forbid_pairs(rule, bound)
        for (person, number), places in self.by_seat.items():
            if bound.present is not None and not bound.present[person, number]:
                text = phrase(
                    "%(person)s is absent in round %(round)s.",
                    person=self.called[person],
                    round=number + 1,
                )
                self._not_held(self._require(rule.kind, (person,), number, text), places)
        if bound.most is None:
            return
        own: dict[int, list[int]] = defaultdict(list)
        for (person, _), places in self.by_seat.items():
            own[person] += places
        for person, places in own.items():
            if (most := int(bound.most[person])) < len(places):
                text = phrases(
                    "%(person)s has at most %(num)s meeting.",
                    "%(person)s has at most %(num)s meetings.",
                    most,
                    person=self.called[person],
                )
                asked = self._require(rule.kind, (person,), None, text)
                meetings = sum(self.chosen[at] for at in places)
                self.model.add(meetings <= most).only_enforce_if(asked)

    def _forbid_pairs(self, rule: Rule, bound: Restriction) -> None:
        a, b = np.array(list(self.by_pair), dtype=np.int64).reshape(-1, 2).T
        pairs = list(self.by_pair)
        if bound.pair is not None:
            for at in np.flatnonzero(bound.pair(a, b)).tolist():
                people = pairs[at]
                places = self._meeting(people) if bound.shares else self.by_pair[people]
                if places:
                    text = phrase(f"%(one)s and %(other)s {rule.says}.", **self._two(people))
                    self._not_held(self._require(rule.kind, people, None, text), places)
        for number in range(self.rounds if bound.pair_in_round is not None else 0):
            assert bound.pair_in_round is not None
            for at in np.flatnonzero(bound.pair_in_round(a, b, np.full(len(a), number))).tolist():
                people = pairs[at]
                text = phrase(
                    f"%(one)s and %(other)s {rule.says} in round %(round)s.",
                    **self._two(people),
                    round=number + 1,
                )
                asked = self._require(rule.kind, people, number, text)
                places = self.by_pair[people]
                self._not_held(asked, (i for i in places if self.choices[i].round == number))

    def _find_tables(self, numbers: Sequence[int], seats: Sequence[_Seat]) -> None:
        """Require tables enough in each round, and for people bound to tables one of theirs."""
        at_table = self._tables({seat.person for seat in seats}, seats)
        for number, most in enumerate(numbers):
            here = [i for i, each in enumerate(self.choices) if each.round == number]
            beyond = [v for (i, table), v in at_table.items() if i in here and table > most]
            if most < len(here) or beyond:
                text = phrases(
                    "Round %(round)s has %(num)s table.",
                    "Round %(round)s has %(num)s tables.",
                    most,
                    round=number + 1,
                )
                asked = self._require("tables", (), number, text)
                meetings = sum(self.chosen[i] for i in here)
                self.model.add(meetings <= most).only_enforce_if(asked)
                self._rule_out(asked, beyond)
        for seat in seats:
            person, tables = self.called[seat.person], sorted(seat.tables)
            text = phrase(
                "%(person)s sits at one of these tables: %(tables)s.",
                person=person,
                tables=", ".join(map(str, tables)),
            )
            mine = [(i, t) for i, t in at_table if seat.person in self.choices[i].members]
            if mine:
                asked = self._require(seat.kind, (seat.person,), None, text)
                self._rule_out(asked, (at_table[i, t] for i, t in mine if t not in seat.tables))

    def _tables(
        self, people: Set[int], seats: Sequence[_Seat]
    ) -> dict[tuple[int, int], cp_model.IntVar]:
        """Return a Boolean for each (choice, table) that matters; table 0 is one that does not."""
        wanted = sorted({0, *(table for seat in seats for table in seat.tables)})
        found: dict[tuple[int, int], cp_model.IntVar] = {}
        taken: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
        for at, choice in enumerate(self.choices):
            if choice.table is None and people.isdisjoint(choice.members):
                continue
            tables = wanted if choice.table is None else [choice.table]
            for table in tables:
                found[at, table] = self.model.new_bool_var("")
                if table:
                    taken[choice.round, table].append(found[at, table])
            self.model.add(sum(found[at, table] for table in tables) == self.chosen[at])
        for rivals in taken.values():
            self.model.add_at_most_one(rivals)
        return found

    def decide(self, asked: Iterable[int], effort: float, watch: Watch) -> SolverRun:
        """Return whether these requirements can hold together, by position."""
        self.model.clear_assumptions()
        self.model.add_assumptions([self.asked[at] for at in asked])
        return run_solver(self.model, effort, 0, watch)

    def core(self, answer: SolverRun) -> list[int]:
        """Return positions of requirements that this answer proved to be in conflict."""
        at = {variable.index: place for place, variable in enumerate(self.asked)}
        return sorted(map(at.__getitem__, answer.solver.sufficient_assumptions_for_infeasibility()))

    def held(self, answer: SolverRun) -> list[Choice]:
        """Return the meetings that this answer holds."""
        values = answer.values(self.chosen)
        return [choice for choice, value in zip(self.choices, values, strict=True) if value]


@dataclass(frozen=True, kw_only=True)
class _Seat:
    """A person and the tables that a rule binds them to."""

    kind: str
    person: int
    tables: frozenset[int]


def _seats(rules: Sequence[Rule], bound: Sequence[Restriction]) -> list[_Seat]:
    return [
        _Seat(kind=rule.kind, person=person, tables=tables)
        for rule, each in zip(rules, bound, strict=True)
        for person, tables in enumerate(each.seats or ())
        if tables is not None
    ]


def _pin_order(pin: Pin) -> tuple[int, int, int]:
    return pin.a, pin.b, -1 if pin.round is None else pin.round
