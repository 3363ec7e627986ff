"""knowledge/reminders/*.yaml and knowledge/workdays/*.yaml, read strictly. TrainingFaults with every fault found."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.domain.reminders import Kind
from bot.domain.workdays import Workdays, Year
from bot.loading import data
from bot.loading.faults import DataFaults, FaultList
from bot.loading.strict_yaml import Keys, Table, read_table

_KIND = Keys("key name counts obligatory", "before_quarter_end")
_YEAR = Keys("source holidays made_up")


def load_kinds(folder: Path | None = None) -> dict[str, Kind]:
    """By key. DataFaults with every fault found."""
    faults = FaultList()
    kinds = [_kind(file, faults) for file in _files(folder or data.knowledge() / "reminders", faults, _KIND)]
    if faults.found:
        raise DataFaults(faults.in_order())
    return {kind.key: kind for kind in kinds}


def load_workdays(folder: Path | None = None) -> Workdays:
    """The years that are known. DataFaults with every fault found."""
    folder = folder or data.knowledge() / "workdays"
    faults = FaultList()
    years = {}
    for path in sorted(folder.glob("*.yaml")):
        if file := read_table(folder, path.name, faults):
            years[int(path.stem)] = _year(file.expect(_YEAR), faults)
    if faults.found:
        raise DataFaults(faults.in_order())
    return Workdays(years)


def _files(folder: Path, faults: FaultList, keys: Keys) -> Iterator[Table]:
    for path in sorted(folder.glob("*.yaml")):
        if file := read_table(folder, path.name, faults):
            yield file.expect(keys)


def _kind(file: Table, faults: FaultList) -> Kind:
    days = []
    for word in file.words("before_quarter_end") if file.has("before_quarter_end") else ():
        if word.text.isdecimal() and 0 < int(word.text) < 60:
            days.append(int(word.text))
        else:
            faults.add(word.place, "wrong_number", "应为 1 至 59 个工作日")
    return Kind(
        key=file.text("key") or "",
        name=file.text("name") or "",
        counts=file.flag("counts"),
        obligatory=file.flag("obligatory"),
        before_quarter_end=tuple(sorted(days, reverse=True)),
    )


def _year(file: Table, faults: FaultList) -> Year:
    return Year(_days(file, "holidays", faults), _days(file, "made_up", faults), file.text("source") or "")


def _days(file: Table, key: str, faults: FaultList) -> frozenset[date]:
    found = set()
    for word in file.words(key):
        try:
            found.add(date.fromisoformat(word.text))
        except ValueError:
            faults.add(word.place, "wrong_date", "应为 2026-10-01 这样的日期")
    return frozenset(found)
