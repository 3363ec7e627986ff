"""`ladder remind` and `ladder outbox list`: what is due is sent, or listed."""

import asyncio
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

import typer

from bot.cli.output import say, say_json
from bot.cli.parts import parts
from bot.domain.outbox import Entry, State
from bot.wiring import Parts


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("remind", help="发送到期的提醒(供 cron 使用);--dry-run 只列出。")(remind)
    outbox = typer.Typer(help="待发与已发的消息。", no_args_is_help=True)
    outbox.command("list", help="发给谁、何时、结果如何。")(listed)
    app.add_typer(outbox, name="outbox")


def remind(
    now: Annotated[str | None, typer.Option(help="以此时刻为准(ISO)。")] = None,
    once: Annotated[bool, typer.Option("--once", help="到期的发完即结束(缺省也是如此)。")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只列出,不发送。")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="每条一行 JSON。")] = False,
) -> None:
    """Exit 1 where Slack refuses the token."""
    joined = parts(now)
    if dry_run:
        for row in preview(joined):
            say_json(row) if as_json else say(_line(row))
        return
    from bot.wiring.reminders import remind_once

    done = asyncio.run(remind_once(joined))
    with joined.store.read() as view:
        counts = {str(state): count for state, count in view.outbox.counts().items()}
    if as_json:
        say_json({"done": done, "states": counts})
    else:
        say(f"处理 {done} 条;" + "、".join(f"{state} {count}" for state, count in sorted(counts.items())))


def preview(joined: Parts) -> list[dict[str, Any]]:
    """What `remind` would plan now, and what waits to be sent by now."""
    now = joined.clock.now()
    with joined.store.read() as view:
        known = {(e.kind, e.person, e.period, e.occurrence): e for e in view.outbox.rows()}
        new = [n for n in joined.planner.notices(view, now) if _key(n) not in known]
    waiting = [e for e in known.values() if e.state in (State.DUE, State.SENDING) and e.next_at <= now]
    rows = [{**_public(notice), "state": "new"} for notice in new]
    return rows + [{**_public(entry), "state": str(entry.state)} for entry in waiting]


def listed(
    state: Annotated[State | None, typer.Option(help="只看一种状态。")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="每条一行 JSON。")] = False,
) -> None:
    """The newest first."""
    with parts().store.read() as view:
        rows = view.outbox.rows(state)
    for entry in rows:
        say_json(_whole(entry)) if as_json else say(_line(_whole(entry)))


def _whole(entry: Entry) -> dict[str, Any]:
    left_out = ("look", "token")
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in asdict(entry).items()
        if name not in left_out
    }


def _public(notice: Any) -> dict[str, Any]:
    names = ("kind", "person", "period", "occurrence")
    moments = {name: getattr(notice, name).isoformat() for name in ("due_at", "expires_at")}
    return {name: getattr(notice, name) for name in names} | moments


def _key(notice: Any) -> tuple[str, str, str, str]:
    return notice.kind, notice.person, notice.period, notice.occurrence


def _line(row: dict[str, Any]) -> str:
    told = (row["state"], row["kind"], row["person"], row["period"], row["occurrence"], row["due_at"])
    return " ".join(map(str, told)) + (f" {row['reason']}" if row.get("reason") else "")
