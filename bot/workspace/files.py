"""Files: what people drop and apps upload, kept in memory; each is readable by those who are where it was shared."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass, field
from urllib.parse import quote

from bot.workspace.state import Conversation, Json, World

MOST_BYTES = 64 * 1024 * 1024
"""Of one file. Slack takes 1 GB; this machine keeps all of them in memory."""
MOST_NAME = 255
"""Characters of a file's name."""
MOST_IN_A_MESSAGE = 10
"""https://slack.com/help/articles/201330736: files in one message."""


@dataclass
class StoredFile:
    """One file; `places` are the conversations where it stands. `content` is None until the upload has come."""

    id: str
    name: str
    user: str
    created: int
    length: int
    content: bytes | None = None
    title: str = ""
    places: list[str] = field(default_factory=list)


def keep(world: World, user: str, name: str, content: bytes | None, length: int | None = None) -> StoredFile:
    """A new file with an id of its own."""
    number = f"F{len(world.files) + 1:08d}"
    size = length if length is not None else len(content or b"")
    stored = StoredFile(number, name, user, int(world.clock()), size, content, name)
    world.files[number] = stored
    return stored


def file_object(world: World, stored: StoredFile, base: str) -> Json:
    """https://docs.slack.dev/reference/objects/file-object, as far as apps read it."""
    ending = stored.name.rpartition(".")[2].lower() if "." in stored.name else "binary"
    ref = f"{world.seed.team_id}-{stored.id}"
    address = f"{base}files-pri/{ref}/"
    return {
        "id": stored.id, "created": stored.created, "timestamp": stored.created, "name": stored.name,
        "title": stored.title, "mimetype": mimetypes.guess_type(stored.name)[0] or "application/octet-stream",
        "filetype": ending, "pretty_type": ending.upper(), "user": stored.user, "user_team": world.seed.team_id,
        "editable": False, "size": stored.length, "mode": "hosted", "is_external": False, "external_type": "",
        "is_public": False, "display_as_bot": False, "file_access": "visible",
        "url_private": f"{address}{quote(stored.name)}",
        "url_private_download": f"{address}download/{quote(stored.name)}",
        "permalink": f"{base}files/{stored.user}/{stored.id}/{quote(stored.name)}",
    }  # fmt: skip


def may_read(world: World, stored: StoredFile, user: str) -> bool:
    """Its owner, and whoever is in a conversation where it stands."""
    return user == stored.user or any(user in world.conversations[place].members for place in stored.places)


def shared_event(world: World, stored: StoredFile, place: Conversation) -> Json:
    """https://docs.slack.dev/reference/events/file_shared: the id alone; the app asks files.info for the rest."""
    told: Json = {"type": "file_shared", "channel_id": place.id, "file_id": stored.id, "user_id": stored.user}
    return told | {"file": {"id": stored.id}, "event_ts": world.stamp()}


def told_to_apps(objects: list[Json]) -> list[Json]:
    """Files as events of a Slack Connect conversation bear them: https://docs.slack.dev/reference/objects/file-object

    An app learns the rest from files.info.
    """
    kept = ("id", "created", "timestamp", "name", "title", "mimetype", "filetype", "user", "user_team", "size", "mode")
    return [{k: o[k] for k in kept} | {"file_access": "check_file_info"} for o in objects]


def share(stored: StoredFile, place: Conversation) -> None:
    """From now on it is seen there."""
    if place.id not in stored.places:
        stored.places.append(place.id)
