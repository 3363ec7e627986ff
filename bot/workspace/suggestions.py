"""Options that a select takes from the app, as a person types: block_suggestion.

https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_multi_select
"""

from __future__ import annotations

from typing import Any

from bot.workspace.problems import NotDelivered, Refused
from bot.workspace.state import Json

MOST = 100
EXTERNAL = ("external_select", "multi_external_select")
_SHORTEST = 3


def check_query(element: Json, typed: str) -> None:
    """Refused where the client would not ask yet, or the element has options of its own."""
    if element["type"] not in EXTERNAL:
        raise Refused("not_external", "这个选单不由应用提供选项。")
    if len(typed) < element.get("min_query_length", _SHORTEST):
        raise Refused("too_short", f"请至少输入 {element.get('min_query_length', _SHORTEST)} 个字。")


def check_options(body: Json) -> Json:
    """`options` or `option_groups` of an ack, as Slack takes them; NotDelivered where it would show a failure."""
    options, groups = body.get("options"), body.get("option_groups")
    if (options is None) == (groups is None):
        raise NotDelivered("invalid_options", "应用没有返回选项。")
    told = [options] if groups is None else [g.get("options") if isinstance(g, dict) else None for g in groups]
    if len(told) > MOST or not all(isinstance(some, list) and len(some) <= MOST for some in told):
        raise NotDelivered("invalid_options", f"应用返回的选项超过 {MOST} 个,或不是列表。")
    if not all(_is_option(o) for some in told for o in some or []):
        raise NotDelivered("invalid_options", "应用返回的选项不符合格式。")
    return {"options": options} if groups is None else {"option_groups": groups}


def all_options(body: Json) -> list[Json]:
    """The options of a checked answer, whether in groups or not."""
    groups = body.get("option_groups")
    return list(body["options"]) if groups is None else [o for g in groups for o in g["options"]]


def _is_option(option: Any) -> bool:
    """https://docs.slack.dev/reference/block-kit/composition-objects/option-object"""
    if not isinstance(option, dict) or not isinstance(option.get("text"), dict):
        return False
    text, value = option["text"].get("text"), option.get("value")
    return isinstance(text, str) and 0 < len(text) <= 75 and isinstance(value, str) and 0 < len(value) <= 150
