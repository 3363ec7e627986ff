"""`ladder questions`: what was not answered, and what HR has taught of it."""

from pathlib import Path
from typing import Annotated

import typer
import yaml

from bot.cli.output import say, say_json
from bot.cli.parts import parts

_MOST = 1000


def register(app: typer.Typer) -> None:
    """Adds the group."""
    group = typer.Typer(help="没答上来的提问,以及人力资源部教会的问法。", no_args_is_help=True)
    group.command("list", help="待处理的提问(金额和自己客户的名称已隐去)。")(listed)
    group.command("export", help="把教会的问法写成 knowledge/phrases/taught.yaml。")(export)
    app.add_typer(group, name="questions")


def listed(as_json: Annotated[bool, typer.Option("--json", help="每条一行 JSON。")] = False) -> None:
    """The newest first."""
    with parts().store.read() as view:
        found = view.kept_questions.unsettled(_MOST)
    for question in found:
        if as_json:
            say_json({"number": question.number, "at": question.at.isoformat(), "reason": question.reason,
                      "state": question.state, "text": question.text})  # fmt: skip
        else:
            say(f"#{question.number} {question.at.date()} {question.reason} {question.text}")


def export(file: Annotated[Path, typer.Argument(help="写到哪个文件。")]) -> None:
    """Every phrase taught, with who taught it and when as a comment of the repository's history."""
    with parts().store.read() as view:
        phrases = view.kept_questions.phrases()
    rows = [{"ask": phrase.phrase, "clauses": list(phrase.clauses)} for phrase in phrases]
    head = "# Whole texts that HR has pointed at clauses, exported from a store by `ladder questions export`.\n"
    file.write_text(head + yaml.safe_dump(rows, allow_unicode=True, sort_keys=False), encoding="utf-8")
    say(f"已导出 {len(rows)} 条问法到 {file}")
