"""The canonical snapshot: every input and result of a run as text that is the same on any machine.

Sorted keys, integers and strings, no float, no locale, no moment and no version of the program. A digest covers the
head (period, rulebook word for word, what the ledger holds) and each person's inputs and result, in order of numbers.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction
from typing import Any

from bot.domain.appraisal_result import Result, Said
from bot.domain.judge import AmountFinding, AtLeastFinding, Facts, Finding
from bot.domain.ledger import LedgerState
from bot.domain.measures import FloorSums, LoanShare, Measures
from bot.domain.people import Education, Exam, Person, Title
from bot.domain.period import Period
from bot.domain.rulebook import Ban, Measure
from bot.domain.standing import Standing

FORMAT = 1
_LEFT_OUT = frozenset({"roles", "email", "supervisor", "active"})
"""Of a person: nothing is judged by them."""


def canonical(value: Any) -> str:
    """One line of JSON. TypeError for what is neither text, integer, truth, list nor mapping."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    raise TypeError(f"not for a snapshot: {type(value).__name__}")


def digest(text: str) -> str:
    """SHA-256 of the text as UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Line:
    """One person's part of a snapshot, both canonical."""

    person: str
    inputs: str
    result: str

    @property
    def seal(self) -> str:
        """What the digest of the run covers of it."""
        return digest(f"{digest(self.inputs)} {digest(self.result)}")


def run_digest(head: str, seals: Iterable[tuple[str, str]]) -> str:
    """Of the head and (person, seal) in order of staff numbers as text."""
    whole = hashlib.sha256(f"{digest(head)}\n".encode())
    for person, seal in seals:
        whole.update(f"{person} {seal}\n".encode())
    return whole.hexdigest()


_PERSON = tuple(field.name for field in fields(Person) if field.name not in _LEFT_OUT)


def inputs_of(facts: Facts, said: Said) -> dict[str, Any]:
    """Everything that one person is judged by, but what stands in the head."""
    measures = facts.measures
    return {
        "person": {name: getattr(facts.person, name) for name in _PERSON},
        "floors": {str(floor): _sums(found) for floor, found in measures.floors.items()},
        "loans_now": [measures.loans_now.normal, measures.loans_now.total],
        "loans_then": [measures.loans_then.normal, measures.loans_then.total],
        "faults": dict(measures.faults),
        "answers": dict(said.answers),
        "refused": sorted(said.refused),
    }


def _sums(found: FloorSums) -> dict[str, Any]:
    counts = {"counted": found.counted, "excluded": found.excluded}
    return counts | {"sums": dict(found.sums), "largest": dict(found.largest)}


def facts_from(inputs: Mapping[str, Any], period: Period, state: LedgerState) -> tuple[Facts, Said]:
    """The opposite way. KeyError, TypeError or ValueError for what is no such inputs."""
    said = Said(answers=dict(inputs["answers"]), refused=frozenset(inputs["refused"]))
    measures = Measures(
        inputs["person"]["id"],
        {int(floor): _floor(found) for floor, found in inputs["floors"].items()},
        LoanShare(*inputs["loans_now"]),
        LoanShare(*inputs["loans_then"]),
        {Ban(name): amount for name, amount in inputs["faults"].items()},
    )
    return Facts(_person(inputs["person"]), period, state, measures), said


def _floor(found: Mapping[str, Any]) -> FloorSums:
    sums, largest = ({Measure(m): v for m, v in found[part].items()} for part in ("sums", "largest"))
    return FloorSums(found["counted"], found["excluded"], sums, largest)


_READ: Mapping[str, Any] = {"education": Education, "title": Title, "exam": Exam} | dict.fromkeys(
    ("grade_since", "marketing_since", "probation_since", "report_date"), date.fromisoformat
)


def _person(values: Mapping[str, Any]) -> Person:
    read: dict[str, Any] = {k: _READ[k](v) if v is not None and k in _READ else v for k, v in values.items()}
    return Person(**read)


def result_of(standing: Standing, result: Result) -> dict[str, Any]:
    """The result with its reason tree: every rule's verdict, and the exact figure where it has one."""
    return {
        "current": result.current,
        "proposed": result.proposed,
        "change": result.change,
        "pass_line": result.pass_line,
        "waits": [[wait.grade, list(wait.missing)] for wait in result.waits],
        "asks": list(result.asks),
        "grades": {
            key: {
                "verdict": result.verdicts[key],
                "rules": {finding.rule.name: part for finding in found.findings for part in [_trace(finding)]},
            }
            for key, found in standing.grades.items()
        },
    }


def _trace(finding: Finding) -> Any:
    """[verdict], and for amounts the exact parts, and those of the largest client where one is asked."""
    if isinstance(finding, AtLeastFinding):
        return {part.rule.name: _trace(part) for part in finding.parts}
    if not isinstance(finding, AmountFinding):
        return [finding.verdict]
    return [finding.verdict, finding.parts, *([finding.single.parts] if finding.single else [])]


def line_of(standing: Standing, facts: Facts, said: Said, result: Result) -> Line:
    """One person's line."""
    return Line(standing.person.id, canonical(inputs_of(facts, said)), canonical(result_of(standing, result)))


def head_of(period: Period, state: LedgerState, version: str, files: Mapping[str, str], **more: Any) -> str:
    """What all lines of a run share; `files`: the rulebook and its readings word for word. `more`: batch, run …"""
    held = {"has_figures": state.has_figures, "has_last_year": state.has_last_year, "usd_cny": state.usd_cny}
    book = {"version": version, "files": dict(files)}
    about = {"format": FORMAT, "period": str(period), "as_of": period.as_of, "state": held, "rulebook": book}
    return canonical(about | more)


def state_from(head: Mapping[str, Any], as_of: date) -> LedgerState:
    """What the ledger held, from a head that was read."""
    held = head["state"]
    return LedgerState(as_of, held["has_figures"], held["has_last_year"], held["usd_cny"], head["batch"])
