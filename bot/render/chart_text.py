"""A chart as text, for whoever sees no picture: the command line, a screen reader, a Slack that refuses the block."""

from collections.abc import Iterator

from bot.render.blocks import Block
from bot.render.columns import aligned

_CELLS = 10
_FULL, _EMPTY = "█", "░"


def as_text(block: Block) -> Iterator[str]:
    """The title, then a line a category: its figures, and a bar of them where there is one series."""
    chart = block["chart"]
    yield block["title"]
    names, series = chart["axis_config"]["categories"], chart["series"]
    values = [{point["label"]: point["value"] for point in one["data"]} for one in series]
    if len(series) > 1:
        head = ["", *(one["name"] for one in series)]
        yield from aligned([head, *([name, *(str(of[name]) for of in values)] for name in names)])
        return
    most = max((abs(value) for value in values[0].values()), default=0)
    scale = 100 if chart["type"] == "bar" else most
    yield from aligned([[name, bar(values[0][name], scale), str(values[0][name])] for name in names])


def bar(value: int, of: int) -> str:
    """█████████░: a tenth a cell, cut, so that a full bar is said only of what is reached."""
    cells = max(0, min(_CELLS, value * _CELLS // of)) if of else 0
    return _FULL * cells + _EMPTY * (_CELLS - cells)
