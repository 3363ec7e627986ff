"""What the plain app shows; shapes from https://docs.slack.dev/reference/block-kit and https://docs.slack.dev/reference/views"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
CITIES = ("江州", "江宁", "海州")


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(text: str) -> Json:
    return {"text": plain(text), "value": text}


def button(text: str, action_id: str) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, "value": text}


def answer(text: str) -> list[Json]:
    """A message with two buttons."""
    words = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    return [words, {"type": "actions", "elements": [button("换", "change"), button("删", "remove")]}]


def entry(block_id: str, element: Json, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(block_id),
        "element": element,
        "optional": True,
    } | more


def form(title: str = "登记") -> Json:
    """A modal with one of each kind of input that asks Slack or the app for its choices."""
    where = {"type": "conversations_select", "action_id": "where", "default_to_current_conversation": True}
    blocks = [
        entry("name", {"type": "plain_text_input", "action_id": "name"}, optional=False),
        entry("grade", {"type": "static_select", "action_id": "grade", "options": [option("一级"), option("二级")]}),
        entry("city", {"type": "external_select", "action_id": "city", "min_query_length": 1}),
        entry("who", {"type": "users_select", "action_id": "who"}),
        entry("where", where | {"response_url_enabled": True}),
        entry("day", {"type": "datepicker", "action_id": "day"}),
        entry("quick", {"type": "plain_text_input", "action_id": "quick"}, dispatch_action=True),
    ]
    view = {"type": "modal", "callback_id": "form", "title": plain(title), "submit": plain("提交"), "blocks": blocks}
    return view | {"notify_on_close": True, "private_metadata": "note"}


def home() -> Json:
    return {"type": "home", "blocks": [{"type": "actions", "elements": [button("登记", "open_form")]}]}


def submitted(view: Json) -> Json | None:
    """What a submission is answered with, by the name that was entered; None just closes the form."""
    name = view["state"]["values"]["name"]["name"]["value"]
    known: dict[str, Json] = {
        "错": {"response_action": "errors", "errors": {"name": "没有这个客户"}},
        "换": {"response_action": "update", "view": form("换过")},
        "叠": {"response_action": "push", "view": form("叠上")},
        "清": {"response_action": "clear"},
    }
    return known.get(name)
