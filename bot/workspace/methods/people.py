"""users.*: the people of the workspace as the app may know them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.workspace.args import Args
from bot.workspace.methods.registry import Context, method, pages
from bot.workspace.problems import SlackError
from bot.workspace.seed import SeedUser
from bot.workspace.state import Json, World


@method("users.info")
def show_user(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/users.info"""
    user = context.world.users.get(args.needed("user"))
    if user is None:
        raise SlackError("user_not_found")
    return {"user": described(context.world, user, args.flag("include_locale"))}


@method("users.list")
def list_users(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/users.list"""
    locale = args.flag("include_locale")
    everyone = [described(context.world, u, locale) for u in context.world.users.values()]
    page, cursor = pages(everyone, args, 1000, 1000)
    return {"members": page, "cache_ts": int(context.world.clock()), "response_metadata": {"next_cursor": cursor}}


@method("users.lookupByEmail")
def find_user(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/users.lookupByEmail: active people of the own team only."""
    email = args.needed("email").lower()
    for user in context.world.users.values():
        if (user.email or "").lower() == email and not (user.deleted or user.stranger):
            return {"user": described(context.world, user)}
    raise SlackError("users_not_found")


def described(world: World, user: SeedUser, locale: bool = False) -> Json:
    """A user object: https://docs.slack.dev/reference/objects/user-object; e-mail only with users:read.email."""
    team = "T0STRANGERS" if user.stranger else world.seed.team_id
    profile: Json = {"real_name": user.real_name, "display_name": user.name, "title": user.title, "team": team}
    if user.email and "users:read.email" in world.manifest.scopes and not user.stranger:
        profile["email"] = user.email
    facts: Json = {"id": user.id, "team_id": team, "name": user.name, "deleted": user.deleted, "profile": profile}
    facts |= {"is_bot": user.is_bot, "is_app_user": False, "updated": 0}
    if user.is_bot:
        profile |= {"bot_id": world.bot_id, "api_app_id": world.seed.app_id}
    if not user.deleted:
        facts |= {"real_name": user.real_name, **_zone(user, world.clock()), "is_admin": False, "is_owner": False}
        facts |= {"is_restricted": user.restricted or user.ultra_restricted}
        facts |= {"is_ultra_restricted": user.ultra_restricted}
    if user.stranger:
        facts["is_stranger"] = True
    return facts | ({"locale": user.locale} if locale else {})


def _zone(user: SeedUser, now: float) -> Json:
    at = datetime.fromtimestamp(now, ZoneInfo(user.tz))
    offset = at.utcoffset()
    seconds = int(offset.total_seconds()) if offset else 0
    return {"tz": user.tz, "tz_label": at.tzname() or user.tz, "tz_offset": seconds}
