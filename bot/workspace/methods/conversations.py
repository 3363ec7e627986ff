"""conversations.*: what there is to read, and who is in it."""

from __future__ import annotations

from bot.workspace.args import Args
from bot.workspace.messages import seen_by_events
from bot.workspace.methods.registry import Context, conversation_of, method, pages, pages_by_ts
from bot.workspace.payloads import STRANGERS
from bot.workspace.problems import SlackError
from bot.workspace.scopes import FAMILY, demand
from bot.workspace.state import Conversation, Json, World
from bot.workspace.text import rich_text

_MOST_IN_A_GROUP = 8
_KIND_BY_TYPE = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}


@method("conversations.open")
def open_conversation(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.open: with one person, or a group of two to eight."""
    world = context.world
    if args.text("channel"):
        place = conversation_of(context, args)
        if place.kind not in ("im", "mpim"):
            raise SlackError("method_not_supported_for_channel_type")
        return {"channel": {"id": place.id}, "no_op": True, "already_open": True}
    named = [u.strip() for u in args.text("users").split(",") if u.strip()]
    if not named:
        raise SlackError("users_list_not_supplied")
    users = list(dict.fromkeys(named))
    demand(world.manifest, "im:write" if len(users) == 1 else "mpim:write")
    for user in users:
        _may_be_written_to(world, user)
    if len(users) > _MOST_IN_A_GROUP:
        raise SlackError("too_many_users")
    known = len(world.conversations)
    place = world.direct_message(users[0]) if len(users) == 1 else world.group_message(users)
    whole = described(context, place) if args.flag("return_im") or place.kind == "mpim" else {"id": place.id}
    # A direct message is there from the beginning; a group is news the first time.
    old = place.kind == "im" or len(world.conversations) == known
    return {"channel": whole} | ({"no_op": True, "already_open": True} if old else {})


@method("conversations.info")
def show_conversation(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.info"""
    return {"channel": described(context, conversation_of(context, args, "read", member=False))}


@method("conversations.list")
def list_conversations(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.list"""
    kinds = [_KIND_BY_TYPE.get(t) for t in args.text("types", "public_channel").split(",")]
    if None in kinds:
        raise SlackError("invalid_types")
    for kind in kinds:
        demand(context.world.manifest, f"{FAMILY[kind or '']}:read")
    bot = context.world.seed.bot_user_id
    live_only = args.flag("exclude_archived")
    seen = [c for c in context.world.conversations.values() if c.kind in kinds and not (live_only and c.archived)]
    listed = [described(context, c) for c in seen if c.kind == "channel" or bot in c.members]
    page, cursor = pages(listed, args, 1000, 100)
    return {"channels": page, "response_metadata": {"next_cursor": cursor}}


@method("conversations.members")
def list_members(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.members"""
    place = conversation_of(context, args, "read", member=False)
    page, cursor = pages([{"id": m} for m in place.members], args, 1000, 100)
    return {"members": [m["id"] for m in page], "response_metadata": {"next_cursor": cursor}}


@method("conversations.history")
def read_history(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.history: newest first, replies left out."""
    place = conversation_of(context, args, "history")
    top = [m for m in place.messages.values() if _is_top(m) and _within(m, args) and _indexed(context.world, m)]
    page, cursor = pages_by_ts([_shown(m, args) for m in reversed(top)], args, 999, 100)
    return {"messages": page, "has_more": bool(cursor), "response_metadata": {"next_cursor": cursor}}


@method("conversations.replies")
def read_replies(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.replies: the parent, then its replies, oldest first."""
    place = conversation_of(context, args, "history")
    ts = args.needed("ts")
    if ts not in place.messages or not _indexed(context.world, place.messages[ts]):
        raise SlackError("thread_not_found")
    root = place.messages[ts].get("thread_ts", ts)
    read = [m for m in place.thread(root) if _indexed(context.world, m)]
    inside = [m for m in read if m["ts"] == root or _within(m, args)]
    page, cursor = pages_by_ts([_shown(m, args) for m in inside], args, 1000, 1000)
    return {"messages": page, "has_more": bool(cursor), "response_metadata": {"next_cursor": cursor}}


def described(context: Context, place: Conversation) -> Json:
    """A conversation as an object: https://docs.slack.dev/reference/objects/conversation-object"""
    kind = {"is_channel": "channel", "is_group": "group", "is_im": "im", "is_mpim": "mpim"}
    facts = {name: place.kind == k for name, k in kind.items()} | {"is_private": place.kind != "channel"}
    shared = context.world.is_shared(place)
    common = {"id": place.id, "created": place.created, "is_archived": place.archived, "is_org_shared": False, **facts}
    common |= {"is_ext_shared": shared, "is_shared": shared, "context_team_id": context.world.seed.team_id}
    if shared:
        common["connected_team_ids"] = [STRANGERS]
    if place.kind == "im":
        deactivated = context.world.users[place.members[0]].deleted
        return common | {"user": place.members[0], "is_open": not deactivated, "is_user_deleted": deactivated}
    topic = {"value": place.topic, "creator": "", "last_set": 0}
    member = context.world.seed.bot_user_id in place.members
    names = {"name": place.name, "name_normalized": place.name, "topic": topic, "num_members": len(place.members)}
    return common | names | {"is_member": member, "is_general": place.name == "general"}


def _may_be_written_to(world: World, user: str) -> None:
    """SlackError where nobody, somebody deactivated, or the app itself is meant."""
    person = world.users.get(user)
    if person is None:
        raise SlackError("user_not_found")
    if person.deleted:
        raise SlackError("user_disabled")
    if person.is_bot:
        raise SlackError("cannot_dm_bot")


def _indexed(world: World, message: Json) -> bool:
    """A message can be read back only after the lag; without one at once, whatever the clock says."""
    return not world.history_lag or float(message["ts"]) + world.history_lag <= world.clock()


def _is_top(message: Json) -> bool:
    alone = message.get("thread_ts", message["ts"]) == message["ts"]
    return alone or message.get("subtype") == "thread_broadcast"


def _within(message: Json, args: Args) -> bool:
    """Between `oldest` and `latest`, both ends only when `inclusive`; compared as numbers, since both are strings."""
    ts, oldest = float(message["ts"]), _moment(args, "oldest", "0")
    latest = _moment(args, "latest", "inf")
    return oldest <= ts <= latest if args.flag("inclusive") else oldest < ts < latest


def _moment(args: Args, name: str, default: str) -> float:
    try:
        return float(args.text(name) or default)
    except ValueError:
        raise SlackError(f"invalid_ts_{name}") from None


def _shown(message: Json, args: Args) -> Json:
    """As reads have it: a text alone bears the rich_text block that Slack makes of it (Bolt counts on it)."""
    shown = message if args.flag("include_all_metadata") else seen_by_events(message)
    if shown.get("text") and not (shown.get("blocks") or shown.get("subtype")):
        return shown | {"blocks": [rich_text(shown["text"]) | {"block_id": shown["ts"][-5:]}]}
    return shown
