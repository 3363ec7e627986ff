"""The Jinja environment: templates hold every word that people read, one block a slot of the message.

Any value that a template prints is literal text (`mrkdwn.literal`): only the template's own marks are marks.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, Undefined

from bot.domain.money import Currency
from bot.domain.period import Period
from bot.render import amounts
from bot.render.mrkdwn import Mrkdwn, literal, one_line

_NUMERALS = "零一两三四五六七八九十"

_FIGURES: dict[str, Callable[..., str]] = {
    "yuan": partial(amounts.amount, currency=Currency.CNY),
    "usd": partial(amounts.amount, currency=Currency.USD),
    "amount": amounts.amount,
    "exact": amounts.exact,
    "exact_number": amounts.exact_number,
    "money": amounts.money,
    "against": amounts.against,
    "attained": amounts.attained,
    "share": amounts.share,
    "percent": amounts.percent,
    "times": amounts.times,
    "date": date.isoformat,
    "quarter": lambda day: str(Period.at(day)),
    "numeral": lambda count: _NUMERALS[count] if count < len(_NUMERALS) else str(count),
}
"""Their results are digits and units, so they are literal as they stand."""


class Words:
    """All templates of a folder, each compiled once, when it is first used."""

    def __init__(self, folder: Path) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            undefined=StrictUndefined,
            autoescape=True,  # for markupsafe's sake: `_finished` has made every value safe before it looks
            finalize=_finished,
            auto_reload=False,
            cache_size=-1,
        )
        figures = {name: _literal_as_made(figure) for name, figure in _FIGURES.items()}
        self._environment.filters |= figures | {"name": one_line, "word": self.word}
        self._tables: dict[str, dict[str, str]] = {}

    def slots(self, template: str, /, **values: Any) -> dict[str, str]:
        """Every `{% block %}` of `<template>.j2` on its own, without blank lines, so that a line of tags alone leaves
        none. An undefined value is an error."""
        compiled = self._compiled(template)
        context = compiled.new_context(values)
        return {name: _tidy("".join(block(context))) for name, block in compiled.blocks.items()}

    def slot(self, template: str, name: str, /, **values: Any) -> str:
        """One slot alone, where the others are not needed."""
        compiled = self._compiled(template)
        return _tidy("".join(compiled.blocks[name](compiled.new_context(values))))

    def word(self, key: str, table: str) -> str:
        """The word for a key in `words/<table>.j2`: `{{ verdict | word("mark") }}`. KeyError for a key without one."""
        if table not in self._tables:
            self._tables[table] = self.slots(f"words/{table}")
        return self._tables[table][str(key)]

    def templates(self) -> list[str]:
        """The names of all templates, without `.j2`."""
        return [name.removesuffix(".j2") for name in self._environment.list_templates(extensions=["j2"])]

    def has(self, template: str) -> bool:
        """Whether there is such a template."""
        return template in self.templates()

    def _compiled(self, template: str) -> Template:
        return self._environment.get_template(f"{template}.j2")


def _finished(value: Any) -> Any:
    """What a template prints; an undefined value passes, to raise where Jinja prints it."""
    return value if isinstance(value, Undefined) else literal(value)


def _tidy(text: str) -> Mrkdwn:
    return Mrkdwn("\n".join(line for line in (line.strip(" \t") for line in text.split("\n")) if line))


def _literal_as_made(figure: Callable[..., str]) -> Callable[..., Mrkdwn]:
    return lambda *values: Mrkdwn(figure(*values))
