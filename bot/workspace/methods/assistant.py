"""assistant.threads.*: what an agent shows beside its messages. https://docs.slack.dev/ai/developing-agents"""

from __future__ import annotations

from bot.workspace.args import Args
from bot.workspace.methods.registry import Context, conversation_of, method
from bot.workspace.problems import SlackError
from bot.workspace.state import Json

_STATUS_SECONDS = 120.0
"""A status that no message ends is gone by itself: https://docs.slack.dev/reference/methods/assistant.threads.setStatus"""


@method("assistant.threads.setStatus")
def set_status(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/assistant.threads.setStatus: empty text or the next message ends it."""
    place = conversation_of(context, _with_channel(args))
    key = (place.id, args.needed("thread_ts"))
    if key[1] not in place.messages:
        raise SlackError("thread_not_found")
    context.world.statuses[key] = args.text("status")
    context.world.statuses_until[key] = context.world.clock() + _STATUS_SECONDS
    if not args.text("status"):
        del context.world.statuses[key]
    context.world.changes.note()
    return {}


@method("assistant.threads.setSuggestedPrompts")
def set_prompts(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts: four at most."""
    place = _agent_thread(context, args)
    prompts = args.get("prompts")
    thread = args.text("thread_ts")
    if thread and thread not in context.world.conversations[place].messages:
        raise SlackError("invalid_thread_ts")
    if not isinstance(prompts, list) or not all(isinstance(p, dict) and p.get("title") for p in prompts):
        raise SlackError("invalid_arguments")
    if len(prompts) > 4:
        raise SlackError("too_many_prompts")
    if thread and context.world.manifest.agent_kind == "agent":
        return {}  # silently nothing, says the page: `thread_ts` is for the older assistant_view alone
    context.world.prompts[place] = {"title": args.text("title"), "prompts": prompts}
    context.world.changes.note()
    return {}


@method("assistant.threads.setTitle")
def set_title(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/assistant.threads.setTitle"""
    place = _agent_thread(context, args)
    context.world.titles[place, args.needed("thread_ts")] = args.needed("title")
    context.world.changes.note()
    return {}


def _agent_thread(context: Context, args: Args) -> str:
    """The id of the direct message; the app must be an agent by its manifest."""
    place = conversation_of(context, _with_channel(args))
    if not context.world.manifest.agent or place.kind != "im":
        raise SlackError("not_allowed")
    return place.id


def _with_channel(args: Args) -> Args:
    """These methods call the channel `channel_id`."""
    return Args(args | {"channel": args.text("channel_id")})
