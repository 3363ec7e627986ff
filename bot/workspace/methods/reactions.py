"""reactions.*: the app's own marks on messages."""

from __future__ import annotations

from bot.workspace.args import Args
from bot.workspace.methods.registry import Context, conversation_of, method
from bot.workspace.problems import SlackError
from bot.workspace.reactions import mark, unmark
from bot.workspace.state import Conversation, Json


@method("reactions.add")
def add_reaction(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/reactions.add; the app hears of its own marks too."""
    place, ts = _item(context, args)
    if place.archived:
        raise SlackError("is_archived")
    bot = context.world.seed.bot_user_id
    context.announce(place, mark(context.world, place, ts, bot, args.text("name")))
    return {}


@method("reactions.remove")
def remove_reaction(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/reactions.remove"""
    place, ts = _item(context, args)
    bot = context.world.seed.bot_user_id
    context.announce(place, unmark(context.world, place, ts, bot, args.text("name")))
    return {}


@method("reactions.get")
def show_reactions(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/reactions.get"""
    place, ts = _item(context, args)
    if ts not in place.messages:
        raise SlackError("message_not_found")
    return {"type": "message", "channel": place.id, "message": place.messages[ts]}


def _item(context: Context, args: Args) -> tuple[Conversation, str]:
    ts = args.text("timestamp")
    if not args.text("channel") or not ts:
        raise SlackError("no_item_specified")
    if not ts.replace(".", "", 1).isdigit():
        raise SlackError("bad_timestamp")
    return conversation_of(context, args), ts
