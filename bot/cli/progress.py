"""`ladder progress`: standings as the contract's JSON, one object a line, or as cards."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.output import say, say_json
from bot.cli.parts import parts
from bot.domain.period import Period
from bot.domain.rulebook import Rulebook
from bot.domain.standing import Standing
from bot.errors import UnknownGrade, UnknownPerson
from bot.render.progress_json import progress_line
from bot.render.workbook import workbook
from bot.services.export import StandingExport
from bot.services.looking import standing_of
from bot.services.outcomes import StandingShown
from bot.services.ports import Reading
from bot.services.standings import branch_standings, faults_behind, focus_of
from bot.wiring import Parts


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("progress", help="各客户经理对照六个等级的进度。")(progress)


def progress(
    ids: Annotated[list[str] | None, typer.Argument(metavar="工号…", help="一个或多个工号。")] = None,
    everyone: Annotated[bool, typer.Option("--all", help="所有在岗且有等级的人员。")] = False,
    period: Annotated[str, typer.Option(help="2026Q3、2026(年度)或日期 2026-09-30。")] = "",
    grade: Annotated[str | None, typer.Option(help="只看一个等级(二级 或 second)。")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="每人一行 JSON。")] = False,
    xlsx: Annotated[Path | None, typer.Option(help="一人的进度存成 XLSX。")] = None,
    html: Annotated[Path | None, typer.Option(help="一人的进度存成可打印的一页 HTML(A4)。")] = None,
) -> None:
    """Sorted by number as text. Exit 1 for a period without rulebook, or a number that nobody has."""
    if not ids and not everyone:
        raise typer.BadParameter("请给出工号,或用 --all")
    if (xlsx or html) and (everyone or len(set(ids or ())) != 1):
        raise typer.BadParameter("--xlsx 和 --html 一次存一个人的进度,请给出一个工号")
    joined = parts()
    asked = Period.parse(period) if period else joined.standings.latest_period()
    rulebook = joined.shelf.on(asked.as_of)
    only = _grade(rulebook, grade)
    with joined.store.read() as view:
        found = branch_standings(view, rulebook, asked) if everyone else _named(view, rulebook, asked, ids or [])
        for standing in found:
            if xlsx or html:
                _save(joined, view, standing, only, xlsx, html)
            else:
                _print(joined, standing, only, as_json)


def _named(view: Reading, rulebook: Rulebook, period: Period, ids: Iterable[str]) -> Iterator[Standing]:
    """Those named, also when they have left; all of them are known before the first is shown."""
    people = {person_id: view.people.get(person_id) for person_id in sorted(set(ids))}
    for person_id, person in people.items():
        if person is None:
            raise UnknownPerson(person=person_id)
    return (standing_of(view, rulebook, person, period) for person in people.values() if person)


def _grade(rulebook: Rulebook, named: str | None) -> str | None:
    if named is None:
        return None
    found = rulebook.find_grade(named)
    if found is None:
        raise UnknownGrade(grade=named)
    return found.key


def _print(joined: Parts, standing: Standing, only: str | None, as_json: bool) -> None:
    if as_json:
        line: dict[str, Any] = progress_line(standing)
        if only:
            line["grades"] = {only: line["grades"][only]}
        say_json(line)
        return
    with joined.store.read() as view:
        faults = faults_behind(view, standing)
    card = StandingShown(standing=standing, focus=focus_of(standing, only), own=False, faults=faults)
    say("\n".join(page.plain() for page in joined.open_renderer.pages(card)) + "\n")


def _save(
    joined: Parts, view: Reading, standing: Standing, only: str | None, xlsx: Path | None, html: Path | None
) -> None:
    """The bank's own machine: every name and figure, whatever goes to Slack."""
    export = StandingExport(
        standing=standing,
        focus=focus_of(standing, only),
        clients=tuple(view.ledger.clients(standing.period.as_of, standing.person.id)),
        faults=faults_behind(view, standing),
        made=joined.clock.now(),
    )
    exported = joined.open_renderer.exported(export)
    for path, content in ((xlsx, workbook(exported)), (html, exported.page().encode())):
        if path:
            path.write_bytes(content)
            say(str(path))
