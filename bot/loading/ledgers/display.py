"""A cell as the person who opens the file sees it: what a report repeats."""

from bot.loading.ledgers import dates
from bot.loading.ledgers.exact import NUMBERS, parse, typed
from bot.loading.ledgers.raw import BadCell, Cell, Kind, Raw


def shown(cell: Raw, epoch_1904: bool) -> str | None:
    """300.000001 for the double that a number cell stores, 2026-09-30 for a date, 50% for a percentage."""
    if not isinstance(cell, Cell):
        return cell
    if cell.kind is Kind.DATE:
        return _date(cell, epoch_1904)
    if cell.kind not in (*NUMBERS, Kind.PERCENT) or parse(cell.text) is None:
        return cell.text
    try:
        exact = typed(cell)
    except BadCell:
        return cell.text
    return f"{exact._replace(power=exact.power + 2).text()}%" if cell.kind is Kind.PERCENT else exact.text()


def _date(cell: Cell, epoch_1904: bool) -> str:
    try:
        return dates.day(cell, epoch_1904, last=True).isoformat()
    except BadCell:
        return cell.text
