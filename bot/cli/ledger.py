"""`ladder ledger`: stored rows and a digest of them."""

import hashlib
import json
from datetime import date
from typing import Annotated, Any

import typer

from bot.cli.ledger_words import AMOUNTS, LedgerWords
from bot.cli.output import SHEET_NAMES, say, say_json
from bot.cli.parts import parts
from bot.domain.access_changes import Access
from bot.domain.money import decimal_text
from bot.loading.ledgers.schema import SHEETS


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    ledger = typer.Typer(help="库中的台账。", no_args_is_help=True)
    ledger.command("dump", help="列出一张表现行的记录。")(dump)
    ledger.command("digest", help="全部现行记录的摘要,任何一条变动都会使它改变。")(digest)
    ledger.command("batches", help="列出导入批次。")(batches)
    ledger.command("history", help="列出一行的全部版本:批次、经办、时间。")(history)
    ledger.command("pending", help="列出待另一名 HR 确认的角色、主管、邮箱变动。")(pending)
    app.add_typer(ledger, name="ledger")


def dump(
    sheet: Annotated[str, typer.Argument(metavar="表", help="人员、业绩、管户、汇率、签到、培训,或英文名。")],
    as_json: Annotated[bool, typer.Option("--json", help="每条一行 JSON,英文键。")] = False,
) -> None:
    """JSON: one object a line, English keys, amounts as decimal strings."""
    key = _sheet(sheet)
    words = ledger_words()
    with parts().store.read() as view:
        for row in view.batches.rows(key):
            if as_json:
                say_json({name: _shown(name, value) for name, value in row.items()})
            else:
                say("  ".join(f"{header} {value}" for header, value in words.row(key, row).items()))


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
    """Who imported what and when, oldest first; what became new, changed and closed by it."""
    with parts().store.read() as view:
        changes, every = view.history.changes(), view.batches.everything()
    if not as_json:
        lines = [line for batch in every for line in ledger_words().batch(batch, changes.get(batch.number, {}))]
        say("\n".join(lines) or "还没有导入过。")
        return
    for batch in every:
        say_json(
            {
                "batch": batch.number,
                "at": batch.at.isoformat(),
                "actor": batch.actor,
                "files": list(batch.files),
                "rows": dict(batch.rows),
                "changes": changes.get(batch.number, {}),
                "undoes": batch.undoes,
                "undone_by": batch.undone_by,
                "confirms": batch.confirms,
            }
        )


def history(
    sheet: Annotated[str, typer.Argument(metavar="表", help="人员、业绩、管户、汇率、签到、培训,或英文名。")],
    key: Annotated[list[str], typer.Argument(metavar="键…", help="如:工号;客户号 截止日。可只写前几项。")],
    as_json: Annotated[bool, typer.Option("--json", help="每个版本一行 JSON。")] = False,
) -> None:
    """Every version of a row: which batch brought it, who and when, and which batch replaced or withdrew it."""
    name = _sheet(sheet)
    with parts().store.read() as view:
        try:
            versions = view.history.versions(name, key)
        except ValueError:
            raise typer.BadParameter("日期请写成 2026-09-30;键的项数不能多于该表的键") from None
        batches_ = {batch.number: batch for batch in view.batches.everything()}
    if not as_json:
        keys = next(sheet.keys for sheet in SHEETS if sheet.key == name)
        say("\n".join(ledger_words().versions(name, keys, versions, batches_)) or "没有这一行。")
        return
    for version in versions:
        batch = batches_[version["since_batch"]]
        row = {k: _shown(k, value) for k, value in version["row"].items()}
        told = {"batch": batch.number, "at": batch.at.isoformat(), "actor": batch.actor}
        say_json({**told, "until_batch": version["until_batch"], "said_by": version["origin_batch"], "row": row})


def ledger_words() -> LedgerWords:
    """By the rulebooks' names and this branch's time zone."""
    joined = parts()
    grades = {grade.key: grade.short_name for book in joined.shelf.rulebooks for grade in book.grades}
    return LedgerWords(grades, joined.clock.now())


def _sheet(written: str) -> str:
    """The English key of a sheet by either name."""
    for key, name in SHEET_NAMES.items():
        if written in (key, name):
            return key
    raise typer.BadParameter(f"没有这张表:{written}")


def pending(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """What a second HR person has to confirm, with what is in force now."""
    with parts().store.read() as view:
        waiting, now = view.pending.waiting(), view.pending.in_force()
        names = {person.id: person.name for person in view.people.everyone()}
        actors = {batch.number: batch.actor for batch in view.batches.everything()}
    words = ledger_words()
    for change in waiting:
        held = getattr(now.get(change.person, Access()), change.field)
        row = {
            "batch": change.batch,
            "actor": actors[change.batch],
            "person": change.person,
            "field": change.field,
            "now": held,
            "would_be": change.value,
        }
        if as_json:
            say_json(row)
        else:
            field = {"roles": "角色", "supervisor": "主管工号", "email": "邮箱"}[change.field]
            who = f"批次 {change.batch}({actors[change.batch]} 导入)  {change.person} {names.get(change.person, '')}"
            before, after = (words.roles(v) if change.field == "roles" else v or "空" for v in (held, change.value))
            say(f"{who}  {field}:{before} → {after}")
    if not waiting and not as_json:
        say("没有待确认的变动。")


def _shown(name: str, value: Any) -> Any:
    if name in AMOUNTS and isinstance(value, int):
        return decimal_text(value)
    return value.isoformat() if isinstance(value, date) else value
