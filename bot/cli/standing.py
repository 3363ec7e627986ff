"""`ladder standing`: the next steps of one person, in words or as JSON, with the same permissions as in Slack."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Annotated

import typer

from bot.cli.output import say, say_json
from bot.cli.parts import parts
from bot.domain.access import Asker
from bot.domain.money import Money
from bot.domain.period import Period
from bot.errors import UnknownGrade
from bot.questions.question import OwnStanding, PersonStanding, Step
from bot.render.steps_json import step_line, warning_line
from bot.services.early_warnings import EarlyWarnings
from bot.services.next_step_outcomes import NextStep
from bot.services.next_steps import AskNextStep, NextSteps
from bot.services.outcomes import Denied, Outcome
from bot.wiring import Parts

Id = Annotated[str, typer.Argument(metavar="工号")]
As = Annotated[str | None, typer.Option("--as", metavar="工号", help="查看的人,缺省为本人。")]
Grade = Annotated[str | None, typer.Option(help="二级 或 second;缺省为下一级。")]
When = Annotated[str | None, typer.Option(help="2026Q3、2026(年度)或日期;缺省为最近一期。")]
Now = Annotated[str | None, typer.Option(help="把时钟固定在这一刻(ISO)。")]
Json = Annotated[bool, typer.Option("--json", help="一行 JSON。")]


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    standing = typer.Typer(help="一个人的下一步:为什么不是、最省力路线、试算、余额、门槛、走势、当时与更正后。")
    standing.command("why", help="为什么不是某一级:最少还差哪几项,每项最小的一步。")(why)
    standing.command("route", help="到某一级的全部路线,最省力的在前。")(route)
    standing.command("cliffs", help="差一点就能计入的客户。")(cliffs)
    standing.command("balance", help="还须增加多少存款余额。")(balance)
    standing.command("forecast", help="按走势推算,非承诺。")(forecast)
    standing.command("what-if", help="试算一句话,不保存。")(what_if)
    standing.command("at-date", help="某日的进度:当时所知,与更正后。")(at_date)
    standing.command("by-rules", help="同样的数据,按另一天的办法。")(by_rules)
    standing.command("warnings", help="一次导入后,谁新跌破现任等级的标准(仅 HR 与领导小组)。")(warnings)
    app.add_typer(standing, name="standing")


def why(
    person: Id, grade: Grade = None, period: When = None, viewer: As = None, now: Now = None, as_json: Json = False
) -> None:
    """The fewest conditions, each with its gap and the smallest change."""
    _Shown(person, grade, period, viewer, now, as_json).tell(NextSteps.why_not)


def route(
    person: Id, grade: Grade = None, period: When = None, viewer: As = None, now: Now = None, as_json: Json = False
) -> None:
    """Every way over k of n, dominated ones folded."""
    _Shown(person, grade, period, viewer, now, as_json).tell(NextSteps.routes)


def cliffs(
    person: Id, grade: Grade = None, period: When = None, viewer: As = None, now: Now = None, as_json: Json = False
) -> None:
    """Clients below the floor, by what lifting them brings."""
    _Shown(person, grade, period, viewer, now, as_json).tell(NextSteps.cliffs)


def balance(
    person: Id,
    since: Annotated[str | None, typer.Option(help="从哪天起(含当日),2026-10-10;缺省为明天。")] = None,
    amount: Annotated[str | None, typer.Option(help="能增多少:3000万元。另答最晚哪天起才够。")] = None,
    grade: Grade = None,
    period: When = None,
    viewer: As = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """What must lie in the accounts from a day to 12-31."""
    first, held = _day(since) if since else None, _amount(amount) if amount else None
    _Shown(person, grade, period, viewer, now, as_json).tell(
        lambda steps, asked: steps.balance(asked, since=first, amount=held)
    )


def forecast(
    person: Id, grade: Grade = None, period: When = None, viewer: As = None, now: Now = None, as_json: Json = False
) -> None:
    """When, by the median slope; fewer than four full quarters: none."""
    _Shown(person, grade, period, viewer, now, as_json).tell(NextSteps.forecast)


def what_if(
    person: Id,
    text: Annotated[str, typer.Argument(metavar="一句话", help="如果甲公司再存3000万、乙公司还掉2000万贷款")],
    grade: Grade = None,
    period: When = None,
    viewer: As = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Before and after; the sentence is read as in Slack. Exit 2 where nothing is supposed in it."""
    shown = _Shown(person, grade, period, viewer, now, as_json)
    step = shown.supposed(text)
    shown.tell(lambda steps, asked: steps.answer(asked, step, text, shown.which))


