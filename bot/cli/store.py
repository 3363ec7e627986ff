"""`ladder db`, `ladder audit`, `ladder link`: the store itself, its log, and who is who on Slack."""

from typing import Annotated

import typer

from bot.cli.appraise_words import FAULTS
from bot.cli.output import say
from bot.cli.parts import parts
from bot.domain.access import Asker
from bot.services.linking import LinkUser
from bot.storage.schema import HEAD
from bot.wiring import Parts


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    db = typer.Typer(help="数据库。", no_args_is_help=True)
    db.command("upgrade", help="把数据库升级到本版本(其他命令也会自动升级)。")(upgrade)
    app.add_typer(db, name="db")
    audit = typer.Typer(help="审计日志。", no_args_is_help=True)
    audit.command("verify", help="核对审计链与定稿的考核。")(verify)
    app.add_typer(audit, name="audit")
    app.command("link", help="把 Slack 用户绑定到工号(HR)。")(link)


def upgrade() -> None:
    """Opening the store upgrades it."""
    _ = parts().store
    say(f"数据库版本:{HEAD}")


def verify() -> None:
    """Exit 1 at the first entry that does not follow from the one before, and where a finalised run does not hold."""
    joined = parts()
    with joined.store.read() as view:
        broken = view.audit.verify()
        count = len(view.audit.entries())
    if broken is not None:
        say(f"审计链在第 {broken} 条处断开:该条或其前一条被改动、删除或插入。")
        raise typer.Exit(1)
    say(f"审计链完整,共 {count} 条。")
    if not _runs_hold(joined, count):
        raise typer.Exit(1)


def _runs_hold(joined: Parts, count: int) -> bool:
    """Every finalised run, recomputed; and its entry in the chain, which a chain cut off at its end lacks."""
    good = True
    for found in joined.appraisal_export.verify():
        name = f"{found.run.period} 第 {found.run.number} 号考核"
        if found.entry is None:
            say(f"审计链在第 {count} 条之后被截断:缺少 {name} 定稿的记录。")
        for fault in found.replayed.faults:
            say(f"{name} {fault.where}:{FAULTS[fault.kind]}")
        holds = found.replayed.same and found.entry is not None
        say(f"{name} 复算{'一致' if holds else '不一致'},摘要 {found.run.digest}。")
        good = good and holds
    return good


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
