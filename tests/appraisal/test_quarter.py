"""A quarter from its opening to its recomputation, on both databases."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from bot.errors import AppraisalRefused, NoAppraisal, ReasonNeeded
from tests.appraisal.office import AUDIT, CLERK, LEADER, REVIEWER, Office, more_figures


def refused(office: Office, what: Any) -> str:
    """The reason of a refusal, and that nothing has changed."""
    before = office.parts.appraisals.status(office.step()).run
    with pytest.raises(AppraisalRefused) as told:
        what()
    assert office.parts.appraisals.status(office.step()).run == before
    return str(told.value.facts["reason"])


def test_a_quarter_from_open_to_published(office: Office) -> None:
    opened = office.parts.appraisals.open(office.step())
    assert (opened.again, opened.people, opened.batch) == (False, 24, 1)
    assert office.parts.appraisals.open(office.step(REVIEWER)).again
    checked = office.parts.appraisals.check(office.step())
    assert [(f.check, f.item, f.person) for f in checked.blocking] == [("trainee_with_loans", "C145", "1018")]
    first = office.trial()
    assert first.summary.people == 24
    proposed = {line.person: (line.current, line.proposed, line.change) for line in first.lines}
    assert proposed["1002"] == ("second", "first", "up")
    assert proposed["1017"] == ("senior", "first", "down")
    assert proposed["1016"] == ("trainee", "third", "up")
    assert proposed["1020"] == ("third", None, "open")
    assert proposed["1005"] == ("second", None, "none")
    assert refused(office, office.propose) == "blocked"
    assert not office.settle().summary.open
    assert office.trial().again
    done = office.propose()
    assert done.run.state == "proposed"
    assert office.propose().again
    effect = office.parts.appraisal_decisions.effect(office.step(REVIEWER))
    # 升 1002、1004、1016、1024,降 1017;1021 由人力资源部认定年限后升不动,1020 认定后不变。
    assert (effect.summary.people, effect.summary.moving, effect.to_approve) == (24, 5, ())
    ended = office.confirm()
    assert ended.run.state == "finalised"
    assert ended.run.digest == effect.shown
    assert office.confirm(shown=effect.shown).again
    assert office.parts.appraisal_export.replay(office.step(AUDIT)).same
    published = office.publish()
    assert len(published.people) == 24
    assert office.publish().again
    with office.parts.store.read() as view:
        told = view.connection.execute(text("SELECT person, kind, occurrence, state FROM outbox")).all()
        assert len({row.person for row in told}) == len(told) == 24
        assert {tuple(row)[1:] for row in told} == {("appraisal_result", "1", "due")}
        assert view.audit.verify() is None
        actions = [e["action"] for e in view.audit.entries() if e["action"].startswith("appraisal_")]
    assert actions[0] == "appraisal_opened"
    assert [a for a in actions if a not in ("appraisal_answer", "appraisal_tried")][-4:] == [
        "appraisal_override", "appraisal_proposed", "appraisal_finalised", "appraisal_published",
    ]  # fmt: skip


def test_two_people_are_two_staff_numbers(office: Office) -> None:
    office.settle()
    assert refused(office, lambda: office.propose(REVIEWER)) == "not_entitled"
    office.propose()
    shown = office.parts.appraisal_decisions.effect(office.step()).shown
    assert refused(office, lambda: office.confirm(CLERK, shown=shown)) == "not_entitled"
    assert refused(office, lambda: office.confirm("1001", shown=shown)) == "not_entitled"
    assert refused(office, lambda: office.publish(CLERK)) == "wrong_state"


def test_who_answered_a_question_does_not_confirm(office: Office) -> None:
    office.settle()
    item = _first_question(office, "1001")
    office.answer("1001", item, by=REVIEWER, note="本人也了解")
    office.trial()
    office.propose()
    assert refused(office, office.confirm) == "answered_it"


def _first_question(office: Office, person: str) -> str:
    with office.parts.store.read() as view:
        return next(s.item for s in view.appraisals.said(1, ("answer",)) if s.person == person)


def test_a_no_moves_on_to_the_next_grade_met(office: Office) -> None:
    office.settle()
    line = {x.person: x.proposed for x in office.trial().lines}
    assert line["1002"] == "first"
    asked = _first_question(office, "1002")
    with pytest.raises(ReasonNeeded):
        office.answer("1002", asked, yes=False, note=" ")
    office.answer("1002", asked, yes=False, note="产品不熟")
    tried = office.trial()
    assert {x.person: x.proposed for x in tried.lines}["1002"] == "second"
    assert tried.summary.open == ("1002",)  # the questions of 二级 are asked now


def test_an_import_after_the_proposal_voids_it(office: Office, tmp_path: Path) -> None:
    office.settle()
    office.propose()
    shown = office.parts.appraisal_decisions.effect(office.step()).shown
    assert "proposal_voided" in more_figures(office.parts, tmp_path, ("2026-09-30", "C001", 1))
    with pytest.raises(AppraisalRefused):
        office.confirm(shown=shown)
    status = office.parts.appraisals.status(office.step())
    assert (status.run.state, status.changed, status.next_step) == ("open", True, "trial")
    with pytest.raises(AppraisalRefused) as told:
        office.propose()
    assert told.value.facts["reason"] == "changed"


def test_what_was_shown_is_what_is_confirmed(office: Office) -> None:
    office.settle()
    office.propose()
    assert refused(office, lambda: office.confirm(shown="0" * 64)) == "changed"
    assert refused(office, lambda: office.confirm(typed="2026Q2")) == "changed"


def test_facts_changed_after_the_end_are_told_and_change_nothing(office: Office, tmp_path: Path) -> None:
    office.settle()
    office.propose()
    digest = office.confirm().run.digest
    more_figures(office.parts, tmp_path, ("2026-09-30", "C001", 1))
    status = office.parts.appraisals.status(office.step())
    assert [late.batch for late in status.late] == [2]
    assert status.run.digest == digest
    assert office.parts.appraisal_export.replay(office.step()).same


def test_no_business_no_answer(office: Office) -> None:
    with pytest.raises(NoAppraisal):
        office.parts.appraisals.status(office.step())
    for nobody in ("1001", "2001", "9999", AUDIT):
        with pytest.raises(AppraisalRefused):
            office.parts.appraisals.status(office.step(nobody))
        with pytest.raises(AppraisalRefused):
            office.parts.appraisals.open(office.step(nobody))
    with pytest.raises(NoAppraisal):
        office.parts.appraisals.open(Office(office.parts, "2026-09-30").step())


def test_an_export_is_recomputed_and_a_changed_input_is_named(office: Office) -> None:
    office.settle()
    office.propose()
    office.confirm()
    exported = office.parts.appraisal_export.export(office.step(LEADER))
    snapshot = json.loads(json.dumps(exported.snapshot))
    again = office.parts.appraisal_export.replay_file(snapshot)
    assert again.same
    assert again.people == 24
    for path, value, where in (
        (("lines", 0, "inputs", "person", "exam"), "failed", "1001/person/exam"),
        (("lines", 3, "inputs", "floors", "50000000", "counted"), 99, "1004/floors/50000000"),
        (("head", "state", "usd_cny"), "7.2", "head/state/usd_cny"),
        (("head", "batch"), 9, "head/batch"),
        (("lines", 1, "result", "proposed"), "senior", "1002/result"),
    ):
        touched = copy.deepcopy(snapshot)
        at = touched
        for key in path[:-1]:
            at = at[key]  # type: ignore[index]
        at[path[-1]] = value  # type: ignore[index]
        found = office.parts.appraisal_export.replay_file(touched)
        assert not found.same
        assert where in [fault.where for fault in found.faults], found.faults
    assert office.parts.appraisal_export.replay_file({"head": {}}).faults[0].kind == "damaged"


FORBIDDEN = (
    "UPDATE appraisals SET digest = 'x'",
    "UPDATE appraisals SET state = 'open'",
    "DELETE FROM appraisals",
    "UPDATE appraisal_lines SET proposed = 'senior' WHERE person = '1001'",
    "DELETE FROM appraisal_lines",
    "INSERT INTO appraisal_lines (run, person, name, change, blocks, pass_line, inputs, result, seal)"
    " VALUES (1, 'x', 'x', 'up', false, 'met', '{}', '{}', 'x')",
    "UPDATE appraisal_said SET note = 'x'",
    "DELETE FROM appraisal_said",
)


def test_a_finalised_run_cannot_be_changed_by_hand(office: Office) -> None:
    office.settle()
    office.propose()
    office.confirm()
    for statement in FORBIDDEN:
        connection = office.parts.store.engine.connect().execution_options(write=True)
        with connection, pytest.raises(DatabaseError, match="does not change"):
            connection.execute(text(statement))