def at_date(
    person: Id,
    on: Annotated[str, typer.Option("--date", help="截止日,2026-03-31。")],
    known_on: Annotated[str | None, typer.Option(help="哪天结束时所知;缺省为截止日,或首次导入的那天。")] = None,
    grade: Grade = None,
    viewer: As = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """As known then, as corrected since, and which batch made the difference."""
    day = _day(known_on) if known_on else None
    _Shown(person, grade, on, viewer, now, as_json).tell(lambda steps, asked: steps.as_known(asked, day))


def by_rules(
    person: Id,
    on: Annotated[str, typer.Option("--date", help="哪天的办法。")],
    grade: Grade = None,
    viewer: As = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Today's facts by that day's rulebook; exit 1 where none held."""
    day = _day(on)
    _Shown(person, grade, None, viewer, now, as_json).tell(lambda steps, asked: steps.other_rules(asked, day))


def warnings(
    batch: Annotated[int, typer.Option(help="导入批次。")],
    viewer: Annotated[str, typer.Option("--as", metavar="工号", help="查看的人。")],
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Who newly falls below something of the grade held by that batch; exit 1 for whoever may not see everybody."""
    joined = parts(now)
    with joined.store.read() as view:
        asker = Asker(view.people.get(viewer), viewer)
    found = EarlyWarnings(joined.store, joined.shelf).shown(asker, batch, joined.clock.now())
    if found is None:
        say("\n".join(page.plain() for page in joined.renderer.pages(Denied())))
        raise typer.Exit(1)
    for one in found:
        line = warning_line(one)
        labels = [one.standing.rulebook.clauses[clause].label for clause in line["clauses"]]
        say_json(line) if as_json else say(f"{line['manager']} {one.standing.person.name}  {'、'.join(labels)}")


class _Shown:
    """Who looks at whom, and how it is printed."""

    def __init__(
        self, person: str, grade: str | None, period: str | None, viewer: str | None, now: str | None, as_json: bool
    ) -> None:
        self._parts = parts(now)
        self._as_json = as_json
        moment = self._parts.clock.now()
        label = viewer or person
        with self._parts.store.read() as view:
            asker = Asker(view.people.get(label), label)
        self._asked = AskNextStep(
            asker=asker,
            now=moment,
            subject_id=None if label == person else person,
            period=Period.parse(period) if period else None,
            grade=_grade_of(self._parts, grade),
        )

    @property
    def which(self) -> str:
        """The words of asking back which client is meant."""
        return self._parts.phrases.choices.zh.which_client

    def supposed(self, text: str) -> Step:
        """The changes that a sentence supposes."""
        question = self._parts.understanding.understand(text, list, self._asked.now.date())
        step = question.step if isinstance(question, OwnStanding | PersonStanding) else None
        if step is None or step.kind != "what_if":
            raise typer.BadParameter("这句话里没有假设的变动,例如:如果甲公司再存3000万", param_hint="一句话")
        if isinstance(question, OwnStanding | PersonStanding) and question.target and not self._asked.grade:
            self._asked = replace(self._asked, grade=None if question.target == "next" else question.target)
        return step

    def tell(self, ask: Callable[[NextSteps, AskNextStep], Outcome]) -> None:
        """Prints the outcome; exit 1 where it is refused or has to be asked back."""
        outcome = ask(self._parts.next_steps, self._asked)
        if self._as_json and isinstance(outcome, NextStep):
            say_json(step_line(outcome))
            return
        say("\n".join(page.plain() for page in self._parts.renderer.pages(outcome)))
        if isinstance(outcome, Denied) or (self._as_json and not isinstance(outcome, NextStep)):
            raise typer.Exit(1)


def _grade_of(joined: Parts, named: str | None) -> str | None:
    if named is None:
        return None
    found = joined.grade_names.get(named)
    if found is None:
        raise UnknownGrade(grade=named)
    return found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"日期请写成 2026-09-30:{text}") from None


def _amount(text: str) -> int:
    """分."""
    try:
        return Money.parse(text if text.endswith("元") else f"{text}元").minor
    except ValueError:
        raise typer.BadParameter(f"金额请写成 3000万元:{text}") from None
