"""`ladder ledger`: stored rows and a digest of them."""

import hashlib
import json
from datetime import date
from typing import Annotated, Any

import typer

from bot.cli.output import SHEET_NAMES, say, say_json
from bot.cli.parts import parts
from bot.domain.money import decimal_text
from bot.loading.ledgers.schema import SHEETS, Kind

_AMOUNTS = frozenset(
    column.key
    for sheet in SHEETS
    for column in sheet.columns
    if column.kind in (Kind.AMOUNT, Kind.DOLLARS, Kind.SHARE, Kind.HOURS)
)
"""Whole hundredths in the store; decimals for whoever reads them."""


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    ledger = typer.Typer(help="库中的台账。", no_args_is_help=True)
    ledger.command("dump", help="列出一张表现行的记录。")(dump)
    ledger.command("digest", help="全部现行记录的摘要,任何一条变动都会使它改变。")(digest)
    ledger.command("batches", help="列出导入批次。")(batches)
    app.add_typer(ledger, name="ledger")


def dump(
    sheet: Annotated[str, typer.Argument(metavar="表", help="人员、业绩、管户、汇率、签到、培训,或英文名。")],
    as_json: Annotated[bool, typer.Option("--json", help="每条一行 JSON,英文键。")] = False,
) -> None:
    """JSON: one object a line, English keys, amounts as decimal strings."""
    key = next((key for key, name in SHEET_NAMES.items() if sheet in (key, name)), None)
    if key is None:
        raise typer.BadParameter(f"没有这张表:{sheet}")
    with parts().store.read() as view:
        for row in view.batches.rows(key):
            shown = {name: _shown(name, value) for name, value in row.items()}
            if as_json:
                say_json(shown)
            else:
                say("  ".join(f"{name}={value}" for name, value in shown.items() if value is not None))


def digest() -> None:
    """SHA-256 over the current rows of every sheet, without batch numbers: A, B, A gives A's digest again."""
    total = hashlib.sha256()
    with parts().store.read() as view:
        for key in SHEET_NAMES:
            total.update(f"{key}\n".encode())
            for row in view.batches.rows(key):
                shown = {name: _shown(name, value) for name, value in row.items()}
                total.update(json.dumps(shown, ensure_ascii=False, sort_keys=True).encode() + b"\n")
    say(total.hexdigest())


def batches(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Who imported what and when, oldest first."""
    with parts().store.read() as view:
        for batch in view.batches.everything():
            row = {
                "batch": batch.number,
                "at": batch.at.isoformat(),
                "actor": batch.actor,
                "files": list(batch.files),
                "rows": dict(batch.rows),
                "undoes": batch.undoes,
                "undone_by": batch.undone_by,
            }
            if as_json:
                say_json(row)
            else:
                say("  ".join(f"{name}={value}" for name, value in row.items() if value not in (None, [], {})))


def _shown(name: str, value: Any) -> Any:
    if name in _AMOUNTS and isinstance(value, int):
        return decimal_text(value)
    return value.isoformat() if isinstance(value, date) else value
