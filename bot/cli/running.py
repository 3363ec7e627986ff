"""`ladder demo`, `ladder run`, `ladder manifest`: the bot, on a local workspace or on Slack."""

import asyncio
import json
from typing import Annotated

import typer

from bot.cli.output import say


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("demo", help="在浏览器中试用:样例分行、本地工作区,无需账号。")(demo)
    app.command("run", help="在 Slack 上运行机器人。")(run)
    app.command("manifest", help="打印 Slack 应用清单(JSON)。")(manifest)


def demo(
    port: Annotated[int, typer.Option(help="页面端口。")] = 8321,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="不打开浏览器。")] = False,
) -> None:
    """Its own store, whatever LADDER_DATABASE_URL says; ends on Ctrl-C."""
    from bot.cli.demo import run_demo

    asyncio.run(run_demo(port, not no_browser))


def run(
    http: Annotated[int | None, typer.Option(metavar="PORT", help="以 HTTP 接收事件(/slack/events)。")] = None,
) -> None:
    """Socket Mode, or HTTP; exit 1 where a token is missing or Slack refuses it."""
    from bot.config import Settings
    from bot.wiring import build, run_bot

    asyncio.run(run_bot(build(Settings()), http))


def manifest(
    request_url: Annotated[
        str | None, typer.Option(metavar="URL", help="HTTP 模式的接收地址,https://…/slack/events;缺省为 Socket Mode。")
    ] = None,
) -> None:
    """Made from the same registry as the handlers; secrets and addresses are not in it."""
    from bot.slack.manifest import manifest as app_manifest

    say(json.dumps(app_manifest(request_url), ensure_ascii=False, indent=2))
