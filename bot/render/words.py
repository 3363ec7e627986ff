"""The Jinja environment: templates hold every word that people read, one block a slot of the message.

Any value that a template prints is literal text (`mrkdwn.literal`): only the template's own marks are marks.
"""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, Undefined

from bot.domain.importing import Remark
from bot.domain.ledger import Fault, ManagedClient
from bot.domain.money import Currency, Money
from bot.domain.period import Period
from bot.render import amounts
from bot.render.mrkdwn import Mrkdwn, literal, one_line
from bot.render.veil import ClientNames, Figures, Veil, band, quarters, who

_NUMERALS = "零一两三四五六七八九十"

_PLAIN: dict[str, Callable[..., str]] = {
    "money": amounts.money,
    "date": date.isoformat,
    "hours": amounts.hours,
    "weekday": amounts.weekday,
    "moment": amounts.moment,
    "clock": str,
    "quarter": lambda day: str(Period.at(day)),
    "numeral": lambda count: _NUMERALS[count] if count < len(_NUMERALS) else str(count),
}
"""Bounds of the regulation, days and small numbers: of no client. Digits and units, so literal as they stand."""
_AMOUNTS: dict[str, Callable[..., str]] = {
    "yuan": partial(amounts.amount, currency=Currency.CNY),
    "usd": partial(amounts.amount, currency=Currency.USD),
    "amount": amounts.amount,
    "needed": amounts.needed,
    "exact": amounts.exact,
    "exact_number": amounts.exact_number,
    "against": amounts.against,
}
_RATIOS: dict[str, Callable[..., str]] = {
    "attained": amounts.attained,
    "share": amounts.share,
    "percent": amounts.percent,
    "ratio": str,
}
_SINGULAR: dict[str, Callable[..., str]] = {"times": amounts.times, "rate": str}
"""Figures that have no band: shown or not."""
FIGURES = (*_AMOUNTS, *_RATIOS, *_SINGULAR)
"""The filters that print a figure of the ledger; each asks the veil."""


class Words:
    """All templates of a folder, each compiled once, when it is first used."""

    def __init__(self, folder: Path, veil: Veil | None = None) -> None:
        """`veil`: what may be shown; None: everything."""
        self.veil = veil or Veil()
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            undefined=StrictUndefined,
            autoescape=True,  # for markupsafe's sake: `_finished` has made every value safe before it looks
            finalize=_finished,
            auto_reload=False,
            cache_size=-1,
        )
        figures = {name: _literal_as_made(figure) for name, figure in {**_PLAIN, **self._veiled()}.items()}
        names = {
            "name": one_line,
            "word": self.word,
            "client": self.client,
            "client_numbered": self._client_numbered,
            "fault": self._fault,
            "looked": self._looked,
        }
        self._environment.filters |= figures | names
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

    def client(self, named: ManagedClient | Fault | str, number: str | None = None) -> str:
        """What a client is called here; `number` where `named` is a name alone."""
        name, known = who(named)
        return self.veil.client(name, number or known) or self.word("new_client", "veil")

    def _client_numbered(self, client: ManagedClient) -> str:
        """With the number behind it, which a masked name bears already."""
        shown, number = self.client(client), one_line(client.figures.client)
        return f"{shown}({number})" if self.veil.names is ClientNames.FULL and client.name != number else shown

    def _fault(self, found: Remark) -> str:
        """A fault of a file: its message quotes the cell, so behind a veil its place alone."""
        return found.message if self.veil.open else found.place.label + self.word("fault", "veil")

    def _looked(self, what: str) -> str:
        """What a look in the audit chain was at; anything else is the key of a figure's rule."""
        try:
            return self.word(what, "looked")
        except KeyError:
            return self.word("figure", "looked")

    def _veiled(self) -> Mapping[str, Callable[..., str]]:
        amount = {name: partial(self._amount, shown) for name, shown in _AMOUNTS.items()}
        ratio = {name: partial(self._ratio, shown) for name, shown in _RATIOS.items()}
        return amount | ratio | {name: partial(self._singular, shown) for name, shown in _SINGULAR.items()}

    def _amount(self, shown: Callable[..., str], minor: Fraction | int, *of: Any) -> str:
        """`of`: a currency, or the bound beside which it stands."""
        if self.veil.figures is Figures.FULL:
            return shown(minor, *of)
        if self.veil.figures is Figures.NONE:
            return self.word("hidden", "veil")
        one = of[0] if of else Currency.USD if shown is _AMOUNTS["usd"] else Currency.CNY
        return band(minor, one.currency if isinstance(one, Money) else one, self.word("below", "veil"))

    def _ratio(self, shown: Callable[..., str], *of: Any) -> str:
        if self.veil.figures is Figures.NONE:
            return self.word("hidden", "veil")
        return quarters(shown(*of)) if self.veil.figures is Figures.BAND else shown(*of)

    def _singular(self, shown: Callable[..., str], value: Any) -> str:
        return shown(value) if self.veil.figures is Figures.FULL else self.word("hidden", "veil")

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
