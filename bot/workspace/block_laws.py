"""What Slack demands of the fields of a block or element together: https://docs.slack.dev/reference/block-kit

A law is asked only of a thing whose every field is right by itself; it yields what is wrong and under which field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from bot.workspace.block_text import type_of

Json = dict[str, Any]
Law = Callable[[Json], Iterator[tuple[str, str]]]


def laws_broken(table: str, kind: str, thing: Json, at: str) -> Iterator[str]:
    """Each law that this thing breaks, as `what [json-pointer:…]`."""
    for law in _LAWS.get((table, kind), ()):
        for wrong, where in law(thing):
            yield f"{wrong} [json-pointer:{at}{where}]"


def _ordered(low: str, high: str) -> Law:
    def law(thing: Json) -> Iterator[tuple[str, str]]:
        if thing.get(low) is not None and thing.get(high) is not None and Decimal(thing[low]) > Decimal(thing[high]):
            yield f"`{low}` cannot be greater than `{high}`", f"/{low}"

    return law


def _initial(thing: Json) -> Iterator[tuple[str, str]]:
    """What is chosen at first is one of the options, as they stand."""
    known = [*(thing.get("options") or []), *(o for g in thing.get("option_groups") or [] for o in g["options"])]
    if thing.get("initial_option") and thing["initial_option"] not in known:
        yield "must be one of the options", "/initial_option"
    if any(option not in known for option in thing.get("initial_options") or []):
        yield "must be among the options", "/initial_options"


def _not_too_many(thing: Json) -> Iterator[tuple[str, str]]:
    most = thing.get("max_selected_items")
    for name, value in thing.items():
        if most and name.startswith("initial_") and isinstance(value, list) and len(value) > most:
            yield f"no more than {most} items allowed", f"/{name}"


def _container(thing: Json) -> Iterator[tuple[str, str]]:
    if thing.get("default_collapsed") and not thing.get("is_collapsible"):
        yield "`default_collapsed` requires `is_collapsible`", "/default_collapsed"
    if thing.get("has_header_divider") and thing.get("is_collapsible"):
        yield "`has_header_divider` cannot be set when `is_collapsible` is true", "/has_header_divider"


def _rectangle(thing: Json) -> Iterator[tuple[str, str]]:
    """A data_table's rows are of one length, its first row has no rich text, its row header is one of its columns."""
    columns = len(thing["rows"][0])
    for place, row in enumerate(thing["rows"]):
        if len(row) != columns:
            yield "must have as many cells as the first row", f"/rows/{place}"
    for place, cell in enumerate(thing["rows"][0]):
        if type_of(cell) == "rich_text":
            yield "a header cannot be rich text", f"/rows/0/{place}/type"
    if (thing.get("row_header_column_index") or 0) >= columns:
        yield "must be one of the columns", "/row_header_column_index"


def _pie(thing: Json) -> Iterator[tuple[str, str]]:
    for place, segment in enumerate(thing["segments"]):
        if segment["value"] <= 0:
            yield "must be greater than 0", f"/segments/{place}/value"


def _series(thing: Json) -> Iterator[tuple[str, str]]:
    """Names and categories differ, and every series has one point for each category."""
    categories = thing["axis_config"]["categories"]
    names = [series["name"] for series in thing["series"]]
    if len(set(categories)) < len(categories):
        yield "categories must be unique", "/axis_config/categories"
    if len(set(names)) < len(names):
        yield "series names must be unique", "/series"
    for place, series in enumerate(thing["series"]):
        if sorted(point["label"] for point in series["data"]) != sorted(categories):
            yield "must have one point for each category", f"/series/{place}/data"


def _plan(thing: Json) -> Iterator[tuple[str, str]]:
    names = [task["task_id"] for task in thing["tasks"]]
    for place, name in enumerate(names):
        if name in names[:place]:
            yield f"`task_id` {name!r} already exists for another task", f"/tasks/{place}/task_id"


_SELECTS = (_initial, _not_too_many)
_LAWS: dict[tuple[str, str], tuple[Law, ...]] = {
    ("element", "plain_text_input"): (_ordered("min_length", "max_length"),),
    ("element", "number_input"): (_ordered("min_value", "max_value"),),
    ("element", "rich_text_input"): (_ordered("min_lines", "max_lines"),),
    ("element", "static_select"): (_initial,),
    ("element", "multi_static_select"): _SELECTS,
    ("element", "radio_buttons"): (_initial,),
    ("element", "checkboxes"): (_initial,),
    **{("element", f"multi_{kind}_select"): (_not_too_many,)
       for kind in ("external", "users", "conversations", "channels")},
    ("block", "container"): (_container,),
    ("block", "data_table"): (_rectangle,),
    ("block", "plan"): (_plan,),
    ("chart", "pie"): (_pie,),
    **{("chart", kind): (_series,) for kind in ("bar", "area", "line")},
}  # fmt: skip
