"""chat.*: posting, changing and deleting messages, ephemeral ones, and links to them."""

from __future__ import annotations

from bot.workspace.args import Args
from bot.workspace.messages import by_the_app, check_content, check_update, post, remove, replace
from bot.workspace.methods.registry import Context, conversation_of, method, place_named
from bot.workspace.problems import SlackError
from bot.workspace.scopes import demand
from bot.workspace.state import Conversation, Json, World
from bot.workspace.text import strings

_DISGUISE = ("username", "icon_url", "icon_emoji")


@method("chat.postMessage")
def post_message(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/chat.postMessage; a user's id as channel means the direct message."""
    world = context.world
    _as_itself(world, args)
    place = _target(context, args)
    message = by_the_app(world, check_content(args) | _thread(place, args) | _disguise(args))
    if message.get("thread_ts") and args.flag("reply_broadcast"):
        message["subtype"] = "thread_broadcast"
    post(world, place, message, context.announce)
    return {"channel": place.id, "ts": message["ts"], "message": message}


@method("chat.postEphemeral")
def post_ephemeral(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/chat.postEphemeral: gone for good once the person reloads Slack."""
    world = context.world
    _as_itself(world, args)
    place = _target(context, args)
    user = args.needed("user")
    if user not in world.users:
        raise SlackError("user_not_found")
    if user not in place.members:
        raise SlackError("user_not_in_channel")
    message = by_the_app(world, check_content(args) | _thread(place, args))
    place.ephemerals.append((user, message | {"is_ephemeral": True}))
    world.mistakes.of_shown(place.id, strings(message), [user])
    world.changes.note()
    return {"message_ts": message["ts"]}


@method("chat.update")
def update_message(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/chat.update: text is limited to 4,000 characters here."""
    world = context.world
    place, message = _own(context, args, "cant_update_message")
    limit = world.seed.edit_seconds
    if place.archived:
        raise SlackError("is_inactive")
    if limit is not None and world.clock() - float(message["ts"]) > limit:
        raise SlackError("edit_window_closed")
    if args.flag("reply_broadcast"):
        _broadcast(message, args)
        world.changes.note()
    else:
        replace(world, place, message, check_update(args, message), context.announce)
    return {"channel": place.id, "ts": message["ts"], "text": message["text"], "message": message}


@method("chat.delete")
def delete_message(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/chat.delete"""
    place, message = _own(context, args, "cant_delete_message")
    remove(context.world, place, message["ts"], context.announce)
    return {"channel": place.id, "ts": message["ts"]}


@method("chat.getPermalink")
def permalink(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/chat.getPermalink"""
    place = conversation_of(context, args, member=False)
    ts = args.needed("message_ts")
    if ts not in place.messages:
        raise SlackError("message_not_found")
    return {"channel": place.id, "permalink": f"{context.page_url}archives/{place.id}/p{ts.replace('.', '')}"}


def _as_itself(world: World, args: Args) -> None:
    """An app writes as itself; another name or picture needs a scope: https://docs.slack.dev/reference/scopes/chat.write.customize"""
    if args.flag("as_user"):
        raise SlackError("as_user_not_supported")
    if any(args.text(name) for name in _DISGUISE):
        demand(world.manifest, "chat:write.customize")


def _disguise(args: Args) -> Json:
    told = {name: args.text(name) for name in _DISGUISE if args.text(name)}
    return {"username": told.pop("username"), "icons": told} if "username" in told else {}


def _broadcast(message: Json, args: Args) -> None:
    """Show an old reply in the channel too; never together with new content."""
    if any(args.get(name) for name in ("text", "blocks", "attachments", "markdown_text")):
        raise SlackError("no_dual_broadcast_content_update")
    if message.get("thread_ts", message["ts"]) == message["ts"]:
        raise SlackError("cant_broadcast_message")
    message["subtype"] = "thread_broadcast"


def _target(context: Context, args: Args) -> Conversation:
    """Where a message goes: an id, `#name`, or a person's id."""
    world, name = context.world, args.needed("channel")
    if name in world.users:
        return _direct(world, name)
    write_anywhere = "chat:write.public" in world.manifest.scopes
    found = Args(channel=place_named(world, name))
    place = conversation_of(context, found, member=not write_anywhere)
    if place.archived:
        raise SlackError("is_archived")
    return _direct(world, place.members[0]) if place.kind == "im" else place


def _direct(world: World, user: str) -> Conversation:
    if not world.manifest.messages_tab:
        raise SlackError("messages_tab_disabled")
    if user == world.seed.bot_user_id or world.users[user].deleted:
        raise SlackError("channel_not_found")
    return world.direct_message(user)


def _thread(place: Conversation, args: Args) -> Json:
    """The thread part of a message; a reply to a reply joins its thread, and a parent must exist.

    Real Slack takes an unknown thread_ts and shows an orphan that nobody finds; refusing it here finds the mistake.
    """
    ts = args.text("thread_ts")
    if not ts:
        return {}
    parent = place.messages.get(ts)
    if parent is None or parent.get("subtype") == "tombstone":
        raise SlackError("cannot_reply_to_message")
    root = parent.get("thread_ts", ts)
    return {"thread_ts": root, "parent_user_id": place.messages[root].get("user", "")}


def _own(context: Context, args: Args, refusal: str) -> tuple[Conversation, Json]:
    """A message of the app itself, for update and delete."""
    place = conversation_of(context, args)
    message = place.messages.get(args.needed("ts"))
    if message is None or message.get("subtype") == "tombstone":
        raise SlackError("message_not_found")
    if message.get("bot_id") != context.world.bot_id:
        raise SlackError(refusal)
    return place, message
