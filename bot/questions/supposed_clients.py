"""Whom a what-if sentence is about: one client, a list of them (都, 各), or so many new ones."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_EACH = re.compile(r"(?:各自?|都|(?<!日)均|分别|每[家户个位])(?=(?:再|又|新|能|会| )*$)")
_LIST = re.compile(r"、|(?<=[^、]{2})(?:以及|和|与|跟|及)(?=[^、]{2})")
_COUNTED = re.compile(r"(?P<count>\d{1,4})[个家户位名]")
_SO_MANY = re.compile(r"(?:好?几|多|若干|很多|一些)[个家户位名]|\d{1,4}[笔单次]")
_EACH_OF = re.compile(r"各|每|平均")
_OF_CLIENTS = re.compile(r"[^,;。]{0,4}?的(?:新)?(?:客户|公司|企业|户)")
_DAY = re.compile(
    r"明年|来年|后年|去年|前年|(?<![a-z\d])20\d\d(?:年|-|/)|[下上这本]个?月|月[底初末]|季[度末初底]|年[底末初前]|[下上]周|周[1-6]|星期|礼拜"
    r"|昨天|前天|今天|明天|后天|\d+[日号天年]|\d+个?月|(?<!\d)\d{1,2}[/-]\d{1,2}|之前|以前|之后|以后"
)
_MOST = 20


class NotPlain(Exception):
    """A change is supposed, and cannot be read in one way alone. `what`: amount, day, year, clients."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True, slots=True)
class Said:
    """The words before the verb, between it and the amount, and behind the amount."""

    who: str
    between: str
    behind: str


def clients_of(said: Said, unnamed: str, named: Callable[[str], str]) -> tuple[str, ...]:
    """The clients by name; empty where none is named. `named`: a stretch of the text without idle words."""
    each = _EACH.search(said.who) or _EACH_OF.search(said.between)
    who = named(_EACH.sub("", said.who))
    for_each = bool(each or _OF_CLIENTS.match(said.behind))
    if counted := _COUNTED.match(said.between) or re.fullmatch(_COUNTED.pattern + r"新?(?:公司|企业)?", who):
        alone = not who or counted.string is who
        return _so_many(int(counted["count"]), unnamed, plain=alone and for_each)
    if _DAY.search(who):
        raise NotPlain("day")
    if _SO_MANY.search(who) or _SO_MANY.match(said.between) or _COUNTED.search(who):
        raise NotPlain("clients")
    if each:
        names = tuple(filter(None, _LIST.split(who)))
        if len(names) > 1:
            return names
    if "、" in who:
        raise NotPlain("clients")
    return (who,) if who else ()


def _so_many(count: int, unnamed: str, *, plain: bool) -> tuple[str, ...]:
    """So many new clients; one needs no each."""
    if count == 1:
        return (unnamed,)
    if not plain or not count or count > _MOST:
        raise NotPlain("clients")
    return tuple(f"{unnamed}{number}" for number in range(1, count + 1))
