"""`ladder import`: checks and loads ledgers, or withdraws a batch."""

import getpass
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.output import SHEET_NAMES, say, say_json
from bot.cli.parts import parts
from bot.cli.review import review_lines
from bot.domain.importing import Remark
from bot.services.import_ledger import ImportLedger, ImportReport
from bot.services.second_person import DecideAccess, Decided

_SHOWN = 50
"""Remarks printed for people; `--json` has them all."""


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("import", help="检查并导入台账(XLSX 或 CSV),或撤销一个批次。")(import_)


def import_(
    files: Annotated[list[Path] | None, typer.Argument(metavar="文件…", help="XLSX 工作簿或 CSV 文件。")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查,不入库。")] = False,
    undo: Annotated[int | None, typer.Option("--undo", metavar="批次", help="撤销这个批次。")] = None,
    confirm: Annotated[
        int | None, typer.Option("--confirm", metavar="批次", help="确认这个批次中角色、主管、邮箱的变动(另一名 HR)。")
    ] = None,
    refuse: Annotated[int | None, typer.Option("--refuse", metavar="批次", help="拒绝这些变动。")] = None,
    as_person: Annotated[str | None, typer.Option("--as", metavar="工号", help="确认或拒绝的 HR。")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="报告为 JSON。")] = False,
) -> None:
    """Exit 0 accepted, 1 rejected: then nothing of the files is in the store."""
    if [bool(files), undo is not None, confirm is not None, refuse is not None].count(True) != 1:
        raise typer.BadParameter("请给出文件,或用 --undo、--confirm、--refuse 之一")
    joined = parts()
    actor = f"cli:{getpass.getuser()}"
    if confirm is not None or refuse is not None:
        if as_person is None:
            raise typer.BadParameter("请用 --as 工号 写明由谁确认或拒绝")
        number = confirm if confirm is not None else refuse or 0
        request_ = DecideAccess(batch=number, by=as_person, via=actor, confirm=confirm is not None)
        return _print_decision(request_, joined.second_person(request_), as_json)
    if undo is not None:
        report = joined.imports.undo(undo, actor)
    else:
        request = ImportLedger(parsed=joined.read_ledger(files or []), actor=actor, dry_run=dry_run)
        report = joined.imports(request)
    if as_json:
        say_json(report_json(report))
    else:
        _print(report, undo)
    raise typer.Exit(0 if report.accepted else 1)


def _print_decision(request: DecideAccess, decided: Decided, as_json: bool) -> None:
    if as_json:
        state = "confirmed" if request.confirm else "refused"
        say_json({"state": state, "of": request.batch, "batch": decided.batch, "people": list(decided.people)})
        return
    what = f"批次 {request.batch} 中 {len(decided.people)} 人的角色、主管或邮箱变动"
    say(f"已确认{what},即时生效(记为批次 {decided.batch})。" if request.confirm else f"已拒绝{what},维持原样。")


def report_json(report: ImportReport) -> dict[str, object]:
    """The contract's report; `changed` beside it says what was new."""
    return {
        "accepted": report.accepted,
        "batch": report.batch,
        "rows": report.rows,
        "changed": report.changed,
        **({"review": report.review.to_json()} if report.review else {}),
        "waiting": list(report.waiting),
        "errors": [found.to_json() for found in report.errors],
        "warnings": [found.to_json() for found in report.warnings],
    }


def _print(report: ImportReport, undone: int | None) -> None:
    _print_remarks("错误", report.errors)
    _print_remarks("提醒", report.warnings)
    if report.review:
        for line in review_lines(report.review):
            say(line)
    counts = "、".join(
        f"{SHEET_NAMES[key]} {count} 行(新增或变更 {report.changed.get(key, 0)})" for key, count in report.rows.items()
    )
    if not report.accepted:
        say(f"未导入:{len(report.errors)} 个错误,库中没有任何改动。改正后请重新导入。")
    elif undone is not None:
        changed = "、".join(f"{SHEET_NAMES[key]} {count} 行" for key, count in report.changed.items() if count)
        told = f"恢复或移除 {changed}" if changed else "没有行因此改变,其内容已被后来的批次取代"
        say(f"已撤销批次 {undone}(记为批次 {report.batch}):{told}。")
    elif report.dry_run:
        say(f"检查通过,未入库:{counts}。")
    elif any(report.changed.values()) or report.waiting:
        say(f"已导入,批次 {report.batch}:{counts}。")
    else:
        say(f"与库中完全一致,没有改动:{counts}。")
    if report.accepted and report.waiting and not report.dry_run:
        say(
            f"{len(report.waiting)} 人的角色、主管或邮箱变动待另一名 HR 确认:"
            f"ladder import --confirm {report.batch} --as 工号,或 Slack 里 /appraise 待确认"
            "(查看:ladder ledger pending)。"
        )


def _print_remarks(title: str, remarks: tuple[Remark, ...]) -> None:
    for found in remarks[:_SHOWN]:
        say(f"{title}  {found.message}")
    if len(remarks) > _SHOWN:
        say(f"{title}  另有 {len(remarks) - _SHOWN} 条,见 --json。")
