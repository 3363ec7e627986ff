"""What-if sentences taken apart: which client, what of it, how much more or less, from which day.

Read amount by amount: what stands before an amount since the last one holds the client and the verb. Words come from
knowledge/phrases/suppositions.yaml.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.money import Currency
from bot.domain.rulebook import Measure
from bot.questions.figures import FigureHit
from bot.questions.question import SaidChange

_DAY = re.compile(r"从?(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?(?:起|开始|那天)?")
_TOMORROW = re.compile(r"从?(?:明天|明日(?!均))(?:起|开始)?|\btomorrow\b")
_LIKE_A_NAME = re.compile(r"^[^哪谁什没多几不]{2,}$")
_MARKS = re.compile(r"[、,;。.!?\s]")
_JOINED = re.compile(r"^(?:和|与|跟|及|并)|(?:和|与|跟|及|并)$")
_MEASURES = (("settlement", Measure.SETTLEMENT), ("loans", Measure.LOANS), ("deposits", Measure.DEPOSITS))

Table = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Verb:
    start: int
    end: int
    kind: str


class Suppositions:
    """Reads the changes of one text, normalised as questions are."""

    def __init__(self, words: Table) -> None:
        self._words = {key: tuple(sorted(many, key=len, reverse=True)) for key, many in words.items()}

    def changes(self, text: str, figures: Iterable[FigureHit], today: date) -> tuple[SaidChange, ...]:
        """Every amount with a verb of change before it; none where the text supposes no change of a client's."""
        amounts = [hit for hit in figures if hit.claim and hit.claim.unit == "amount"]
        return tuple(self._read(text, amounts, today))

    def of_somebody(self, changes: Iterable[SaidChange]) -> bool:
        """Whether a client is named in each: 甲公司存款降到1000万 supposes a change without an if."""
        named = [change.client for change in changes]
        return bool(named) and all(_LIKE_A_NAME.search(name) and name not in self._words["unnamed"] for name in named)

    def _read(self, text: str, amounts: list[FigureHit], today: date) -> Iterator[SaidChange]:
        begin, who = 0, ""
        for hit, after in zip(amounts, [*(h.start for h in amounts[1:]), len(text)], strict=False):
            before, tail = text[begin : hit.start], text[hit.end : after]
            begin = hit.end + self._own_tail(tail)
            verb = self._verb(before) or self._verb_after(tail)
            if verb is None or hit.claim is None or hit.claim.money is None:
                continue
            own = tail[: begin - hit.end]
            since, before = self._since(before, own, today)
            named = self._name(before, verb, first=hit is amounts[0])
            who = named or who or self._words["unnamed"][0]
            amount = hit.claim.number
            yield SaidChange(
                client=who,
                measure=self._measure(before + own, hit.claim.money.currency),
                amount=-amount if verb.kind == "less" else amount,
                becomes=verb.kind == "becomes",
                since=since,
            )

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
        if currency is Currency.USD:
            return Measure.SETTLEMENT
        return next((measure for key, measure in _MEASURES if re.search(self._choice(key), said)), Measure.DEPOSITS)

    def _since(self, before: str, own: str, today: date) -> tuple[date | None, str]:
        """The day from which it lies there: one that is written, tomorrow, or tomorrow for a balance."""
        if match := _DAY.search(before):
            return _day(match, today), before.replace(match[0], " " * len(match[0]))
        tomorrow = _TOMORROW.search(before)
        if tomorrow or re.search(self._choice("balance"), before + own):
            return today + timedelta(days=1), _TOMORROW.sub(lambda found: " " * len(found[0]), before)
        return None, before

    def _name(self, before: str, verb: _Verb, *, first: bool) -> str:
        """What is left before the verb when idle words and the measure are gone. Only after another change can it begin
        with an and: the first may be 和平公司."""
        left = before[: verb.start] if verb.end else before
        for key in ("idle", "balance"):
            left = re.sub(self._choice(key), " ", left)
        left = re.sub(rf"(?:{self._choice('deposits', 'loans', 'settlement')})\s*$", "", left.strip())
        left = _MARKS.sub("", left)
        return left if first else _JOINED.sub("", left)

    def _choice(self, *keys: str) -> str:
        words = sorted((word for key in keys for word in self._words[key]), key=len, reverse=True)
        return "|".join(re.escape(word) for word in words)


def _day(match: re.Match[str], today: date) -> date | None:
    """In this year; None for a day that there is not."""
    try:
        return date(today.year, int(match["month"]), int(match["day"]))
    except ValueError:
        return None
