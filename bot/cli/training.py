"""`ladder training`: the sessions of HR's list, and what the training documents say."""

from datetime import date
from typing import Annotated, Any

import typer

from bot.cli.output import say, say_json
from bot.cli.parts import parts
from bot.domain.access import Asker, Surface
from bot.domain.training_sessions import Session, Span
from bot.errors import UnknownPerson
from bot.questions.question import SessionsQuestion
from bot.services.signups import seats_left

training = typer.Typer(help="培训安排与培训方案。", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.add_typer(training, name="training")


@training.command("list", help="登记的培训;--as 只列适合此人的后续安排。")
def list_sessions(
    as_person: Annotated[str | None, typer.Option("--as", metavar="工号", help="为谁列出。")] = None,
    now: Annotated[str | None, typer.Option(help="把时钟固定在这一刻(ISO)。")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="每场一行 JSON。")] = False,
) -> None:
    """Everything that is put down, or what comes for one person. Exit 1 for a number that nobody has."""
    joined = parts(now)
    moment = joined.clock.now()
    with joined.store.read() as view:
        person = view.people.get(as_person) if as_person else None
        sessions = view.sessions.between(date.min if person is None else moment.date(), date.max)
        free = {session.id: seats_left(view, session) for session in sessions}
        cancelled = view.signups.cancelled()
    if as_person and person is None:
        raise UnknownPerson(person=as_person)
    if person and not as_json:
        shown = joined.sessions.answer(Asker(person, person.id), SessionsQuestion(span=Span.NEXT), moment, Surface.CLI)
        say("\n".join(page.plain() for page in joined.renderer.pages(shown)))
        return
    for session in sessions:
        if person is None or (session.fits(person.grade) and not session.begun(moment)):
            _print(session, as_json, free[session.id], session.id in cancelled)


@training.command("plan", help="一份培训方案写了什么;不写名称则列出全部。")
def plan(
    name: Annotated[str | None, typer.Argument(metavar="名称", help="方案的名称或键。")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="每条一行 JSON。")] = False,
) -> None:
    """The documents, or one's facts with their quotes. Exit 2 for a name that no document bears."""
    plans = parts().training_plans.plans
    chosen = next((one for one in plans if name in (one.key, one.name, *one.aliases)), None)
    if name and chosen is None:
        raise typer.BadParameter(f"没有这份方案:{name}")
    for fact in chosen.facts if chosen else ():
        line = {"fact": fact.key, "aspect": str(fact.aspect), "say": fact.say, "quotes": list(fact.quotes)}
        _say(as_json, line, f"{fact.say}\n  「{'……'.join(fact.quotes)}」")
    for one in () if chosen else plans:
        _say(as_json, {"key": one.key, "name": one.name, "about": one.about}, f"{one.key}\t{one.name}")


def _say(as_json: bool, line: dict[str, Any], words: str) -> None:
    say_json(line) if as_json else say(words)


def _print(session: Session, as_json: bool, free: int | None, cancelled: bool) -> None:
    if not as_json:
        time = "-".join(t for t in (session.start, session.end) if t)
        say("\t".join((session.id, session.day.isoformat(), time, session.topic, session.place or "")))
        return
    hours = None if session.hours is None else f"{session.hours // 100}.{session.hours % 100:02d}"
    say_json(
        {
            "id": session.id,
            "topic": session.topic,
            "category": session.category,
            "grades": sorted(session.grades) or ["all"],
            "date": session.day.isoformat(),
            "start": session.start,
            "end": session.end,
            "place": session.place,
            "trainer": session.trainer,
            "seats": session.seats,
            "hours": hours,
            "seats_left": free,
            "cancelled": cancelled,
        }
    )
