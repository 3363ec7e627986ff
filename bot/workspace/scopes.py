"""Which scope a Web API method or an event needs; the manifest says which ones the app has.

https://docs.slack.dev/reference/scopes
"""

from __future__ import annotations

from bot.workspace.manifest import Manifest
from bot.workspace.problems import SlackError

# Any one of the scopes named will do; nothing named means any token will do.
METHOD_SCOPES: dict[str, tuple[str, ...]] = {
    "chat.postMessage": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "chat.update": ("chat:write",),
    "chat.delete": ("chat:write",),
    "users.info": ("users:read",),
    "users.list": ("users:read",),
    "users.lookupByEmail": ("users:read.email",),
    "files.getUploadURLExternal": ("files:write",),
    "files.completeUploadExternal": ("files:write",),
    "files.info": ("files:read",),
    "reactions.add": ("reactions:write",),
    "reactions.remove": ("reactions:write",),
    "reactions.get": ("reactions:read",),
    "assistant.threads.setStatus": ("chat:write", "assistant:write"),
    "assistant.threads.setSuggestedPrompts": ("assistant:write",),
    "assistant.threads.setTitle": ("assistant:write",),
}
# The prefix of a conversation's scopes by its kind: channels:read, groups:history, im:write …
FAMILY = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}

# Any one of these will do; an event that is not here needs none.
EVENT_SCOPES: dict[str, tuple[str, ...]] = {
    "message.im": ("im:history",),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.mpim": ("mpim:history",),
    "app_mention": ("app_mentions:read",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "file_shared": ("files:read",),
    "user_change": ("users:read",),
}


def demand(manifest: Manifest, *any_of: str) -> None:
    """Raise missing_scope, with `needed` and `provided` as Slack names them, unless one of the scopes is granted."""
    if any_of and not manifest.scopes.intersection(any_of):
        raise SlackError("missing_scope", needed=any_of[0], provided=",".join(sorted(manifest.scopes)))


def subscribed(manifest: Manifest, event: str) -> bool:
    """True when the manifest asks for this event and the app holds the scope without which Slack sends none."""
    scopes = EVENT_SCOPES.get(event)
    return event in manifest.bot_events and (scopes is None or not manifest.scopes.isdisjoint(scopes))
