"""What a person may choose in a select: an option of its own, one that the app offered, a person, a conversation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.workspace.problems import Refused
from bot.workspace.state import Conversation, Json, World
from bot.workspace.suggestions import EXTERNAL
from bot.workspace.view_state import elements, option

Offered = Mapping[tuple[str, str], list[Json]]
_FILTER = {"channel": "public", "group": "private", "im": "im", "mpim": "mpim"}


def chosen(world: World, user: str, block: Json, element: Json, raw: Any, *, offered: Offered) -> Any:
    """What was chosen as the element keeps it; Refused for what it does not offer. Nothing chosen is nothing."""
    if raw in (None, "", []):
        return raw
    kind = element["type"]
    if kind.startswith("multi_") or kind == "checkboxes":
        several = raw if isinstance(raw, list) else [raw]
        if len(several) > element.get("max_selected_items", len(several)):
            raise Refused("too_many_options", f"最多选 {element['max_selected_items']} 项。")
        return [_one(world, user, block, element, each, offered=offered) for each in several]
    return _one(world, user, block, element, raw, offered=offered)


def given_values(world: World, user: str, view: Json, given: Mapping[str, Any], offered: Offered) -> dict[str, Any]:
    """What a person filled in, as `{block_id: {action_id: value}}`, each choice checked."""
    checked: dict[str, Any] = {}
    for block, element in elements(view["blocks"]):
        block_id, action_id = block["block_id"], element["action_id"]
        inner = given.get(block_id)
        source = inner if isinstance(inner, dict) and action_id in inner else given
        if action_id in source:
            value = chosen(world, user, block, element, source[action_id], offered=offered)
            checked.setdefault(block_id, {})[action_id] = value
    return checked


def may_be_chosen(world: World, user: str, element: Json, place: Conversation) -> bool:
    """A conversation that the person is in (or a public channel) and the element's `filter` lets through.

    https://docs.slack.dev/reference/block-kit/composition-objects/conversation-filter-object
    """
    wanted = element.get("filter") or {}
    if place.kind != "channel" and user not in place.members:
        return False
    if wanted.get("exclude_bot_users") and place.kind == "im":
        return False
    if wanted.get("exclude_external_shared_channels") and world.is_shared(place):
        return False
    return _FILTER[place.kind] in wanted.get("include", list(_FILTER.values()))


def _one(world: World, user: str, block: Json, element: Json, raw: Any, *, offered: Offered) -> Any:
    kind = element["type"].removeprefix("multi_")
    if element["type"] in EXTERNAL:
        return _external(offered.get((block["block_id"], element["action_id"]), []), element, raw)
    if kind == "users_select":
        good = raw in world.users and not world.users[raw].deleted
    elif kind in ("conversations_select", "channels_select"):
        place = world.conversations.get(raw)
        good = place is not None and may_be_chosen(world, user, element, place)
        good = good and (kind == "conversations_select" or (place is not None and place.kind == "channel"))
    elif "options" in element or "option_groups" in element:
        good = option(element, raw) is not None
    else:
        good = True
    if not good:
        raise Refused("option_not_found", "没有这个选项。")
    return raw


def _external(known: list[Json], element: Json, raw: Any) -> Json:
    """An option that the app has offered to this person, by its value or whole, or the one that was there at first."""
    first = [element.get("initial_option"), *element.get("initial_options", [])]
    value = raw.get("value") if isinstance(raw, dict) else raw
    found: Json | None = next((o for o in [*known, *first] if o and o["value"] == value), None)
    if found is None:
        raise Refused("option_not_found", "没有这个选项。")
    return found
