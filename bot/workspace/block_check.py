"""Finds what Slack would refuse in blocks and views, each fault with its JSON pointer."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from bot.workspace.block_laws import laws_broken
from bot.workspace.block_rules import (
    MOST_BLOCKS,
    MOST_IN_A_MESSAGE,
    MOST_TEXT_OF_A_KIND,
    SHAPES,
    SURFACES,
    TABLES,
    VIEWS,
)
from bot.workspace.block_text import held_elements, text_length, type_of
from bot.workspace.element_rules import ONLY_IN_MODALS
from bot.workspace.rules import Rule, Shape

Faults = Iterator[str]


def faults_in(blocks: Any, surface: str, at: str = "/blocks") -> list[str]:
    """All faults, each as Slack words it: `what is wrong [json-pointer:/blocks/0/text]`. Empty when all is well.

    `surface` is message, home or modal.
    """
    if not isinstance(blocks, list):
        return [f"must be an array [json-pointer:{at}]"]
    found = []
    if len(blocks) > MOST_BLOCKS[surface]:
        found.append(f"no more than {MOST_BLOCKS[surface]} items allowed [json-pointer:{at}]")
    for place, block in enumerate(blocks):
        found += _typed(block, Rule("typed", names=frozenset(TABLES["block"]), shape="block"), f"{at}/{place}")
        found += _misplaced(block, surface, f"{at}/{place}")
    found += _repeated(blocks, "block_id", at)
    return found + list(_together(blocks, at) if surface == "message" else ())


def faults_in_view(view: Any) -> list[str]:
    """The same for a modal or Home view: https://docs.slack.dev/reference/views"""
    if not isinstance(view, dict):
        return ["must be an object [json-pointer:/view]"]
    kind = view.get("type")
    if kind not in VIEWS:
        return ["`type` must be one of modal, home [json-pointer:/view/type]"]
    blocks = view.get("blocks", [])
    found = list(_shape(view, VIEWS[kind], "/view")) + faults_in(blocks, kind, "/view/blocks")
    if kind == "modal" and "submit" not in view and "input" in map(type_of, blocks if isinstance(blocks, list) else []):
        found.append("missing required field: submit, since the view has an input block [json-pointer:/view]")
    return found + list(_focused(blocks))


def _misplaced(block: Any, surface: str, at: str) -> Faults:
    """A block or an element that this surface does not show."""
    kind = type_of(block)
    if kind in TABLES["block"] and kind not in SURFACES[surface]:
        yield f"block type {kind} is not supported in a {surface} [json-pointer:{at}/type]"
    element = block.get("element") if isinstance(block, dict) else None
    if type_of(element) in ONLY_IN_MODALS and surface != "modal":
        yield f"element type {type_of(element)} is not supported in a {surface} [json-pointer:{at}/element/type]"
    # Only within a plan may a task wait: https://docs.slack.dev/reference/block-kit/blocks/task-card-block
    if kind == "task_card" and block.get("status") == "pending":
        yield f"a task card outside a plan cannot be pending [json-pointer:{at}/status]"


def _together(blocks: list[Any], at: str) -> Faults:
    """What counts over all blocks of a message: how many charts, how much text in tables and in Markdown."""
    many = Counter(map(type_of, blocks))
    for kind, most in MOST_IN_A_MESSAGE.items():
        if many[kind] > most:
            yield f"no more than {most} {kind} blocks allowed [json-pointer:{at}]"
    for kind, most in MOST_TEXT_OF_A_KIND.items():
        if text_length([b for b in blocks if type_of(b) == kind]) > most:
            yield f"no more than {most} characters allowed in all {kind} blocks [json-pointer:{at}]"


def _focused(blocks: Any) -> Faults:
    """https://docs.slack.dev/reference/block-kit: only one element of a view can have `focus_on_load`."""
    focused = [
        f"/view/blocks/{place}"
        for place, block in enumerate(blocks if isinstance(blocks, list) else [])
        for element in held_elements(block)
        if isinstance(element, dict) and element.get("focus_on_load") is True
    ]
    for at in focused[1:]:
        yield f"only one element can have focus_on_load [json-pointer:{at}]"


def _repeated(things: list[Any], key: str, at: str) -> Faults:
    seen: set[str] = set()
    for place, thing in enumerate(things):
        name = thing.get(key) if isinstance(thing, dict) else None
        if isinstance(name, str):
            if name in seen:
                yield f"`{key}` {name!r} already exists for another {key[:-3]} [json-pointer:{at}/{place}/{key}]"
            seen.add(name)


def _typed(thing: Any, rule: Rule, at: str) -> Faults:
    """One thing that bears its type: known there, of its shape, with its elements' names different, by its laws."""
    kind, table = type_of(thing), TABLES[rule.shape]
    if kind not in rule.names or kind not in table:
        yield f"unsupported type: {kind} [json-pointer:{at}/type]"
        return
    faults = list(_shape(thing, table[kind], at))
    for key in ("elements", "actions"):
        if isinstance(thing.get(key), list):
            faults += _repeated(thing[key], "action_id", f"{at}/{key}")
    yield from faults or laws_broken(rule.shape, kind, thing, at)


