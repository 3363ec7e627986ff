"""The Home is built anew with its as-of date: what is next for me, and who has looked at me."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.config import FixedClock, Settings
from bot.domain.access import Asker
from bot.services.home_view import HomeView
from bot.wiring import Parts, build
from tests.handlers.branch import load_sample

NOW = datetime(2026, 10, 9, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def home(parts: Parts, who: str) -> HomeView:
    with parts.store.read() as view:
        return parts.home(Asker(view.people.get(who), who))


def look(parts: Parts, who: str, whom: str | None) -> None:
    with parts.store.read() as view:
        asker = Asker(view.people.get(who), who)
    parts.standings.show_standing(asker, subject_id=whom)


def test_who_has_looked_at_me_stands_on_my_home_and_on_nobody_elses(database_url: str) -> None:
    load_sample(database_url)
    parts = build(Settings(_env_file=None, database_url=database_url), FixedClock(NOW))
    assert home(parts, "1001").looks == ()
    look(parts, "1001", None)
    for who in ("2001", "3001", "3001", "1002"):
        look(parts, who, "1001")
    found = {seen.who: (seen.times, seen.what, seen.at) for seen in home(parts, "1001").looks}
    # Oneself is no look, and the colleague who was refused has seen nothing.
    assert found == {"许芳": (2, ("standing",), NOW), "周敏": (1, ("standing",), NOW)}
    assert home(parts, "1002").looks == ()
    shown = str(parts.renderer.home(home(parts, "1001")))
    assert "周敏" in shown and "2026-10-09 10:00" in shown and "等级进度" in shown
    parts.store.close()


def test_the_home_names_the_nearest_step_the_next_session_and_the_day_of_the_figures(database_url: str) -> None:
    load_sample(database_url)
    parts = build(Settings(_env_file=None, database_url=database_url), FixedClock(NOW))
    mine = home(parts, "1001")
    assert mine.session is not None and mine.session.day >= NOW.date()
    shown = str(parts.renderer.home(mine))
    # 6900 of 7500万元 is the nearest of four ways.
    assert "最近一步" in shown and "600万元" in shown
    assert "数据截至 2026-09-30" in shown
    assert "导入批次 #1" in shown
    assert mine.branch is None, "HR's part is HR's"
    hr = home(parts, "3001")
    assert hr.branch is not None and hr.branch.batch is not None
    assert "最近一批 #1" in str(parts.renderer.home(hr))
    parts.store.close()
