"""Cliffs: clients under a counting floor, and what lifting each onto it brings into every sum (R1: it comes whole)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.domain.ledger import FULL_SHARE, ManagedClient
from bot.domain.measures import client_amount
from bot.domain.rulebook import AmountRule, Grade


@dataclass(frozen=True, slots=True)
class Cliff:
    """One client under the floor of one grade."""

    client: ManagedClient
    lift: int
    """What its daily-average deposits lack of the floor, 分 of the whole client."""
    gains: Mapping[str, Fraction]
    """By rule key: what the manager's part then brings into that sum, in the bound's minor units."""
    gain_ratio: Fraction
    """The gains, each divided by its bound, together and per 分 of the lift."""


def cliffs(grade: Grade, clients: Iterable[ManagedClient], usd_cny: Fraction | None = None) -> tuple[Cliff, ...]:
    """Every client under the grade's floor that would bring something, the most for the least first.

    `usd_cny` converts a settlement for a bound in yuan (R3); without it such a sum gains nothing here.
    """
    floor = grade.floor.amount.minor
    below = (line for line in clients if line.figures.deposit_avg < floor)
    found = (_cliff(grade, floor, line, usd_cny) for line in below)
    helpful = [cliff for cliff in found if any(gain > 0 for gain in cliff.gains.values())]
    return tuple(sorted(helpful, key=lambda cliff: (-cliff.gain_ratio, cliff.lift, cliff.client.figures.client)))


def lifted(line: ManagedClient, deposits: int) -> ManagedClient:
    """The client with that daily average of deposits; its agreement deposits stay."""
    return replace(line, figures=replace(line.figures, deposit_avg=deposits))


def _cliff(grade: Grade, floor: int, line: ManagedClient, usd_cny: Fraction | None) -> Cliff:
    lift = floor - line.figures.deposit_avg
    on_floor = lifted(line, floor)
    rules = [rule for rule in grade.amount_rules if rule.floor.amount.minor == floor]
    gains = {rule.key: _gain(rule, on_floor, usd_cny) for rule in rules}
    ratio = sum((gain / rule.bound.minor for rule, gain in zip(rules, gains.values(), strict=True)), Fraction(0))
    return Cliff(line, lift, gains, ratio / lift)


def _gain(rule: AmountRule, line: ManagedClient, usd_cny: Fraction | None) -> Fraction:
    part = Fraction(client_amount(rule.measure, line) * line.share, FULL_SHARE)
    if rule.converts:
        return part * usd_cny if usd_cny is not None else Fraction(0)
    return part
