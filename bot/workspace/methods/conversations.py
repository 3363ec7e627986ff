"""conversations.* and reactions.*: what there is to read, who is in it, and marks on messages."""

from __future__ import annotations

from bot.workspace.args import Args
from bot.workspace.messages import seen_by_events
from bot.workspace.methods.registry import Context, conversation_of, method, pages
from bot.workspace.problems import SlackError
from bot.workspace.scopes import FAMILY, demand
from bot.workspace.state import Conversation, Json

_KIND_BY_TYPE = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}


@method("conversations.open")
def open_conversation(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.open: the direct message with one person."""
    world = context.world
    if args.text("channel"):
        return {"channel": {"id": conversation_of(context, args).id}}
    users = [u for u in args.needed("users").split(",") if u]
    demand(world.manifest, "im:write" if len(users) == 1 else "mpim:write")
    if len(users) != 1:
        raise SlackError("not_enough_users" if not users else "too_many_users")
    user = world.users.get(users[0])
    if user is None:
        raise SlackError("user_not_found")
    if user.deleted:
        raise SlackError("user_disabled")
    if user.id == world.seed.bot_user_id:
        raise SlackError("cannot_dm_bot")
    place = world.direct_message(user.id)
    whole = described(context, place) if args.flag("return_im") else {"id": place.id}
    return {"channel": whole, "no_op": True, "already_open": True}


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
    seen = [c for c in context.world.conversations.values() if c.kind in kinds]
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
    top = [m for m in place.messages.values() if _is_top(m) and _within(m, args)]
    page, cursor = pages([_shown(m, args) for m in reversed(top)], args, 999, 100)
    return {"messages": page, "has_more": bool(cursor), "response_metadata": {"next_cursor": cursor}}


@method("conversations.replies")
def read_replies(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.replies: the parent, then its replies, oldest first."""
    place = conversation_of(context, args, "history")
    ts = args.needed("ts")
    if ts not in place.messages:
        raise SlackError("thread_not_found")
    root = place.messages[ts].get("thread_ts", ts)
    inside = [m for m in place.thread(root) if m["ts"] == root or _within(m, args)]
    page, cursor = pages([_shown(m, args) for m in inside], args, 1000, 1000)
    return {"messages": page, "has_more": bool(cursor), "response_metadata": {"next_cursor": cursor}}


@method("reactions.add")
def add_reaction(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/reactions.add"""
    message, name = _marked(context, args)
    bot = context.world.seed.bot_user_id
    marks: list[Json] = message.setdefault("reactions", [])
    mark = next((m for m in marks if m["name"] == name), None)
    if mark is None:
        mark = {"name": name, "users": [], "count": 0}
        marks.append(mark)
    if bot in mark["users"]:
        raise SlackError("already_reacted")
    mark["users"].append(bot)
    mark["count"] += 1
    context.world.changes.note()
    return {}


@method("reactions.remove")
def remove_reaction(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/reactions.remove"""
    message, name = _marked(context, args)
    bot = context.world.seed.bot_user_id
    mark = next((m for m in message.get("reactions", []) if m["name"] == name and bot in m["users"]), None)
    if mark is None:
        raise SlackError("no_reaction")
    mark["users"].remove(bot)
    mark["count"] -= 1
    message["reactions"] = [m for m in message["reactions"] if m["count"]]
    context.world.changes.note()
    return {}


def described(context: Context, place: Conversation) -> Json:
    """A conversation as an object: https://docs.slack.dev/reference/objects/conversation-object"""
    kind = {"is_channel": "channel", "is_group": "group", "is_im": "im", "is_mpim": "mpim"}
    facts = {name: place.kind == k for name, k in kind.items()} | {"is_private": place.kind != "channel"}
    common = {"id": place.id, "created": place.created, "is_archived": False, "is_org_shared": False, **facts}
    if place.kind == "im":
        return common | {"user": place.members[0], "is_open": True}
    strangers = any(context.world.users[m].stranger for m in place.members if m in context.world.users)
    topic = {"value": place.topic, "creator": "", "last_set": 0}
    member = context.world.seed.bot_user_id in place.members
    names = {"name": place.name, "name_normalized": place.name, "topic": topic, "num_members": len(place.members)}
    return common | names | {"is_member": member, "is_ext_shared": strangers, "is_shared": strangers}


def _is_top(message: Json) -> bool:
    alone = message.get("thread_ts", message["ts"]) == message["ts"]
    return alone or message.get("subtype") == "thread_broadcast"


def _within(message: Json, args: Args) -> bool:
    """Between `oldest` and `latest`, both ends only when `inclusive`; compared as numbers, since both are strings."""
    try:
        ts, oldest = float(message["ts"]), float(args.text("oldest") or 0)
        latest = float(args.text("latest") or "inf")
    except ValueError:
        raise SlackError("invalid_ts_oldest") from None
    return oldest <= ts <= latest if args.flag("inclusive") else oldest < ts < latest


def _shown(message: Json, args: Args) -> Json:
    return message if args.flag("include_all_metadata") else seen_by_events(message)


def _marked(context: Context, args: Args) -> tuple[Json, str]:
    place = conversation_of(context, args)
    message = place.messages.get(args.needed("timestamp"))
    if message is None:
        raise SlackError("message_not_found")
    name = args.text("name").strip(":")
    if not name or not name.replace("_", "").replace("-", "").replace("+", "").isalnum():
        raise SlackError("invalid_name")
    return message, name
