"""knowledge/rulebooks/<version>/{rulebook,clauses,grades,readings}.yaml -> a shelf of rulebooks, or all their faults.

Codes noted here: no_rulebook, unknown_file, version_mismatch, bad_date, period_backwards, overlap, gap; of the clauses
missing_key, unknown_key, correction_changes_number, same_as_printed; the rest as in the modules that it uses.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from bot.domain.rulebook import Clause, Grade, Reading, Rulebook, Shelf
from bot.loading import data
from bot.loading.cited import Citations
from bot.loading.faults import Fault, FaultList, Place, RulebookFaults
from bot.loading.rulebook_grades import read_grades
from bot.loading.strict_yaml import Keys, Table, Word, read_table

_FILES = ("rulebook.yaml", "clauses.yaml", "readings.yaml", "grades.yaml")
_RULEBOOK = Keys("version title since until probation")
_PROBATION = Keys("years clause")
_CLAUSE = Keys("label printed", "corrected note")
_MISSING_CLAUSE = Keys("label missing note")
_READING = Keys("where text reads clauses")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class _Version:
    """A rulebook, and where its first day is written."""

    rulebook: Rulebook
    since: Place


def load_shelf(folder: Path | None = None) -> Shelf:
    """The rulebooks below `folder`, one folder a version; by default those shipped.

    RulebookFaults holds everything that is wrong in any of them.
    """
    shelf, faults = _read_shelf(folder or data.knowledge() / "rulebooks")
    if faults.found:
        raise RulebookFaults(faults.in_order())
    return shelf


def check(folder: Path) -> list[Fault]:
    """All faults below `folder`, by file and line; never raises for what stands in the files."""
    return list(_read_shelf(folder)[1].in_order())


def _read_shelf(folder: Path) -> tuple[Shelf, FaultList]:
    """Every version, earliest first; not to be used when there are faults."""
    faults = FaultList()
    names = [name for name in _visible(folder) if (folder / name).is_dir()]
    if not names:
        faults.add(Place(str(folder), 1, ""), "no_rulebook", "这里没有任何版本的办法")
    versions = [_read_version(folder, name, faults) for name in names]
    dated = sorted((v for v in versions if v), key=lambda version: version.rulebook.since)
    _check_periods(dated, faults)
    return Shelf(tuple(version.rulebook for version in dated)), faults


def _visible(folder: Path) -> list[str]:
    """What stands in a folder, sorted, without what a desktop or git hides there; nothing where there is no folder."""
    return sorted(path.name for path in folder.iterdir() if path.name[0] != ".") if folder.is_dir() else []


def _check_periods(versions: list[_Version], faults: FaultList) -> None:
    """On every day from the first version on exactly one holds."""
    for earlier, later in pairwise(versions):
        until, since = earlier.rulebook.until, later.rulebook.since
        if until is None or until >= since:
            ends = until or "没有截止日"
            message = f"与版本 {earlier.rulebook.version} 重叠(其 until:{ends})"
            faults.add(later.since, "overlap", message)
        elif until + timedelta(days=1) < since:
            message = f"与版本 {earlier.rulebook.version} 之间有空档:{until} 的次日到 {since} 的前一日没有办法可用"
            faults.add(later.since, "gap", message)


def _read_version(folder: Path, name: str, faults: FaultList) -> _Version | None:
    """One version; None where its days cannot be read."""
    for stray in [file for file in _visible(folder / name) if file not in _FILES]:
        faults.add(Place(f"{name}/{stray}", 1, ""), "unknown_file", f"多余的文件;应有 {'、'.join(_FILES)}")
    head, clauses, readings, grades = (read_table(folder, f"{name}/{file}", faults) for file in _FILES)
    texts = _read_clauses(clauses, faults) if clauses else None
    ways = _read_readings(readings, Citations(texts, None, faults)) if readings else None
    cite = Citations(texts, ways, faults)
    ladder = read_grades(grades, cite) if grades else ()
    return _assemble(head.expect(_RULEBOOK), name, ladder, cite) if head else None


def _assemble(head: Table, name: str, grades: tuple[Grade, ...], cite: Citations) -> _Version | None:
    """The rulebook of one version from its head and what the other files hold."""
    version = head.word("version")
    if version and version.text != name:
        cite.faults.add(version.place, "version_mismatch", f"文件夹叫 {name},这里写的是 {version.text}")
    years, clause = _probation(head, cite)
    period = _period(head, cite.faults)
    if period is None:
        return None
    rulebook = Rulebook(
        version=name,
        title=head.text("title") or "",
        since=period[0],
        until=period[1],
        probation_years=years,
        probation_clause=clause,
        grades=grades,
        clauses=cite.clauses or {},
        readings=cite.readings or {},
    )
    return _Version(rulebook, head.at("since"))


def _period(head: Table, faults: FaultList) -> tuple[date, date | None] | None:
    """The first and the last day that a version holds on, `until: null` for no end. None where they cannot be read."""
    since, open_ended = _day(head.word("since"), faults), head.is_null("until")
    last = None if open_ended else head.word("until")
    until = _day(last, faults)
    if since is None or not (until or open_ended):
        return None
    if last and until and until < since:
        faults.add(last.place, "period_backwards", f"截止日早于起始日 {since}")
    return since, until


def _day(word: Word | None, faults: FaultList) -> date | None:
    """A date as 2026-01-01 and in no other way."""
    if word is None:
        return None
    try:
        if _DATE.fullmatch(word.text):
            return date.fromisoformat(word.text)
    except ValueError:
        pass
    faults.add(word.place, "bad_date", f"不是日期「{word.text}」;应写作 2026-01-01")
    return None


def _probation(head: Table, cite: Citations) -> tuple[int, str]:
    """The years of probation and their clause."""
    below = head.table("probation")
    if below is None:
        return 0, ""
    clause = cite.clause(below.expect(_PROBATION))
    return cite.count(below, "years", clause, "年"), clause


def _read_clauses(file: Table, faults: FaultList) -> Mapping[str, Clause]:
    """By id, in the order of the regulation."""
    return {name: _clause(name, table, faults) for name, table in file.entries()}


def _clause(name: str, table: Table, faults: FaultList) -> Clause:
    """One clause; `missing: true` where the document does not hold it."""
    missing = table.flag("missing")
    table.expect(_MISSING_CLAUSE if table.has("missing") else _CLAUSE)
    printed, corrected = table.text("printed") or "", table.word("corrected")
    if corrected and corrected.text == printed:
        faults.add(corrected.place, "same_as_printed", "与原文相同;没有错字就不写更正")
    if corrected and _NUMBER.findall(corrected.text) != _NUMBER.findall(printed):
        faults.add(corrected.place, "correction_changes_number", "更正只改错字,不能改动数字")
    return Clause(
        id=name,
        label=table.text("label") or name,
        printed=printed,
        corrected=corrected.text if corrected else None,
        missing=missing,
        note=table.text("note"),
    )


def _read_readings(file: Table, cite: Citations) -> Mapping[str, Reading]:
    """By id, in their order."""
    return {name: _reading(name, table.expect(_READING), cite) for name, table in file.entries()}


def _reading(name: str, table: Table, cite: Citations) -> Reading:
    """One reading with the clauses that it bears on; none: it holds throughout."""
    return Reading(
        id=name,
        where=table.text("where") or "",
        text=table.text("text") or "",
        reads=table.text("reads") or "",
        clauses=cite.clause_ids(table, "clauses"),
    )
