"""Charts as Slack's own `data_visualization`; `chart_text` says the same in text. Values are whole numbers.

A chart shows exact figures, so there is none where the veil hides them.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import floor
from typing import Any

from bot.domain.judge import AmountFinding
from bot.render.amounts import WAN
from bot.render.blocks import Block
from bot.render.conditions import PASS_LINE
from bot.render.veil import Figures
from bot.render.words import Words
from bot.services.next_step_outcomes import ForecastLine

_HALF = Fraction(1, 2)


def attainment(words: Words, findings: Sequence[AmountFinding]) -> list[Block]:
    """How much of each bound is reached, in percent; none where fewer than two are known."""
    known = [(f, f.value) for f in findings if f.value is not None]
    if words.veil.figures is not Figures.FULL or len(known) < 2:
        return []
    slots = words.slots("charts/charts")
    points = {_label(words, f): _percent(value, f.rule.bound.minor) for f, value in known}
    return [_chart("bar", slots["attained"], {slots["done"]: points}, slots["percent"])]


def trend(words: Words, lines: Sequence[ForecastLine]) -> list[Block]:
    """The quarters' averages in 万, those that every line has."""
    known = [(line, line.forecast) for line in lines if line.forecast]
    if words.veil.figures is not Figures.FULL or not known:
        return []
    slots = words.slots("charts/charts")
    series = {
        _label(words, line.finding): {
            words.slot("charts/charts", "quarter", end=one.end): floor(one.average / WAN + _HALF)
            for one in found.quarters
        }
        for line, found in known
    }
    return [_chart("line", slots["trend"], series, slots["wan"])]


def _chart(kind: str, title: str, series: dict[str, dict[str, int]], unit: str) -> Block:
    shared = [name for name in next(iter(series.values())) if all(name in points for points in series.values())]
    chart: dict[str, Any] = {
        "type": kind,
        "series": [
            {"name": name, "data": [{"label": label, "value": points[label]} for label in shared]}
            for name, points in series.items()
        ],
        "axis_config": {"categories": shared, "y_label": unit},
    }
    return {"type": "data_visualization", "title": title, "chart": chart}


def _label(words: Words, finding: AmountFinding) -> str:
    rule = finding.rule
    return str(words.word(PASS_LINE if rule.name == PASS_LINE else rule.measure, "short_label"))


def _percent(value: Fraction, bound: int) -> int:
    """Cut, so 100 is said only of what is reached."""
    return max(0, value.numerator) * 100 // (value.denominator * bound)
