"""What-if sentences taken apart: which client, what of it, how much more or less, from which day.

Read amount by amount: what stands before an amount since the last one holds the client and the verb. Words come from
knowledge/phrases/suppositions.yaml. What is not read with certainty is not read at all: NotPlain.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from bot.domain.money import Currency
from bot.domain.rulebook import Measure
from bot.questions.days import find_days, without_days
from bot.questions.figures import FigureHit
from bot.questions.plain_amounts import is_plain, loose_amounts
from bot.questions.question import SaidChange
from bot.questions.supposed_clients import NotPlain, Said, clients_of

_LIKE_A_NAME = re.compile(r"^[^哪谁什没多几不]{2,}$")
_MARKS = re.compile(r"[,;。.!?\s]")
_JOINED = re.compile(r"^(?:和|与|跟|及|并|、)+|(?:和|与|跟|及|并|、)+$")
_AND = re.compile(r"[,、和与跟及加再又还有以外另上 ]*")
_LASTS = re.compile(r"\d+个?(?:天|日(?!均)|周|月(?!\d)|星期|季度)|[到至]\d{1,2}月|\d+月[底末]|月[底末]|半个?月")
_MEASURES = (("settlement", Measure.SETTLEMENT), ("loans", Measure.LOANS), ("deposits", Measure.DEPOSITS))
_VERB_NEAR = 8
"""Letters between a verb and what is no figure, at most."""

Table = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Verb:
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class _Part:
    """What is said of one amount: before it, and behind it as far as it is its own."""

    before: str
    own: str
    since: date | None
    verb: _Verb


class Suppositions:
    """Reads the changes of one text, normalised as questions are."""

    def __init__(self, words: Table) -> None:
        self._words = {key: tuple(sorted(many, key=len, reverse=True)) for key, many in words.items()}

    def changes(self, text: str, figures: Iterable[FigureHit], today: date) -> tuple[SaidChange, ...]:
        """Every amount with a verb of change before it; none where the text supposes no change of a client's. NotPlain
        where it does, and how much, whose or since when may be read in more ways than one."""
        amounts = [hit for hit in figures if hit.claim and hit.claim.unit == "amount"]
        for place in loose_amounts(text):
            if self._verb(text[max(0, place - _VERB_NEAR) : place]):
                raise NotPlain("amount")
        return tuple(self._read(text, amounts, today))

    def of_somebody(self, changes: Iterable[SaidChange]) -> bool:
        """Whether a client is named in each: 甲公司存款降到1000万 supposes a change without an if."""
        named = [change.client for change in changes]
        return bool(named) and all(_LIKE_A_NAME.search(name) and name not in self._words["unnamed"] for name in named)

    def _read(self, text: str, amounts: list[FigureHit], today: date) -> Iterator[SaidChange]:
        begin, carried = 0, ""
        last: tuple[_Part, tuple[str, ...], Measure] | None = None
        for hit, after in zip(amounts, [*(h.start for h in amounts[1:]), len(text)], strict=False):
            before, tail = carried + text[begin : hit.start], text[hit.end : after]
            begin = hit.end + self._own_tail(tail)
            own = tail[: begin - hit.end]
            part, behind = self._part(before, tail, own, today, last=hit is amounts[-1])
            begin += behind
            goes_on = part is None and last is not None and self._goes_on(before)
            if last and goes_on:
                part = _Part(before, own, last[0].since, last[0].verb)
            if part is None or hit.claim is None or hit.claim.money is None:
                # 甲公司存款从3000万提到5000万: whose it is stands before the amount that it had.
                carried = before.rstrip()[:-1] if before.rstrip().endswith("从") else ""
                continue
            carried = ""
            said = part.before + own
            measure = self._measure(said, hit.claim.money.currency)
            if not is_plain(text, hit, said, measure) or (last and goes_on and measure is last[2]):
                raise NotPlain("amount")
            if goes_on and last:
                clients = last[1]
            else:
                found = self._clients(part, tail, first=hit is amounts[0])
                clients = found or (last[1] if last else (self._words["unnamed"][0],))
            last = part, clients, measure
            amount = hit.claim.number
            for client in clients:
                yield SaidChange(
                    client=client,
                    measure=measure,
                    amount=-amount if part.verb.kind == "less" else amount,
                    becomes=part.verb.kind == "becomes",
                    since=part.since,
                )

    def _part(self, before: str, tail: str, own: str, today: date, *, last: bool) -> tuple[_Part | None, int]:
        """The amount's own words, and how many letters behind `own` belong to it: a day. None where nothing changes."""
        days = find_days(before, today)
        cut = without_days(before, days)
        verb = self._verb(cut) or self._verb_after(tail)
        if verb is None:
            return None, 0
        rest, behind = tail[len(own) :], 0
        rest = rest if last else re.split("[、,;。]", rest, maxsplit=1)[0]
        later = find_days(rest, today)
        if not days and later and later[0].since and not rest[: later[0].start].strip(", 、"):
            days, behind = later[:1], later[0].end
            later = later[1:]
        if len(days) > 1 or any(hit.day is None for hit in (*days, *later)) or _LASTS.search(rest[behind:]):
            raise NotPlain("day")
        since = days[0].day if days else None
        if since and since.year != today.year:
            raise NotPlain("year")
        if since is None and re.search(self._choice("balance"), before + own):
            since = today + timedelta(days=1)
        return _Part(cut, own, since, verb), behind

    def _goes_on(self, before: str) -> bool:
        """和1亿贷款: nothing but an and, and perhaps the measure, before the amount."""
        left = re.sub(self._choice("deposits", "loans", "settlement"), "", before)
        return bool(before) and bool(_AND.fullmatch(left))

    def _own_tail(self, tail: str) -> int:
        """How much of what follows an amount is still said of it: 2000万的贷款."""
        found = re.match(r"的?(?:" + self._choice("settlement", "loans", "deposits", "balance") + r")?", tail)
        return found.end() if found else 0

    def _verb(self, before: str) -> _Verb | None:
        """The last verb before the amount; of several that end together the longest. 存款 and 贷款 are no verbs."""
        found = [
            _Verb(match.start(), match.end(), kind)
            for kind in ("becomes", "more", "less")
            for match in re.finditer(rf"(?:{self._choice(kind)})(?!款)", before)
        ]
        return max(found, key=lambda verb: (verb.end, verb.end - verb.start), default=None)

    def _verb_after(self, tail: str) -> _Verb | None:
        """3000万转走: the verb behind its amount."""
        found = re.match(r"(?:的?(?:存款|贷款))?(?:" + self._choice("less") + r")", tail)
        return _Verb(0, 0, "less") if found else None

    def _measure(self, said: str, currency: Currency) -> Measure:
        named = next((measure for key, measure in _MEASURES if re.search(self._choice(key), said)), None)
        if named is None:
            return Measure.SETTLEMENT if currency is Currency.USD else Measure.DEPOSITS
        return named

    def _clients(self, part: _Part, tail: str, *, first: bool) -> tuple[str, ...]:
        """Whom the words before the verb name; nobody: empty."""
        verb = part.verb
        who = part.before[: verb.start] if verb.end else part.before
        between = part.before[verb.end :] if verb.end else ""
        name = partial(self._name, first=first)
        return clients_of(Said(who, between, tail), self._words["unnamed"][0], name)

    def _name(self, left: str, *, first: bool) -> str:
        """What is left when idle words and the measure are gone. Only after another change can it begin with an and:
        the first may be 和平公司."""
        for key in ("idle", "balance"):
            left = re.sub(self._choice(key), " ", left)
        left = re.sub(rf"(?:{self._choice('deposits', 'loans', 'settlement')})\s*$", "", left.strip())
        left = _MARKS.sub("", left).strip("、")
        return left if first else _JOINED.sub("", left)

    def _choice(self, *keys: str) -> str:
        words = sorted((word for key in keys for word in self._words[key]), key=len, reverse=True)
        return "|".join(re.escape(word) for word in words)
