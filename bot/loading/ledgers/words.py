"""Cells that hold one of a few words, in Chinese or in English: 学历, 角色, 岗位等级."""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from typing import Generic, TypeVar

from bot.domain.people import Education, Exam, Role, Title
from bot.loading.ledgers.raw import BadCell, Cell, Kind, Raw, shown

T = TypeVar("T")

EDUCATIONS = {
    "高中": Education.SENIOR_HIGH,
    "中专": Education.VOCATIONAL,
    "大专": Education.COLLEGE,
    "本科": Education.BACHELOR,
    "硕士": Education.MASTER,
    "博士": Education.DOCTOR,
}
TITLES = {"无": Title.NONE, "初级": Title.JUNIOR, "中级": Title.INTERMEDIATE, "高级": Title.SENIOR}
EXAMS = {"合格": Exam.PASSED, "不合格": Exam.FAILED, "未考": Exam.NOT_TAKEN}
ROLES = {
    "客户经理": Role.MANAGER,
    "主管": Role.SUPERVISOR,
    "HR经办": Role.HR_CLERK,
    "HR复核": Role.HR_REVIEWER,
    "领导小组": Role.LEADING_GROUP,
    "审计": Role.AUDIT,
}
BREACHES = {"无": False, "有": True}
STATUSES = {"在岗": True, "离岗": False}
BREACHES_IN_ENGLISH = {"no": False, "yes": True, "none": False, "false": False, "true": True}
STATUSES_IN_ENGLISH = {"active": True, "inactive": False, "on": True, "off": False}
ALL = "all"
"""适用等级 全部: every grade there is, or will be."""
_COMMAS = re.compile(r"[,,、;;]")


class Vocabulary(Generic[T]):
    """The words of a column and what each means."""

    def __init__(self, listed: Mapping[str, T], also: Mapping[str, T] | None = None) -> None:
        """`listed` stand in the message about a word that is none of them; `also` are read without being offered."""
        self._accepted = "、".join(listed)
        self._meaning = {_plain(word): value for word, value in {**listed, **(also or {})}.items()}

    def one(self, cell: Raw) -> T:
        """What the cell's word means. BadCell for another word."""
        if isinstance(cell, Cell) and cell.kind is not Kind.BOOLEAN:
            raise BadCell("wrong_kind", kind=cell.kind.value, wanted=self._accepted)
        return self._find(shown(cell) or "")

    def several(self, cell: Raw) -> frozenset[T]:
        """The words between commas of any kind."""
        if isinstance(cell, Cell):
            raise BadCell("wrong_kind", kind=cell.kind.value, wanted=self._accepted)
        return frozenset(self._find(word) for word in _COMMAS.split(cell or "") if word.strip())

    def _find(self, word: str) -> T:
        try:
            return self._meaning[_plain(word)]
        except KeyError:
            raise BadCell("unknown_word", accepted=self._accepted) from None


def _plain(word: str) -> str:
    """Half width, lower case, without blanks."""
    return "".join(unicodedata.normalize("NFKC", word).casefold().split())


E = TypeVar("E", bound=StrEnum)


def of_enum(listed: Mapping[str, E]) -> Vocabulary[E]:
    """The Chinese words, and the enum's English values."""
    return Vocabulary(listed, {member.value: member for member in listed.values()})


def of_grades(grades: Mapping[str, str]) -> Vocabulary[str]:
    """Accepted spellings of the grades; of each grade the short Chinese one is offered."""
    offered: dict[str, str] = {}
    for spelling, key in sorted(grades.items(), key=lambda item: (item[0].isascii(), len(item[0]))):
        offered.setdefault(key, spelling)
    return Vocabulary({offered[key]: key for key in dict.fromkeys(grades.values())}, grades)


def of_grade_lists(grades: Mapping[str, str]) -> Vocabulary[str]:
    """The same, and 全部."""
    return of_grades({**grades, "全部": ALL, ALL: ALL})
