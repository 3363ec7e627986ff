"""One import's files into typed rows and a report of every fault, in whatever process this is."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.domain.importing import ParsedLedger, Place, SheetRows
from bot.loading.ledgers.archive import Archive, is_zip
from bot.loading.ledgers.batch_rules import check_holdings, without_repeats
from bot.loading.ledgers.blocks import Table
from bot.loading.ledgers.csv_file import CsvTable
from bot.loading.ledgers.raw import Unreadable
from bot.loading.ledgers.report import Report
from bot.loading.ledgers.schema import BY_NAME, Sheet
from bot.loading.ledgers.sink import Sink
from bot.loading.ledgers.spool import Spool
from bot.loading.ledgers.tables import read_table
from bot.loading.ledgers.workbook import Workbook

_WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".et", ".ods")
_COPY = re.compile(r"\s*[((]\d+[))]$")
"""业绩 (1).csv: what a browser makes of a second download."""
_NEAR = 50


def read_here(
    paths: Sequence[Path], grades: Mapping[str, str], spool: Spool, told: Callable[[str], object] = lambda _: None
) -> ParsedLedger:
    """Reads the files in this process, the rows into the spool. `told`: the name of each file that is begun."""
    report = Report()
    sink = Sink(spool)
    sheets: list[SheetRows] = []
    for path in paths:
        told(path.name)
        try:
            sheets.extend(_read_file(path, grades, report, sink))
        except Unreadable as fault:
            report.unreadable(fault, Place(path.name))
        except OSError:
            report.error("file_missing", Place(path.name))
    unique = without_repeats(sheets, sink, report)
    check_holdings(unique, sink, report)
    return ParsedLedger(unique, tuple(report.errors), tuple(report.warnings), tuple(path.name for path in paths))


def _read_file(path: Path, grades: Mapping[str, str], report: Report, sink: Sink) -> Iterator[SheetRows]:
    """The known sheets of a file. Unreadable where it is none that can be read at all."""
    if not path.stat().st_size:
        raise Unreadable("empty_file")
    if is_zip(path):
        with Archive(path) as archive:
            yield from _read_tables(_known_sheets(Workbook(archive, path.name), report), grades, report, sink)
    elif path.suffix.lower() in _WORKBOOK_ENDINGS:
        raise Unreadable("not_a_workbook", reason="内容是文本或其他格式")
    else:
        name = _COPY.sub("", path.stem)
        sheet = _sheet_named(name)
        if sheet is None:
            raise Unreadable("no_known_sheet", hint=_hint([name]))
        yield from _read_tables(iter([(CsvTable(path, name), sheet)]), grades, report, sink)


def _known_sheets(workbook: Workbook, report: Report) -> Iterator[tuple[Table, Sheet]]:
    """Each with what it is. Unreadable where there is none."""
    known = [(part, sheet) for part in workbook.sheets if (sheet := _sheet_named(part.name))]
    if known and all(part.hidden for part, _ in known):
        raise Unreadable("only_hidden_sheets")
    if not known:
        raise Unreadable("no_known_sheet", hint=_hint([part.name for part in workbook.sheets]))
    for part in workbook.sheets:
        if not part.fault and not _sheet_named(part.name):
            report.warn("unknown_sheet", Place(workbook.file, part.name), None, hint=_hint([part.name]))
    for part, sheet in known:
        place = Place(workbook.file, part.name)
        if part.hidden:
            report.warn("hidden_sheet", place)
        elif part.fault:
            report.unreadable(part.fault, place)
        else:
            yield workbook.table(part), sheet


def _read_tables(
    tables: Iterator[tuple[Table, Sheet]], grades: Mapping[str, str], report: Report, sink: Sink
) -> Iterator[SheetRows]:
    """A sheet that breaks off is an error, and the next one is read all the same."""
    for table, sheet in tables:
        try:
            rows = read_table(table, sheet, grades, report, sink)
        except Unreadable as fault:
            report.unreadable(fault, Place(table.file, table.sheet))
        else:
            if rows is not None:
                yield rows


def _sheet_named(name: str) -> Sheet | None:
    """By its Chinese name or its key."""
    return BY_NAME.get("".join(name.split()).lower())


def _hint(names: Sequence[str]) -> str:
    """The sheet that a name most likely means."""
    for name in names:
        found = process.extractOne(name.strip().lower(), list(BY_NAME), scorer=fuzz.ratio, score_cutoff=_NEAR)
        if found:
            return f"「{name}」是否应为「{found[0]}」?若是请改名。"
    return ""