def _shape(thing: Any, shape: Shape, at: str) -> Faults:
    if not isinstance(thing, dict):
        yield f"must be an object [json-pointer:{at}]"
        return
    for name in shape.needs:
        if thing.get(name) is None:
            yield f"missing required field: {name} [json-pointer:{at}]"
    if shape.any_of and all(thing.get(name) is None for name in shape.any_of):
        yield f"must define either `{'` or `'.join(shape.any_of)}` [json-pointer:{at}]"
    if len([name for name in shape.not_both if thing.get(name) is not None]) > 1:
        yield f"cannot define both `{'` and `'.join(shape.not_both)}` [json-pointer:{at}]"
    for name, value in thing.items():
        rule = shape.fields.get(name)
        if rule is not None and value is not None:
            yield from _KINDS[rule.kind](value, rule, f"{at}/{name}")
        elif rule is None and not shape.loose and name != "type":
            yield f"invalid additional property: {name} [json-pointer:{at}]"


def _string(value: Any, rule: Rule, at: str) -> Faults:
    if not isinstance(value, str):
        yield f"must provide a string [json-pointer:{at}]"
    elif rule.most and len(value) > rule.most:
        yield f"must be less than {rule.most + 1} characters [json-pointer:{at}]"
    elif len(value) < rule.least:
        yield f"must be more than {rule.least - 1} characters [json-pointer:{at}]"
    elif rule.names and value not in rule.names:
        yield f"must be one of {', '.join(sorted(rule.names))} [json-pointer:{at}]"
    elif rule.form and not re.fullmatch(rule.form, value):
        yield f"must match {rule.form} [json-pointer:{at}]"


def _text(value: Any, rule: Rule, at: str) -> Faults:
    if type_of(value) not in rule.names:
        yield f"must be a text object of type {', '.join(sorted(rule.names))} [json-pointer:{at}/type]"
        return
    yield from _shape({k: v for k, v in value.items() if k != "text"}, _TEXT[value["type"]], at)
    yield from _string(value.get("text"), Rule("str", rule.most, rule.least), f"{at}/text")


_TEXT = {"mrkdwn": Shape({"verbatim": Rule("bool")}), "plain_text": Shape({"emoji": Rule("bool")})}


def _count(value: Any, rule: Rule, at: str) -> Faults:
    if not isinstance(value, list):
        yield f"must be an array [json-pointer:{at}]"
    elif rule.most and len(value) > rule.most:
        yield f"no more than {rule.most} items allowed [json-pointer:{at}]"
    elif len(value) < rule.least:
        yield f"must have at least {rule.least} items [json-pointer:{at}]"


def _each(check: Callable[[Any, Rule, str], Faults]) -> Callable[[Any, Rule, str], Faults]:
    """The check of a list whose every item is held to `check`."""

    def check_all(value: Any, rule: Rule, at: str) -> Faults:
        yield from _count(value, rule, at)
        for place, item in enumerate(value if isinstance(value, list) else []):
            yield from check(item, rule, f"{at}/{place}")

    return check_all


def _object(value: Any, rule: Rule, at: str) -> Faults:
    yield from list(_shape(value, SHAPES[rule.shape], at)) or laws_broken("object", rule.shape, value, at)


def _cell(value: Any, rule: Rule, at: str) -> Faults:
    return _typed(value, Rule("typed", names=rule.names, shape="cell"), at)


def _row(value: Any, rule: Rule, at: str) -> Faults:
    if not isinstance(value, list) or not 1 <= len(value) <= rule.each:
        yield f"must be an array of 1 to {rule.each} cells [json-pointer:{at}]"
        return
    yield from _each(_cell)(value, Rule("typed_list", names=rule.names), at)


def _bool(value: Any, _: Rule, at: str) -> Faults:
    if not isinstance(value, bool):
        yield f"must provide a boolean [json-pointer:{at}]"


def _int(value: Any, rule: Rule, at: str) -> Faults:
    if not isinstance(value, int) or isinstance(value, bool):
        yield f"must provide an integer [json-pointer:{at}]"
    elif value < rule.least or (rule.most and value > rule.most):
        yield f"must be between {rule.least} and {rule.most or 'any'} [json-pointer:{at}]"


def _number(value: Any, _: Rule, at: str) -> Faults:
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not whole and not (isinstance(value, float) and math.isfinite(value)):
        yield f"must provide a number [json-pointer:{at}]"


def _any(_value: Any, _rule: Rule, _at: str) -> Faults:
    return iter(())


_KINDS: dict[str, Callable[[Any, Rule, str], Faults]] = {
    "str": _string, "bool": _bool, "int": _int, "number": _number, "any": _any, "text": _text, "object": _object,
    "typed": _typed, "typed_list": _each(_typed), "objects": _each(_object), "rows": _each(_row),
    "texts": _each(lambda v, r, at: _text(v, Rule("text", r.each, 1, frozenset(_TEXT)), at)),
    "strings": _each(lambda v, r, at: _string(v, Rule("str", r.each, 1, r.names), at)),
}  # fmt: skip
