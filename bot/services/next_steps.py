"""The next step of one person: why not, which way, which client, how much by when, what if. All from the one judge."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from bot.domain.access import Asker, Surface
from bot.domain.balance import BalanceGap
from bot.domain.cliffs import cliffs
from bot.domain.forecast import forecast, quarter_averages
from bot.domain.judge import AmountFinding, GradeFinding, exact_rate
from bot.domain.least_raise import DEPOSIT_MEASURES
from bot.domain.ledger import FULL_SHARE, ManagedClient
from bot.domain.measures import client_amount
from bot.domain.period import Period
from bot.domain.routes import plan_routes
from bot.domain.rulebook import Measure
from bot.domain.verdict import Verdict
from bot.domain.what_if import Change, FallsBelowNought, suppose
from bot.domain.why_not import explain_why_not
from bot.questions.question import Step
from bot.services.looking import Looking, Seen
from bot.services.next_step_outcomes import (
    BalanceLine,
    BalanceShown,
    CliffsShown,
    ForecastLine,
    ForecastShown,
    NotRead,
    RoutesShown,
    SupposedShown,
    TakesTooMuch,
    WhyNotShown,
)
from bot.services.outcomes import ClarifyInPrivate, Denied, NoGrade, Outcome
from bot.services.ports import Clock, UnitOfWork
from bot.services.standings import focus_of
from bot.services.supposing import changes_of
from bot.services.two_dates import TwoDates


@dataclass(frozen=True, kw_only=True)
class AskNextStep:
    """Who asks about whom. `subject_id` None: themselves; `grade` None: the next one."""

    asker: Asker
    now: datetime
    subject_id: str | None = None
    period: Period | None = None
    grade: str | None = None
    surface: Surface = Surface.DM


Told = Callable[[Seen, GradeFinding], Outcome]
ChangesAmong = Callable[[Sequence[ManagedClient]], tuple[Change, ...] | ClarifyInPrivate]
"""The changes meant among these clients."""


class NextSteps:
    """One method a question. Denied where the asker may not see the person; NoGrade for staff without a grade."""

    def __init__(self, looking: Looking, store: UnitOfWork, clock: Clock, two_dates: TwoDates) -> None:
        self._two_dates = two_dates
        self._looking = looking
        self._store = store
        self._clock = clock

    def why_not(self, asked: AskNextStep) -> Outcome:
        """The fewest conditions that fail, with the smallest change of each."""
        return self._told(
            asked,
            "why_not",
            lambda seen, grade: WhyNotShown(
                standing=seen.standing, grade=grade, own=seen.own, why=explain_why_not(grade, seen.clients)
            ),
        )

    def routes(self, asked: AskNextStep) -> Outcome:
        """Every way over k of n, cheapest first."""
        return self._told(
            asked,
            "routes",
            lambda seen, grade: RoutesShown(
                standing=seen.standing, grade=grade, own=seen.own, plan=plan_routes(grade, seen.clients)
            ),
        )

    def cliffs(self, asked: AskNextStep) -> Outcome:
        """Clients under the grade's floor, by what lifting them brings."""
        return self._told(asked, "cliffs", _cliffs)

    def balance(
        self, asked: AskNextStep, *, since: date | None = None, amount: int | None = None, later: date | None = None
    ) -> Outcome:
        """What must lie in the accounts from `since` (None: from tomorrow) to 12-31; `amount` in 分. `later`: a day
        to compare with; one that the figures hold already, or of another year, is told to be so."""
        first = since or asked.now.date() + timedelta(days=1)

        def told(seen: Seen, grade: GradeFinding) -> Outcome:
            lines = tuple(_balance(f, seen.clients, first, amount) for f in _failing_deposits(grade))
            known = tuple(line for line in lines if line)
            return BalanceShown(
                standing=seen.standing, grade=grade, own=seen.own, lines=known, amount=amount, later=later
            )

        return self._told(asked, "balance", told)

    def forecast(self, asked: AskNextStep) -> Outcome:
        """When the failing averages may reach their bounds, if the quarters go on as they went."""

        def told(seen: Seen, grade: GradeFinding) -> Outcome:
            failing = [f for f in (*grade.indicators.parts, grade.pass_line) if f.verdict is Verdict.FAILED]
            averages = [f for f in failing if f.rule.measure is not Measure.SETTLEMENT]
            with self._store.read() as view:
                history = view.ledger.history(seen.standing.period.as_of, seen.standing.person.id)
            lines = tuple(_forecast(f, history, seen) for f in averages)
            return ForecastShown(standing=seen.standing, grade=grade, own=seen.own, lines=lines)

        return self._told(asked, "forecast", told)

    def answer(self, asked: AskNextStep, step: Step, text: str, which: str) -> Outcome:
        """What a text asks beyond the standing. `which`: the words of asking back which client is meant."""
        if step.unread:
            return self._told(
                asked,
                step.kind,
                lambda seen, grade: NotRead(standing=seen.standing, grade=grade, own=seen.own, what=step.unread),
            )
        match step.kind:
            case "what_if":
                return self.what_if(asked, lambda clients: changes_of(step.changes, clients, text, which))
            case "balance":
                return self.balance(asked, since=None, amount=step.amount, later=step.since)
            case "other_rules":
                return self.other_rules(asked, step.since or asked.now.date())
        plain: dict[str, Callable[[AskNextStep], Outcome]] = {
            "route": self.routes,
            "cliff": self.cliffs,
            "forecast": self.forecast,
            "two_dates": self.as_known,
        }
        return plain.get(step.kind, self.why_not)(asked)

    def as_known(self, asked: AskNextStep, on: date | None = None) -> Outcome:
        """The standing of `asked.period` as the ledger had it at the end of day `on`, and as corrected since."""
        return self._two_dates.as_known(
            asked.asker,
            now=asked.now,
            subject_id=asked.subject_id,
            period=asked.period,
            grade=asked.grade,
            on=on,
            surface=asked.surface,
        )

    def other_rules(self, asked: AskNextStep, on: date) -> Outcome:
        """Today's facts by the rulebook that held on day `on`."""
        return self._two_dates.by_rules(
            asked.asker, now=asked.now, on=on, subject_id=asked.subject_id, grade=asked.grade, surface=asked.surface
        )

    def what_if(self, asked: AskNextStep, changes_among: ChangesAmong) -> Outcome:
        """Before and after; TakesTooMuch where a client has less than goes. Nothing is saved."""

        def told(seen: Seen, grade: GradeFinding) -> Outcome:
            changes = changes_among(seen.clients)
            if isinstance(changes, ClarifyInPrivate):
                return changes
            known = {line.figures.client for line in seen.clients}
            try:
                supposed = suppose(seen.standing.rulebook, seen.facts, seen.clients, changes)
            except FallsBelowNought as error:
                return TakesTooMuch(
                    standing=seen.standing, grade=grade, own=seen.own, client=error.client, number=error.number
                )
            return SupposedShown(
                standing=seen.standing,
                grade=grade,
                own=seen.own,
                supposed=supposed,
                after=supposed.after.grades[grade.grade.key],
                changes=changes,
                new_clients=tuple(dict.fromkeys(c.client for c in changes if c.client not in known)),
            )

        return self._told(asked, "what_if", told)

    def _told(self, asked: AskNextStep, what: str, tell: Told) -> Outcome:
        seen = self._looking.look(
            asked.asker,
            what=what,
            subject_id=asked.subject_id,
            period=asked.period,
            now=asked.now,
            surface=asked.surface,
        )
        if seen is None:
            return Denied(unlinked=asked.asker.staff is None)
        if seen.standing.person.grade is None and asked.grade is None:
            return NoGrade(own=seen.own)
        return tell(seen, focus_of(seen.standing, asked.grade))


