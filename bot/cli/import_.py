"""`ladder import`: checks and loads ledgers, or withdraws a batch."""

import getpass
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.output import SHEET_NAMES, say, say_json
from bot.cli.parts import parts
from bot.domain.importing import Remark
from bot.services.import_ledger import ImportLedger, ImportReport

_SHOWN = 50
"""Remarks printed for people; `--json` has them all."""


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("import", help="检查并导入台账(XLSX 或 CSV),或撤销一个批次。")(import_)


def import_(
    files: Annotated[list[Path] | None, typer.Argument(metavar="文件…", help="XLSX 工作簿或 CSV 文件。")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查,不入库。")] = False,
    undo: Annotated[int | None, typer.Option("--undo", metavar="批次", help="撤销这个批次。")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="报告为 JSON。")] = False,
) -> None:
    """Exit 0 accepted, 1 rejected: then nothing of the files is in the store."""
    if bool(files) == (undo is not None):
        raise typer.BadParameter("请给出文件,或用 --undo 批次")
    joined = parts()
    actor = f"cli:{getpass.getuser()}"
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


def report_json(report: ImportReport) -> dict[str, object]:
    """The contract's report; `changed` beside it says what was new."""
    return {
        "accepted": report.accepted,
        "batch": report.batch,
        "rows": report.rows,
        "changed": report.changed,
        "errors": [found.to_json() for found in report.errors],
        "warnings": [found.to_json() for found in report.warnings],
    }


def _print(report: ImportReport, undone: int | None) -> None:
    _print_remarks("错误", report.errors)
    _print_remarks("提醒", report.warnings)
    counts = "、".join(
        f"{SHEET_NAMES[key]} {count} 行(新增或变更 {report.changed.get(key, 0)})" for key, count in report.rows.items()
    )
    if not report.accepted:
        say(f"未导入:{len(report.errors)} 个错误,库中没有任何改动。改正后请重新导入。")
    elif undone is not None:
        say(f"已撤销批次 {undone}(记为批次 {report.batch})。")
    elif report.dry_run:
        say(f"检查通过,未入库:{counts}。")
    elif any(report.changed.values()):
        say(f"已导入,批次 {report.batch}:{counts}。")
    else:
        say(f"与库中完全一致,没有改动:{counts}。")


def _print_remarks(title: str, remarks: tuple[Remark, ...]) -> None:
    for found in remarks[:_SHOWN]:
        say(f"{title}  {found.message}")
    if len(remarks) > _SHOWN:
        say(f"{title}  另有 {len(remarks) - _SHOWN} 条,见 --json。")
