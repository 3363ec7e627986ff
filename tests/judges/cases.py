"""Block Kit's limits as cases: what stands in tests/workspace/blocks/*.yaml, written out.

A case with `most` or `least` becomes one at the bound, which is taken, and one past it, which is refused; `$text` is a
text of so many characters (`$rest` fills up to it), `$number` the number, `{$times: item}` so many items, `$i` the
place of each. A case with
`taken` or `refused` is one as it stands. What is judged is a `view`, the `blocks`, one `block`, or one `element`, which
stands in an actions block unless `in` says section, input, context or context_actions. `at` is the fault's place,
counted from the block or element. `by: types` says that of the other judges only the types of npm refuse, `alone`
gives the page that says so where none does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[1] / "workspace" / "blocks"
Json = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """Blocks on a surface or a view, whether Slack takes them, and where the fault is if not."""

    name: str
    taken: bool
    surface: str
    blocks: list[Any]
    view: Json | None = None
    at: str = ""
    by: str = ""
    alone: str = ""


def all_cases() -> list[Case]:
    """Every case of every file."""
    return [case for entry in entries() for case in _cases(entry)]


def entries() -> list[Json]:
    """The entries as they stand in the files."""
    return [entry for path in sorted(FOLDER.glob("*.yaml")) for entry in yaml.safe_load(path.read_text("utf-8"))]


def _cases(entry: Json) -> Iterator[Case]:
    if "limit" not in entry:
        name = entry.get("taken") or entry["refused"]
        yield _case(entry, name, "taken" in entry, 1)
        return
    for bound, past in (("most", 1), ("least", -1)):
        if bound in entry:
            count = entry[bound]
            yield _case(entry, f"{entry['limit']}: {bound} {count}", True, count)
            yield _case(entry, f"{entry['limit']}: {bound} {count}, and one past it", False, count + past)


def _case(entry: Json, name: str, taken: bool, count: int) -> Case:
    at = entry.get("at", "")
    told = {"by": entry.get("by", ""), "alone": entry.get("alone", "")}
    if "view" in entry:
        view = filled(entry["view"], count)
        return Case(name, taken, view["type"], view.get("blocks", []), view, f"/view{at}", **told)
    blocks, where = _placed(entry)
    surface = entry.get("surface", "modal" if entry.get("in") == "input" else "message")
    return Case(name, taken, surface, filled(blocks, count), None, f"/blocks{where}{at}", **told)


def _placed(entry: Json) -> tuple[Any, str]:
    """The blocks of an entry, and where in them its own thing stands."""
    if "blocks" in entry:
        return entry["blocks"], ""
    if "block" in entry:
        return [entry["block"]], "/0"
    element = entry["element"]
    if entry.get("in") == "section":
        text = {"type": "plain_text", "text": "好"}
        return [{"type": "section", "text": text, "accessory": element}], "/0/accessory"
    if entry.get("in") == "input":
        label = {"type": "plain_text", "text": "好"}
        return [{"type": "input", "label": label, "element": element}], "/0/element"
    return [{"type": entry.get("in", "actions"), "elements": [element]}], "/0/elements/0"


def filled(thing: Any, count: int, place: int = 0) -> Any:
    """A template written out for so many characters or items."""
    if isinstance(thing, dict) and "$times" in thing:
        return [filled(thing["$times"], count, n) for n in range(count)]
    if isinstance(thing, dict):
        return {key: filled(value, count, place) for key, value in thing.items()}
    if isinstance(thing, list):
        return [filled(value, count, place) for value in thing]
    if thing == "$number":
        return count
    return _words(thing, count, place) if isinstance(thing, str) else thing


def _words(template: str, count: int, place: int) -> str:
    """`$text` so many characters; `$rest` what is left of them; `$rest1` all but one."""
    if "$rest" in template:
        before = template.partition("$rest")[0]
        return before + "x" * (count - len(before) - (1 if template.endswith("$rest1") else 0))
    long = template.replace("$text", "x" * count) if "$text" in template else template
    return long.replace("$i", str(place))
