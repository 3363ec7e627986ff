"""Finds what Slack would refuse in blocks and views, each fault with its JSON pointer."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from typing import Any

from bot.workspace.block_rules import (
    BLOCKS,
    ELEMENTS,
    MOST_BLOCKS,
    OBJECTS,
    RICH_INLINE,
    RICH_PARTS,
    SURFACES,
    Rule,
    Shape,
)

Faults = Iterator[str]


def faults_in(blocks: Any, surface: str, at: str = "/blocks") -> list[str]:
    """All faults, each as Slack words it: `what is wrong [json-pointer:/blocks/0/text]`. Empty when all is well."""
    if not isinstance(blocks, list):
        return [f"must be an array [json-pointer:{at}]"]
    found = []
    if len(blocks) > MOST_BLOCKS[surface]:
        found.append(f"no more than {MOST_BLOCKS[surface]} items allowed [json-pointer:{at}]")
    for place, block in enumerate(blocks):
        found += _block(block, surface, f"{at}/{place}")
    return found + list(_repeated(blocks, "block_id", at))


def faults_in_view(view: Any) -> list[str]:
    """The same for a modal or Home view: https://docs.slack.dev/reference/views"""
    if not isinstance(view, dict):
        return ["must be an object [json-pointer:/view]"]
    kind = view.get("type")
    if kind not in ("modal", "home"):
        return ["`type` must be one of modal, home [json-pointer:/view/type]"]
    found = list(_shape(view, _VIEWS[kind], "/view")) + faults_in(view.get("blocks", []), kind, "/view/blocks")
    blocks = view.get("blocks") if isinstance(view.get("blocks"), list) else []
    if kind == "modal" and "submit" not in view and any(_type(b) == "input" for b in blocks or []):
        found.append("missing required field: submit, since the view has an input block [json-pointer:/view]")
    return found


def text_length(tree: Any) -> int:
    """Characters in all `text` and `alt_text` strings: what counts toward msg_blocks_too_long."""
    if isinstance(tree, dict):
        return sum(len(v) if isinstance(v, str) and k in _COUNTED else text_length(v) for k, v in tree.items())
    return sum(map(text_length, tree)) if isinstance(tree, list) else 0


