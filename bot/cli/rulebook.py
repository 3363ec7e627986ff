"""`ladder rulebook`: the linter, and the text with its values."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.output import say, say_json
from bot.cli.parts import parts
from bot.domain.rulebook import Rulebook


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    rulebook = typer.Typer(help="管理办法。", no_args_is_help=True)
    rulebook.command("check", help="检查管理办法的数据文件。")(check)
    rulebook.command("show", help="条文与数值。")(show)
    app.add_typer(rulebook, name="rulebook")


def check(
    folder: Annotated[Path | None, typer.Argument(help="存放各版本的文件夹;缺省为随程序附带的。")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Every fault with file, line and key; exit 1 when there is one."""
    from bot.loading.data import knowledge
    from bot.loading.rulebooks import check as find_faults

    faults = find_faults(folder or knowledge() / "rulebooks")
    for fault in faults:
        row = {
            "file": str(fault.file),
            "line": fault.line,
            "key": fault.key,
            "code": fault.code,
            "message": fault.message,
        }
        if as_json:
            say_json(row)
        else:
            say(f"{fault.file}:{fault.line} {fault.key} {fault.message}")
    if faults:
        raise typer.Exit(1)
    if not as_json:
        say("管理办法的数据文件没有问题。")


def show(
    version: Annotated[str | None, typer.Argument(help="版本,缺省为今天有效的。")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Clause by clause, and the values that each grade's rules carry."""
    joined = parts()
    rulebook = next(
        (r for r in joined.shelf.rulebooks if r.version == version),
        None if version else joined.shelf.on(joined.clock.now().date()),
    )
    if rulebook is None:
        raise typer.BadParameter(f"没有这个版本:{version}")
    rows = [*_clauses(rulebook), *_values(rulebook), *_readings(rulebook)]
    for row in rows:
        if as_json:
            say_json(row)
        else:
            say("  ".join(str(value) for value in row.values() if value))


def _clauses(rulebook: Rulebook) -> list[dict[str, object]]:
    return [
        {"clause": c.id, "label": c.label, "printed": c.printed, "corrected": c.corrected, "note": c.note}
        for c in rulebook.clauses.values()
    ]


def _values(rulebook: Rulebook) -> list[dict[str, object]]:
    """Bounds in 分 or cents, as they are compared."""
    return [
        {
            "rule": rule.key,
            "grade": grade.key,
            "measure": str(rule.measure),
            "bound_minor": rule.bound.minor,
            "currency": str(rule.bound.currency),
            "floor_minor": rule.floor.amount.minor,
            "single_minor": rule.single.minor if rule.single else None,
            "clause": rule.clause,
            "readings": list(rule.readings),
        }
        for grade in rulebook.grades
        for rule in grade.amount_rules
    ]


def _readings(rulebook: Rulebook) -> list[dict[str, object]]:
    return [{"reading": r.id, "where": r.where, "text": r.text, "reads": r.reads} for r in rulebook.readings.values()]
