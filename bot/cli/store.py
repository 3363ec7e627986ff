"""`ladder db`, `ladder audit`, `ladder link`: the store itself, its log, and who is who on Slack."""

from typing import Annotated

import typer

from bot.cli.output import say
from bot.cli.parts import parts
from bot.domain.access import Asker
from bot.services.linking import LinkUser
from bot.storage.schema import HEAD


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    db = typer.Typer(help="数据库。", no_args_is_help=True)
    db.command("upgrade", help="把数据库升级到本版本(其他命令也会自动升级)。")(upgrade)
    app.add_typer(db, name="db")
    audit = typer.Typer(help="审计日志。", no_args_is_help=True)
    audit.command("verify", help="核对审计链。")(verify)
    app.add_typer(audit, name="audit")
    app.command("link", help="把 Slack 用户绑定到工号(HR)。")(link)


def upgrade() -> None:
    """Opening the store upgrades it."""
    _ = parts().store
    say(f"数据库版本:{HEAD}")


def verify() -> None:
    """Exit 1 at the first entry that does not follow from the one before."""
    with parts().store.read() as view:
        broken = view.audit.verify()
        count = len(view.audit.entries())
    if broken is None:
        say(f"审计链完整,共 {count} 条。")
        return
    say(f"审计链在第 {broken} 条处断开:该条或其前一条被改动、删除或插入。")
    raise typer.Exit(1)


def link(
    team: Annotated[str, typer.Argument(metavar="TEAM_ID", help="Slack 工作区,T 开头。")],
    user: Annotated[str, typer.Argument(metavar="USER_ID", help="Slack 用户,U 开头。")],
    person: Annotated[str, typer.Argument(metavar="工号")],
    as_person: Annotated[str, typer.Option("--as", metavar="工号", help="办理绑定的 HR。")],
) -> None:
    """Only HR links, and nobody themselves."""
    joined = parts()
    with joined.store.read() as view:
        asker = Asker(view.people.get(as_person), as_person)
    made = joined.linking(LinkUser(asker=asker, team_id=team, user_id=user, person=person))
    say(f"已绑定:{made.team_id}/{made.user_id} → {made.person}")
