"""The Slack app's manifest, made from the registry of the handlers and the methods that the messenger calls."""

from typing import Any

from bot.slack.messenger import METHODS
from handlers import registry

NAME = "客户经理等级助手"

_METHOD_SCOPES: dict[str, tuple[str, ...]] = {
    "assistant.threads.setStatus": ("assistant:write",),
    "assistant.threads.setSuggestedPrompts": ("assistant:write",),
    "assistant.threads.setTitle": ("assistant:write",),
    "auth.test": (),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.history": ("im:history",),
    "conversations.open": ("im:write",),
    "conversations.replies": ("im:history",),
    "files.completeUploadExternal": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "files.info": ("files:read",),
    "users.info": ("users:read", "users:read.email"),
    "users.lookupByEmail": ("users:read.email",),
    "views.publish": (),
}
"""Only direct messages are read. Of channels the app keeps where it is mentioned, and threads of HR's own channel; what
else Slack tells it of channels that it is in is let go unread (`handlers.parse.hr_reply`)."""
_EVENT_SCOPES = {
    "message.im": "im:history",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "app_mention": "app_mentions:read",
    "app_home_opened": None,
}


def scopes() -> list[str]:
    """The least that the methods, events and commands need. KeyError for a method or event without an entry."""
    needed = {scope for method in METHODS for scope in _METHOD_SCOPES[method]}
    needed |= {scope for event in registry.SUBSCRIPTIONS if (scope := _EVENT_SCOPES[event])}
    return sorted(needed | ({"commands"} if registry.COMMANDS else set()))


def manifest(request_url: str | None = None) -> dict[str, Any]:
    """For Socket Mode; with the address of /slack/events for HTTP."""
    over_http = {"url": request_url} if request_url else {}
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": NAME,
            "description": "客户经理等级标准、本人进度与培训",
            "background_color": "#1f4e79",
        },
        "features": {
            "bot_user": {"display_name": NAME, "always_online": True},
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "agent_view": {
                "agent_description": "回答客户经理等级标准、本人进度与培训",
                "suggested_prompts": [
                    {"title": "能问什么", "message": "帮助"},
                    {"title": "规则查询", "message": "二级要多少存款"},
                ],
            },
            "slash_commands": [
                {
                    "command": command.name,
                    "description": command.description,
                    "usage_hint": command.usage,
                    "should_escape": True,
                    **over_http,
                }
                for command in registry.COMMANDS
            ],
        },
        "oauth_config": {"scopes": {"bot": scopes()}},
        "settings": {
            "event_subscriptions": {
                "bot_events": sorted(registry.SUBSCRIPTIONS),
                **({"request_url": request_url} if request_url else {}),
            },
            "interactivity": {"is_enabled": True, **({"request_url": request_url} if request_url else {})},
            "org_deploy_enabled": False,
            "socket_mode_enabled": request_url is None,
            "token_rotation_enabled": False,
        },
    }
