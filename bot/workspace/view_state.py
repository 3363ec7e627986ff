"""Views as Slack returns them, and the state of their inputs: https://docs.slack.dev/reference/views"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from typing import Any

from bot.workspace.block_text import with_ids
from bot.workspace.state import Json, World

# Where each element keeps what was entered, and where its first value stands.
_KEPT_AS = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "overflow": ("selected_option", ""),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_external_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "file_input": ("files", ""),
}


def new_view(world: World, raw: Json, old: Json | None = None) -> Json:
    """A stored view with Slack's fields; one that replaces `old` keeps its id, place and the inputs that remain."""
    seed = world.seed
    view: Json = {
        "id": "V" + secrets.token_hex(5).upper(), "team_id": seed.team_id, "type": raw["type"],
        "blocks": with_ids(raw["blocks"]), "private_metadata": raw.get("private_metadata", ""),
        "callback_id": raw.get("callback_id", ""), "external_id": raw.get("external_id", ""), "state": {"values": {}},
        "hash": f"{int(world.clock())}.{secrets.token_hex(4)}", "title": raw.get("title"), "close": raw.get("close"),
        "submit": raw.get("submit"), "clear_on_close": bool(raw.get("clear_on_close")),
        "notify_on_close": bool(raw.get("notify_on_close")), "previous_view_id": None, "root_view_id": "",
        "app_id": seed.app_id, "app_installed_team_id": seed.team_id, "bot_id": world.bot_id,
    }  # fmt: skip
    view["root_view_id"] = view["id"]
    if old:
        view |= {k: old[k] for k in ("id", "root_view_id", "previous_view_id")}
    fill_state(view, old["state"]["values"] if old else {})
    return view


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every interactive element with the block that holds it."""
    for block in blocks:
        held = [block.get("accessory"), block.get("element")]
        if block["type"] in ("actions", "context_actions"):
            held += block["elements"]
        yield from ((block, e) for e in held if isinstance(e, dict) and "action_id" in e)


def fill_state(view: Json, kept: Mapping[str, Mapping[str, Json]]) -> None:
    """Give every input its first value, or what was entered before under the same block and action."""
    values: dict[str, dict[str, Json]] = {}
    for block, element in elements(view["blocks"]):
        if element["type"] in _KEPT_AS and element["type"] != "overflow":
            before = kept.get(block["block_id"], {}).get(element["action_id"])
            state = before or entry(element, element.get(_KEPT_AS[element["type"]][1]))
            values.setdefault(block["block_id"], {})[element["action_id"]] = state
    view["state"] = {"values": values}


def entry(element: Json, raw: Any) -> Json:
    """One input's state. `raw` is a value as a person gives it: an option's value, a date, a text; or an option."""
    kind = element["type"]
    name, _ = _KEPT_AS.get(kind, ("value", ""))
    if name == "selected_option":
        value: Any = option(element, raw)
    elif name == "selected_options":
        value = [o for o in (option(element, r) for r in raw or []) if o]
    else:
        value = None if raw in ("", None) else raw
    return {"type": kind, name: value}


def option(element: Json, raw: Any) -> Json | None:
    """The option that has this value (or is this option); None when there is none. An external one is what it is."""
    if "external" in element["type"] and isinstance(raw, dict):
        return {k: raw[k] for k in ("text", "value")}
    wanted = raw.get("value") if isinstance(raw, dict) else raw
    groups = [o for g in element.get("option_groups", []) for o in g["options"]]
    found: list[Json] = [o for o in [*element.get("options", []), *groups] if o["value"] == wanted]
    return {k: found[0][k] for k in ("text", "value")} if found else None


def enter(view: Json, given: Mapping[str, Any]) -> None:
    """Write what a person filled in: `{block_id: {action_id: raw}}`, or flat `{action_id: raw}`."""
    for block, element in elements(view["blocks"]):
        block_id, action_id = block["block_id"], element["action_id"]
        inner = given.get(block_id)
        source = inner if isinstance(inner, dict) and action_id in inner else given
        if action_id in source and block_id in view["state"]["values"]:
            view["state"]["values"][block_id][action_id] = entry(element, source[action_id])
