"""A supervisor's team and the branch for HR: who is in it, how each stands, and that every look is recorded."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.config import FixedClock, Settings
from bot.domain.access import Asker
from bot.services.outcomes import Denied, Outcome
from bot.services.team import Situation, TeamShown
from bot.wiring import Parts, build
from tests.handlers.branch import load_sample

NOW = datetime(2026, 9, 30, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def shown(parts: Parts, who: str, *, whole: bool = False) -> Outcome:
    with parts.store.read() as view:
        asker = Asker(view.people.get(who), who)
    return parts.teams.show(asker, whole=whole, now=NOW)


def test_a_team_is_seen_by_its_supervisor_and_the_branch_by_hr(database_url: str) -> None:
    load_sample(database_url)
    parts = build(Settings(_env_file=None, database_url=database_url), FixedClock(NOW))
    branch = shown(parts, "3001")
    assert isinstance(branch, TeamShown)
    assert branch.whole
    numbers = [row.standing.person.id for row in branch.rows]
    assert numbers == sorted(numbers)
    assert len(numbers) == 24
    situations = {row.standing.person.id: row.situation for row in branch.rows}
    # knowledge/demo/README.md: 1001 lacks 600 of 7500; 1002 meets 一级; 1005 and 1012 keep nothing; 1020 waits for HR.
    assert situations["1001"] is Situation.NEAR
    assert situations["1002"] is Situation.ABOVE
    assert situations["1005"] is Situation.AT_RISK
    assert situations["1012"] is Situation.AT_RISK
    assert situations["1020"] is Situation.OPEN
    team = shown(parts, "2001")
    assert isinstance(team, TeamShown)
    assert not team.whole
    with parts.store.read() as view:
        own = {p.id for p in view.people.team_of("2001") if p.grade and p.active}
        assert {row.standing.person.id for row in team.rows} == own
    assert parts.renderer.outcome(team).blocks[-2]["type"] == "data_table"
    assert isinstance(shown(parts, "2001", whole=True), Denied)
    assert shown(parts, "1001") == Denied()
    assert shown(parts, "9999") == Denied(unlinked=True)
    parts.store.close()


def test_every_line_shown_is_a_look_and_the_branch_one_more(database_url: str) -> None:
    load_sample(database_url)
    parts = build(Settings(_env_file=None, database_url=database_url), FixedClock(NOW))
    with parts.store.read() as view:
        before = len(view.audit.entries())
    branch = shown(parts, "3001")
    assert isinstance(branch, TeamShown)
    with parts.store.read() as view:
        looked = view.audit.entries()[before:]
        assert view.audit.verify() is None
    assert {entry["action"] for entry in looked} == {"looked"}
    assert [entry["subject"] for entry in looked] == [None, *(row.standing.person.id for row in branch.rows)]
    parts.store.close()
