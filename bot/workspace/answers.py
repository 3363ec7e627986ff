"""Messages that come back outside chat.*: in a command's ack, and over a response_url.

https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
"""

from __future__ import annotations

from typing import Any

from bot.workspace.messages import Announce, by_the_app, check_content, post, remove, replace
from bot.workspace.problems import SlackError
from bot.workspace.state import Conversation, Json, ReplyUrl, World
from bot.workspace.text import strings

MOST_POSTS = 5
LIFETIME = 30 * 60


def answer(world: World, target: ReplyUrl, body: Json, announce: Announce) -> None:
    """Show an answer: to the person alone, to the channel (`in_channel`), or in place of the message pressed.

    Raises SlackError where the content is refused (invalid_blocks, no_text …).
    """
    place = world.conversations[target.channel]
    source = _source(place, target)
    if body.get("delete_original") and source is not None:
        _delete(world, place, source, announce)
        return
    # An answer to a button takes the message's place unless it says otherwise; one to a command never does.
    if source is not None and body.get("replace_original", "response_type" not in body) not in (False, "false"):
        _replace(world, place, source, check_content(body), announce)
        return
    message = by_the_app(world, check_content(body))
    thread = body.get("thread_ts") or target.thread_ts
    if thread in place.messages:
        message |= {"thread_ts": thread}
    if body.get("response_type") == "in_channel":
        post(world, place, message, announce)
    else:
        place.ephemerals.append((target.user, message | {"is_ephemeral": True}))
        world.mistakes.of_shown(place.id, strings(message), [target.user])
        world.changes.note()


def answer_by_url(world: World, name: str, body: Any, announce: Announce) -> str:
    """A post to a response_url; returns an empty string, or the error code that Slack gives (with a 4xx status)."""
    target = world.reply_urls.get(name)
    if target is None or world.clock() > target.until:
        return "expired_url"
    if target.posts >= MOST_POSTS:
        return "used_url"
    if not isinstance(body, dict):
        return "invalid_payload"
    target.posts += 1
    try:
        answer(world, target, body, announce)
    except SlackError as refused:
        return refused.code
    return ""


def _source(place: Conversation, target: ReplyUrl) -> Json | None:
    """The message that was pressed, ephemeral or not, if it is still there."""
    hidden = (m for user, m in place.ephemerals if user == target.user and m["ts"] == target.message_ts)
    return place.messages.get(target.message_ts or "") or next(hidden, None)


def _replace(world: World, place: Conversation, source: Json, content: Json, announce: Announce) -> None:
    kept = {"metadata": source["metadata"]} if "metadata" in source else {}
    replace(world, place, source, kept | content, announce)
    if source.get("is_ephemeral"):
        source.pop("edited", None)


def _delete(world: World, place: Conversation, source: Json, announce: Announce) -> None:
    if source["ts"] in place.messages:
        remove(world, place, source["ts"], announce)
        return
    place.ephemerals = [(user, m) for user, m in place.ephemerals if m is not source]
    world.changes.note()