def with_ids(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Blocks as Slack stores them: every block with a block_id, every interactive element with an action_id."""
    return [_with_id(block) for block in blocks]


_COUNTED = frozenset({"text", "alt_text"})
_VIEW = {
    "type": Rule("str"), "blocks": Rule("any"), "callback_id": Rule("str", 255), "external_id": Rule("str", 255),
    "private_metadata": Rule("str", 3000),
}  # fmt: skip
_TITLE = Rule("text", 24, 1, frozenset({"plain_text"}))
_VIEWS = {
    "home": Shape(_VIEW, needs=("blocks",), loose=True),
    "modal": Shape(
        _VIEW | {"title": _TITLE, "close": _TITLE, "submit": _TITLE, "clear_on_close": Rule("bool"),
                 "notify_on_close": Rule("bool"), "submit_disabled": Rule("bool")},
        needs=("title", "blocks"),
    ),
}  # fmt: skip


def _type(thing: Any) -> str:
    kind = thing.get("type") if isinstance(thing, dict) else None
    return kind if isinstance(kind, str) else ""


def _block(block: Any, surface: str, at: str) -> Faults:
    kind = _type(block)
    if kind not in BLOCKS:
        yield f"unsupported type: {kind} [json-pointer:{at}/type]"
        return
    if kind not in SURFACES[surface]:
        yield f"block type {kind} is not supported in a {surface} [json-pointer:{at}/type]"
    shape = BLOCKS[kind]
    yield from _shape(block, Shape(shape.fields | _BLOCK, shape.needs, shape.one_of, shape.loose), at)
    elements = block.get("elements")
    if isinstance(elements, list):
        yield from _repeated(elements, "action_id", f"{at}/elements")
    if kind == "rich_text":
        yield from _rich_text(elements, RICH_PARTS, f"{at}/elements")
    if kind in ("table", "data_table"):
        yield from _rows(block.get("rows"), f"{at}/rows")


_BLOCK = {"type": Rule("str"), "block_id": Rule("str", 255)}


def _rows(rows: Any, at: str) -> Faults:
    """A table's rows are lists of typed cells; a data_table's are all of one length, 20 at most."""
    for place, row in enumerate(rows if isinstance(rows, list) else []):
        if not isinstance(row, list) or not 1 <= len(row) <= 20:
            yield f"must be an array of 1 to 20 cells [json-pointer:{at}/{place}]"
        elif len(row) != len(rows[0]):
            yield f"must have as many cells as the first row [json-pointer:{at}/{place}]"
        elif not all(map(_type, row)):
            yield f"every cell must have a type [json-pointer:{at}/{place}]"


def _rich_text(parts: Any, allowed: frozenset[str], at: str) -> Faults:
    """Sections, lists, quotes and code, and inside them known inline elements; a list holds sections."""
    if not isinstance(parts, list):
        yield f"must be an array [json-pointer:{at}]"
        return
    for place, part in enumerate(parts):
        kind = _type(part)
        if kind not in allowed:
            yield f"unsupported type: {kind} [json-pointer:{at}/{place}/type]"
        elif kind in RICH_PARTS:
            inner = frozenset({"rich_text_section"}) if kind == "rich_text_list" else RICH_INLINE
            yield from _rich_text(part.get("elements"), inner, f"{at}/{place}/elements")
        elif kind == "text" and not (isinstance(part.get("text"), str) and part["text"]):
            yield f"must provide a string [json-pointer:{at}/{place}/text]"


def _repeated(things: list[Any], key: str, at: str) -> Faults:
    seen: set[str] = set()
    for place, thing in enumerate(things):
        name = thing.get(key) if isinstance(thing, dict) else None
        if isinstance(name, str) and name in seen:
            yield f"`{key}` {name!r} already exists for another {key[:-3]} [json-pointer:{at}/{place}/{key}]"
        seen.add(str(name))


def _shape(thing: Any, shape: Shape, at: str) -> Faults:
    if not isinstance(thing, dict):
        yield f"must be an object [json-pointer:{at}]"
        return
    for name in shape.needs:
        if thing.get(name) is None:
            yield f"missing required field: {name} [json-pointer:{at}]"
    if shape.one_of and not any(thing.get(name) for name in shape.one_of):
        yield f"must define either `{'` or `'.join(shape.one_of)}` [json-pointer:{at}]"
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


def _text(value: Any, rule: Rule, at: str) -> Faults:
    if _type(value) not in rule.names:
        yield f"must be a text object of type {', '.join(sorted(rule.names))} [json-pointer:{at}/type]"
        return
    yield from _shape({k: v for k, v in value.items() if k != "text"}, _TEXT[value["type"]], at)
    yield from _string(value.get("text"), Rule("str", rule.most, rule.least), f"{at}/text")


_TEXT = {
    "mrkdwn": Shape({"verbatim": Rule("bool"), "type": Rule("str")}),
    "plain_text": Shape({"emoji": Rule("bool"), "type": Rule("str")}),
}


def _texts(value: Any, rule: Rule, at: str) -> Faults:
    yield from _count(value, rule, at)
    each = Rule("text", int(rule.shape), 1, frozenset({"plain_text", "mrkdwn"}))
    for place, text in enumerate(value if isinstance(value, list) else []):
        yield from _text(text, each, f"{at}/{place}")


def _count(value: Any, rule: Rule, at: str) -> Faults:
    if not isinstance(value, list):
        yield f"must be an array [json-pointer:{at}]"
    elif rule.most and len(value) > rule.most:
        yield f"no more than {rule.most} items allowed [json-pointer:{at}]"
    elif len(value) < rule.least:
        yield f"must have at least {rule.least} items [json-pointer:{at}]"


def _element(value: Any, rule: Rule, at: str) -> Faults:
    kind = _type(value)
    if kind not in ELEMENTS or kind not in rule.names:
        yield f"unsupported type: {kind} [json-pointer:{at}/type]"
        return
    yield from _shape(value, ELEMENTS[kind], at)


def _elements(value: Any, rule: Rule, at: str) -> Faults:
    yield from _count(value, rule, at)
    for place, element in enumerate(value if isinstance(value, list) else []):
        yield from _element(element, rule, f"{at}/{place}")


def _object(value: Any, rule: Rule, at: str) -> Faults:
    return _shape(value, OBJECTS[rule.shape], at)


def _list(value: Any, rule: Rule, at: str) -> Faults:
    yield from _count(value, rule, at)
    if rule.shape and isinstance(value, list):
        for place, item in enumerate(value):
            yield from _shape(item, OBJECTS[rule.shape], f"{at}/{place}")


def _bool(value: Any, _: Rule, at: str) -> Faults:
    if not isinstance(value, bool):
        yield f"must provide a boolean [json-pointer:{at}]"


def _int(value: Any, _: Rule, at: str) -> Faults:
    if not isinstance(value, int) or isinstance(value, bool):
        yield f"must provide an integer [json-pointer:{at}]"


def _any(_value: Any, _rule: Rule, _at: str) -> Faults:
    return iter(())


_KINDS: dict[str, Callable[[Any, Rule, str], Faults]] = {
    "str": _string, "text": _text, "texts": _texts, "element": _element, "elements": _elements, "object": _object,
    "list": _list, "bool": _bool, "int": _int, "any": _any,
}  # fmt: skip


def _with_id(block: dict[str, Any]) -> dict[str, Any]:
    named = {"block_id": secrets.token_urlsafe(4), **block}
    for key in ("accessory", "element"):
        if isinstance(named.get(key), dict):
            named[key] = _with_action_id(named[key])
    if named.get("type") in ("actions", "context_actions"):
        named["elements"] = [_with_action_id(e) for e in named["elements"]]
    return named


def _with_action_id(element: dict[str, Any]) -> dict[str, Any]:
    return element if element.get("type") == "image" else {"action_id": secrets.token_urlsafe(4), **element}
