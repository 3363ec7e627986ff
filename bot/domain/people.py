"""The people of the branch, as the sheet 人员 gives them (contract.md, "The ledger")."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """What a person does in the branch's appraisals; a person may have several."""

    MANAGER = "manager"
    SUPERVISOR = "supervisor"
    HR_CLERK = "hr_clerk"
    HR_REVIEWER = "hr_reviewer"
    LEADING_GROUP = "leading_group"
    AUDIT = "audit"


class Education(StrEnum):
    """学历, lowest first."""

    SENIOR_HIGH = "senior_high"
    VOCATIONAL = "vocational"
    COLLEGE = "college"
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTOR = "doctor"


class Title(StrEnum):
    """专业技术资格, lowest first."""

    NONE = "none"
    JUNIOR = "junior"
    INTERMEDIATE = "intermediate"
    SENIOR = "senior"


class Exam(StrEnum):
    """模拟银行考试."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_TAKEN = "not_taken"


@dataclass(frozen=True, slots=True)
class Person:
    """One row of 人员; None where the cell is empty, which leaves a condition open (R15, R21)."""

    id: str
    name: str
    unit: str | None = None
    grade: str | None = None
    """The grade held, by its key in the rulebook; None for other staff."""
    grade_since: date | None = None
    marketing_since: date | None = None
    probation_since: date | None = None
    education: Education | None = None
    title: Title | None = None
    exam: Exam | None = None
    breach: bool | None = None
    """Whether a breach of rules is on record."""
    report_date: date | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)
    supervisor: str | None = None
    email: str | None = None
    active: bool = True
    """状态 is not 离岗."""
