"""The words in which the tables of Block Kit are written: a field's rule, an object's shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Rule:
    """One field: its kind, its largest and smallest length, count or value (`most` 0: none), what is allowed in it.

    `names` are the strings or the types allowed, `shape` is the object's shape or the table of typed things, `each` is
    the length of every item of a list of strings or texts, or of every row, `form` a regular expression.
    """

    kind: str  # str bool int number any text texts strings rows typed typed_list object objects
    most: int = 0
    least: int = 0
    names: frozenset[str] = frozenset()
    shape: str = ""
    each: int = 0
    form: str = ""


@dataclass(frozen=True)
class Shape:
    """An object's fields. `needs` must all be there, of `any_of` at least one, of `not_both` at most one.

    `loose` tolerates fields that are not named.
    """

    fields: Mapping[str, Rule]
    needs: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    not_both: tuple[str, ...] = ()
    loose: bool = False

    def with_fields(self, more: Mapping[str, Rule]) -> Shape:
        """The shape with some more fields."""
        return replace(self, fields={**self.fields, **more})


ANY, BOOL = Rule("any"), Rule("bool")


def text(most: int, plain: bool = False) -> Rule:
    """A text object; `plain` takes no mrkdwn."""
    return Rule("text", most, 1, frozenset({"plain_text"} if plain else {"plain_text", "mrkdwn"}))


def string(most: int, least: int = 0) -> Rule:
    """A string of so many characters."""
    return Rule("str", most, least)


def number(most: int = 0, least: int = 0) -> Rule:
    """A whole number in a range; no upper end where `most` is 0."""
    return Rule("int", most, least)


def one_of(*names: str) -> Rule:
    """One of these words."""
    return Rule("str", names=frozenset(names))


def typed(table: str, *names: str) -> Rule:
    """One thing of these types."""
    return Rule("typed", names=frozenset(names), shape=table)


def list_of(table: str, most: int, names: frozenset[str]) -> Rule:
    """One to `most` things of these types (any number where it is 0)."""
    return Rule("typed_list", most, 1, names, table)
