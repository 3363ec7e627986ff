"""`ladder backup` and `ladder restore`: the whole store in one file, while the bot runs."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.output import say
from bot.cli.parts import parts


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("backup", help="把整个库备份为一个文件(运行中也可以)。")(backup)
    app.command("restore", help="用备份文件替换库中的全部内容。")(restore)


def backup(file: Annotated[Path, typer.Argument(metavar="文件", help="备份写到这里,只有本人可读。")]) -> None:
    """An SQLite file whatever the store is; it holds personal data."""
    from bot.storage.backup import back_up

    made = back_up(parts().store, file)
    say(f"已备份到 {file},共 {made.rows} 行,已逐行核对。内含个人信息,请妥善保管。")


def restore(
    file: Annotated[Path, typer.Argument(metavar="文件", help="ladder backup 写出的文件。")],
    yes: Annotated[bool, typer.Option("--yes", help="库中已有内容时也不再询问。")] = False,
) -> None:
    """Checked before anything changes; what was there is kept beside the file.

    At a terminal it asks before it replaces anything; a script has said what it wants.
    """
    from bot.storage.backup import holds_anything
    from bot.storage.backup import restore as bring_back

    store = parts().store
    if not yes and sys.stdin.isatty() and holds_anything(store):
        typer.confirm(f"库中已有内容,将全部由 {file} 替换(原内容会另存在它旁边)。继续吗?", abort=True)
    made = bring_back(store, file)
    say(f"已从 {file} 恢复,共 {made.rows} 行,已逐行核对。")
    if made.before:
        say(f"恢复前的内容另存为 {made.before}。")
