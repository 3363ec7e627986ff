"""views.*: Home tabs and modals. https://docs.slack.dev/surfaces/modals"""

from __future__ import annotations

import json
from typing import Any

from bot.workspace.args import Args
from bot.workspace.block_check import faults_in_view
from bot.workspace.methods.registry import Context, method
from bot.workspace.problems import SlackError
from bot.workspace.state import Json, Trigger, World
from bot.workspace.text import strings
from bot.workspace.view_state import elements, new_view

_STACK = 3
_LARGEST = 250_000


@method("views.publish")
def publish_home(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/views.publish"""
    world, user = context.world, args.needed("user_id")
    if not world.manifest.home_tab:
        raise SlackError("not_enabled")
    if user not in world.users:
        raise SlackError("user_not_found")
    old = world.homes.get(user)
    if old and args.text("hash") and args.text("hash") != old["hash"]:
        raise SlackError("hash_conflict")
    view = new_view(world, check_view(args.get("view"), "home"), old)
    world.homes[user] = view
    world.mistakes.of_shown("views.publish", strings(view), [user])
    world.changes.note()
    return {"view": view}


@method("views.open")
def open_view(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/views.open: only within 3 s of what the person did, and once."""
    raw = check_view(args.get("view"), "modal")
    trigger = _spend(context.world, args)
    _unique(context.world, raw)
    return {"view": push(context.world, trigger.user, raw, clear=True, channel=trigger.channel)}


@method("views.push")
def push_view(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/views.push: onto an open modal, three at most on the stack."""
    raw = check_view(args.get("view"), "modal")
    trigger = _spend(context.world, args)
    _unique(context.world, raw)
    if not context.world.stacks.get(trigger.user):
        raise SlackError("not_found")
    return {"view": push(context.world, trigger.user, raw, channel=trigger.channel)}


@method("views.update")
def update_view(context: Context, args: Args) -> Json:
    """https://docs.slack.dev/reference/methods/views.update, by view_id or external_id."""
    world = context.world
    if not (args.text("view_id") or args.text("external_id")):
        args.needed("view_id")
    old = find(world, args.text("view_id"), args.text("external_id"))
    if old is None:
        raise SlackError("not_found")
    if args.text("hash") and args.text("hash") != old["hash"]:
        raise SlackError("hash_conflict")
    return {"view": swap(world, old, check_view(args.get("view"), old["type"]))}


def check_view(view: Any, kind: str) -> Json:
    """A view that Slack takes; SlackError invalid_arguments with each place, or view_too_large."""
    faults = faults_in_view(view)
    if not faults and view["type"] != kind:
        faults = [f"`type` must be {kind} [json-pointer:/view/type]"]
    if faults:
        raise SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {f}" for f in faults]})
    if len(json.dumps(view, ensure_ascii=False).encode()) > _LARGEST:
        raise SlackError("view_too_large")
    checked: Json = view
    return checked


def push(world: World, user: str, raw: Json, clear: bool = False, channel: str = "") -> Json:
    """Put a checked modal on a person's stack (on an empty one with `clear`); push_limit_reached beyond three.

    `channel` is where the person was: selects with `default_to_current_conversation` begin with it.
    """
    stack = [] if clear else world.stacks.get(user, [])
    if len(stack) >= _STACK:
        raise SlackError("push_limit_reached")
    view = new_view(world, raw)
    _begin_with(view, channel)
    view["previous_view_id"] = stack[-1]["id"] if stack else None
    view["root_view_id"] = stack[0]["id"] if stack else view["id"]
    world.stacks[user] = [*stack, view]
    world.mistakes.of_shown("views.open", strings(view), [user])
    world.changes.note()
    return view


def swap(world: World, old: Json, raw: Json) -> Json:
    """Replace an open view, keeping its id and place."""
    view = new_view(world, raw, old)
    owners = [user for user, stack in world.stacks.items() if any(v["id"] == old["id"] for v in stack)]
    owners += [user for user, home in world.homes.items() if home["id"] == old["id"]]
    world.mistakes.of_shown("views.update", strings(view), owners)
    for user, stack in world.stacks.items():
        world.stacks[user] = [view if v["id"] == old["id"] else v for v in stack]
    world.homes = {user: view if v["id"] == old["id"] else v for user, v in world.homes.items()}
    world.changes.note()
    return view


def find(world: World, view_id: str, external_id: str = "") -> Json | None:
    """An open modal or a Home view by its id or the app's own name for it."""
    everything = [v for stack in world.stacks.values() for v in stack] + list(world.homes.values())
    for view in everything:
        if (view_id and view["id"] == view_id) or (external_id and view["external_id"] == external_id):
            return view
    return None


def _unique(world: World, raw: Json) -> None:
    if raw.get("external_id") and find(world, "", raw["external_id"]):
        raise SlackError("duplicate_external_id")


def _begin_with(view: Json, channel: str) -> None:
    for block, element in elements(view["blocks"]):
        if channel and element.get("default_to_current_conversation"):
            state = view["state"]["values"][block["block_id"]][element["action_id"]]
            for name in ("selected_conversation", "selected_conversations"):
                if name in state and not state[name]:
                    state[name] = [channel] if name.endswith("s") else channel


def _spend(world: World, args: Args) -> Trigger:
    """Whose trigger this is; SlackError invalid_trigger_id, expired_trigger_id, exchanged_trigger_id."""
    trigger = world.triggers.get(args.needed("trigger_id"))
    if trigger is None:
        raise SlackError("invalid_trigger_id")
    if trigger.used:
        raise SlackError("exchanged_trigger_id")
    if world.clock() > trigger.until:
        raise SlackError("expired_trigger_id")
    trigger.used = True
    return trigger
