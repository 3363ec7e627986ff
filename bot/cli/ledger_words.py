"""Stored rows, their versions and the batches as people read them: headers and words of the ledger's sheets."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bot.cli.output import SHEET_NAMES
from bot.domain.money import decimal_text
from bot.loading.ledgers import words
from bot.loading.ledgers.schema import SHEETS, Column, Kind
from bot.services.ports import Batch

_HUNDREDTHS = (Kind.AMOUNT, Kind.DOLLARS, Kind.SHARE, Kind.HOURS)
AMOUNTS = frozenset(c.key for sheet in SHEETS for c in sheet.columns if c.kind in _HUNDREDTHS)
"""Whole hundredths in the store; decimals for whoever reads them."""
_TABLES: dict[Kind, Mapping[str, Any]] = {
    Kind.EDUCATION: words.EDUCATIONS,
    Kind.TITLE: words.TITLES,
    Kind.EXAM: words.EXAMS,
    Kind.BREACH: words.BREACHES,
    Kind.STATUS: words.STATUSES,
}
_MOST_FILES = 3
_CHANGES = {"new": "新增", "changed": "变更", "closed": "移除"}


class LedgerWords:
    """`grades`: a grade's key -> its short name. Times are told in the branch's zone, that of `now`."""

    def __init__(self, grades: Mapping[str, str], now: datetime) -> None:
        self._grades = {**grades, words.ALL: "全部"}
        self._zone = now.tzinfo

    def row(self, sheet_name: str, row: Mapping[str, Any]) -> dict[str, str]:
        """Chinese header -> the value as a file would have it; empty cells are left out."""
        columns = {c.key: c for sheet in SHEETS if sheet.key == sheet_name for c in sheet.columns}
        return {columns[key].name: self._value(columns[key], value) for key, value in row.items() if value is not None}

    def roles(self, stored: str | None) -> str:
        """A stored list of roles."""
        names = {str(role): name for name, role in words.ROLES.items()}
        return "、".join(names[role] for role in stored.split(",")) if stored else "空"

    def batch(self, batch: Batch, changes: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
        """Two lines: who, when and what; what became new, changed and closed by it."""
        undone = f",已被批次 {batch.undone_by} 撤销" if batch.undone_by else ""
        yield f"批次 {batch.number}  {self.when(batch)}  {batch.actor}  {_deed(batch)}{undone}"
        yield f"  {told_changes(changes)}"

    def versions(
        self, sheet_name: str, keys: Sequence[str], versions: Sequence[Mapping[str, Any]], batches: Mapping[int, Batch]
    ) -> Iterator[str]:
        """Each row under its key: the first version in full, of the later ones what they changed."""
        last: dict[str, str] = {}
        name: list[str] = []
        for version in versions:
            row = self.row(sheet_name, version["row"])
            if (own := [str(version["row"][key]) for key in keys]) != name:
                name, last = own, {}
                yield f"{SHEET_NAMES[sheet_name]} {' '.join(own)}"
            batch = batches[version["since_batch"]]
            until = batches.get(version["until_batch"] or 0)
            yield f"  批次 {batch.number}  {self.when(batch)}  {batch.actor}  {_deed(batch)}  {_end(until)}"
            yield f"    {_difference(last, row)}"
            last = row

    def when(self, batch: Batch) -> str:
        """To the minute."""
        return f"{batch.at.astimezone(self._zone):%Y-%m-%d %H:%M}"

    def _value(self, column: Column, value: Any) -> str:
        if column.kind in _HUNDREDTHS and isinstance(value, int):
            return decimal_text(value)
        if column.kind in _TABLES:
            return next(name for name, meant in _TABLES[column.kind].items() if meant == value)
        if column.kind is Kind.ROLES:
            return self.roles(value)
        if column.kind in (Kind.GRADE, Kind.GRADES):
            return "、".join(self._grades.get(key, key) for key in str(value).split(","))
        return value.isoformat() if isinstance(value, date) else str(value)


def told_changes(changes: Mapping[str, Mapping[str, int]]) -> str:
    """人员 新增 2、变更 1;业绩 移除 3."""
    sheets = [
        f"{SHEET_NAMES[sheet]} {'、'.join(f'{_CHANGES[word]} {count}' for word, count in counts.items())}"
        for sheet, counts in changes.items()
    ]
    return ";".join(sheets) or "没有行因此改变"


def _deed(batch: Batch) -> str:
    if batch.undoes:
        return f"撤销批次 {batch.undoes}"
    if batch.confirms:
        return f"确认批次 {batch.confirms} 的角色、主管、邮箱"
    more = f" 等 {len(batch.files)} 个文件" if len(batch.files) > _MOST_FILES else ""
    return f"导入 {'、'.join(batch.files[:_MOST_FILES])}{more}"


def _end(until: Batch | None) -> str:
    return f"至批次 {until.number}({_deed(until)})" if until else "现行"


def _difference(last: Mapping[str, str], row: Mapping[str, str]) -> str:
    """All of the first; of a later one the cells that differ."""
    if not last:
        return "  ".join(f"{header} {value}" for header, value in row.items())
    headers = [header for header in {**last, **row} if last.get(header) != row.get(header)]
    told = [f"{header} {last.get(header, '空')} → {row.get(header, '空')}" for header in headers]
    return "  ".join(told) or "与前一版本相同"