def _cliffs(seen: Seen, grade: GradeFinding) -> Outcome:
    rate = seen.standing.state.usd_cny
    floor = grade.grade.floor.amount.minor
    return CliffsShown(
        standing=seen.standing,
        grade=grade,
        own=seen.own,
        cliffs=cliffs(grade.grade, seen.clients, exact_rate(rate) if rate else None),
        below=tuple(line for line in seen.clients if line.figures.deposit_avg < floor),
    )


def _failing_deposits(grade: GradeFinding) -> list[AmountFinding]:
    found = (*grade.indicators.parts, grade.pass_line)
    return [f for f in found if f.verdict is Verdict.FAILED and f.rule.measure in DEPOSIT_MEASURES and f.gap]


def _balance(
    finding: AmountFinding, clients: Iterable[ManagedClient], first: date, amount: int | None
) -> BalanceLine | None:
    average = finding.value
    counted = [line for line in clients if line.figures.deposit_avg >= finding.rule.floor.amount.minor]
    if average is None or not counted:
        return None
    as_of = counted[0].figures.as_of
    balance = _balance_of(finding.rule.measure, counted)
    gap = BalanceGap(
        as_of=as_of,
        average=average,
        balance=average if balance is None else balance,
        assumed=balance is None,
        bound=Fraction(finding.rule.bound.minor),
    )
    since = max(first, gap.next_day)
    return BalanceLine(
        finding=finding,
        gap=gap,
        since=since,
        to_raise=gap.to_raise(since),
        last_day=gap.last_day(amount) if amount else None,
    )


def _balance_of(measure: Measure, counted: Iterable[ManagedClient]) -> Fraction | None:
    """The measure on the day itself: balances in place of averages. None where one client's balance is not known."""
    total = 0
    for line in counted:
        if line.figures.deposit_balance is None:
            return None
        beyond = line.figures.deposit_balance - line.figures.deposit_avg
        total += (client_amount(measure, line) + beyond) * line.share
    return Fraction(total, FULL_SHARE)


def _forecast(finding: AmountFinding, history: Iterable[ManagedClient], seen: Seen) -> ForecastLine:
    """Of the clients that count now, with the parts held now, at every date that the ledger has."""
    counted = {c.figures.client for c in seen.clients if c.figures.deposit_avg >= finding.rule.floor.amount.minor}
    is_new = finding.rule.measure is Measure.NEW_DEPOSITS
    measure = Measure.DEPOSITS if is_new else finding.rule.measure
    by_date: dict[date, int] = {}
    for line in history:
        part = client_amount(measure, line) * line.share if line.figures.client in counted else 0
        by_date[line.figures.as_of] = by_date.get(line.figures.as_of, 0) + part
    year_to_date = {day: Fraction(parts, FULL_SHARE) for day, parts in by_date.items()}
    bound, until = Fraction(finding.rule.bound.minor), date.max
    if is_new:
        # What is new is held against last year's average: to be reached by this year's deposits, in this year.
        last_year = sum((c.last_year_deposits or 0) * c.share for c in seen.clients if c.figures.client in counted)
        bound, until = bound + Fraction(last_year, FULL_SHARE), date(seen.standing.period.as_of.year, 12, 31)
    return ForecastLine(
        finding=finding,
        forecast=forecast(year_to_date, bound, until=until),
        quarters=len(quarter_averages(year_to_date)),
    )
