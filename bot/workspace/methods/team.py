"""auth.test and apps.connections.open: who the caller is, and where its socket goes."""

from __future__ import annotations

from bot.workspace.args import Args
from bot.workspace.methods.registry import Context, method
from bot.workspace.state import Json


@method("auth.test")
def test_token(context: Context, _: Args) -> Json:
    """https://docs.slack.dev/reference/methods/auth.test"""
    seed = context.world.seed
    user = {"user": seed.bot_name.lower(), "user_id": seed.bot_user_id, "bot_id": context.world.bot_id}
    team = {"team": seed.team_name, "team_id": seed.team_id, "is_enterprise_install": False}
    return {"url": context.page_url, **team, **user}


@method("api.test")
def test_api(_: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/api.test: says back what it was told."""
    return {"args": dict(args)}


@method("apps.connections.open")
def open_connection(context: Context, _: Args) -> Json:
    """https://docs.slack.dev/reference/methods/apps.connections.open: an address that is good for one socket."""
    return {"url": context.socket_url()}
