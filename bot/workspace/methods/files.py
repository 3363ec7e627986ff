"""files.*: uploads in two steps (v2), and what is known of a file."""

from __future__ import annotations

from typing import Any

from bot.workspace.args import Args
from bot.workspace.files import (
    MOST_BYTES,
    MOST_IN_A_MESSAGE,
    StoredFile,
    file_object,
    keep,
    may_read,
    share,
    shared_event,
)
from bot.workspace.messages import by_the_app, check_blocks, post
from bot.workspace.methods.registry import Context, conversation_of, method
from bot.workspace.problems import SlackError
from bot.workspace.state import Conversation, Json


@method("files.getUploadURLExternal")
def upload_address(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/files.getUploadURLExternal: takes the bytes, without a token."""
    name, length = args.needed("filename"), args.whole("length", 0)
    if length <= 0:
        raise SlackError("invalid_arguments")
    if length > MOST_BYTES:
        raise SlackError("file_upload_size_restricted")
    world = context.world
    stored = keep(world, world.seed.bot_user_id, name, None, length)
    return {"upload_url": f"{context.page_url}upload/v1/{world.upload_ticket(stored.id)}", "file_id": stored.id}


@method("files.completeUploadExternal")
def complete_upload(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/files.completeUploadExternal: shares in `channel_id` or `channels`."""
    told = args.get("files")
    if not isinstance(told, list) or not 1 <= len(told) <= MOST_IN_A_MESSAGE:
        raise SlackError("invalid_arguments")
    stored = [_uploaded(context, one) for one in told]
    for channel in _channels(args):
        _share(context, conversation_of(context, Args(channel=channel)), stored, args)
    return {"files": [{"id": one.id, "title": one.title} for one in stored]}


@method("files.info")
def file_info(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/files.info: of files that stand where the app is."""
    stored = context.world.files.get(args.needed("file"))
    if stored is None or stored.content is None or not may_read(context.world, stored, context.world.seed.bot_user_id):
        raise SlackError("file_not_found")
    return {"file": file_object(context.world, stored, context.page_url), "comments": [], "response_metadata": {}}


def _channels(args: Args) -> list[str]:
    several = [c.strip() for c in args.text("channels").split(",") if c.strip()]
    return [args.text("channel_id")] if args.text("channel_id") else several


def _share(context: Context, place: Conversation, stored: list[StoredFile], args: Args) -> None:
    """As one message of the app; its other events come first, as those of a person's files do."""
    world, thread = context.world, args.text("thread_ts")
    if thread and thread not in place.messages:
        raise SlackError("invalid_thread_ts")
    if place.archived:
        raise SlackError("is_archived")
    objects = [file_object(world, one, context.page_url) for one in stored]
    content: Json = {"text": args.text("initial_comment"), "files": objects, "subtype": "file_share"}
    if args.get("blocks"):
        content["blocks"] = check_blocks(args["blocks"])
    for one in stored:
        share(one, place)
        context.announce(place, shared_event(world, one, place))
    where = {"thread_ts": place.messages[thread].get("thread_ts", thread)} if thread else {}
    post(world, place, by_the_app(world, content | where), context.announce)


def _uploaded(context: Context, told: Any) -> StoredFile:
    stored = context.world.files.get(str(told.get("id"))) if isinstance(told, dict) else None
    if stored is None or stored.content is None or stored.user != context.world.seed.bot_user_id:
        raise SlackError("file_not_found")
    stored.title = str(told.get("title") or stored.name)
    return stored
