"""Charts and sorted tables say what the lines say, in whole numbers, and are read as text where there is no picture."""

from bot.render.chart_text import bar
from bot.render.veil import Figures, Veil
from bot.slack.delivery import Plainer
from bot.wiring import build_renderer
from tests.render.judges import judge
from tests.render.samples import RENDERER, card, standing, usual
from tests.render.test_snapshots import MESSAGES


def charts(name: str, veil: Veil | None = None) -> list[dict]:
    message = judge(build_renderer(veil).outcome(MESSAGES[name]()))
    return [block for block in message.blocks if block["type"] == "data_visualization"]


def test_the_card_draws_how_much_of_each_bound_is_reached() -> None:
    (chart,) = charts("standing_own")
    points = {point["label"]: point["value"] for point in chart["chart"]["series"][0]["data"]}
    assert points == {"存款": 92, "贷款": 11, "国际结算": 6, "新增存款": 92}
    assert all(type(value) is int for value in points.values())


def test_one_fen_short_is_not_drawn_as_reached() -> None:
    (chart,) = charts("standing_one_fen_short")
    assert chart["chart"]["series"][0]["data"][0]["value"] == 99
    assert bar(99, 100) == "█████████░"
    assert bar(0, 100) == bar(-5, 100) == "░░░░░░░░░░"
    assert bar(250, 100) == "██████████"


def test_the_forecast_draws_the_quarters_that_it_rests_on() -> None:
    (chart,) = charts("forecast")
    assert chart["chart"]["axis_config"]["categories"] == ["2025Q4", "2026Q1", "2026Q2", "2026Q3"]
    assert [point["value"] for point in chart["chart"]["series"][0]["data"]] == [7174, 5600, 7191, 8774]


def test_no_chart_where_figures_stay_in_the_bank_and_no_number_in_the_team_table() -> None:
    for figures in (Figures.BAND, Figures.NONE):
        assert not charts("standing_own", Veil(figures=figures))
        team = build_renderer(Veil(figures=figures)).outcome(MESSAGES["team"]())
        assert "raw_number" not in str(team.blocks)


def test_a_slack_that_refuses_the_blocks_gets_the_same_as_text() -> None:
    for name, said in (("standing_own", "█████████░  92"), ("team", "1001  李强")):
        page = RENDERER.outcome(MESSAGES[name]())
        assert said in Plainer.of(page).plain()
        assert {block["type"] for block in Plainer.of(page).blocks} == {"section"}


def test_the_team_sorts_by_the_largest_gap_as_a_number() -> None:
    (table,) = [b for b in RENDERER.outcome(MESSAGES["team"]()).blocks if b["type"] == "data_table"]
    column = [cell["text"] for cell in table["rows"][0]].index("差距占要求")
    assert [row[column].get("value") for row in table["rows"][1:]] == [8, 100, None]


def test_a_card_without_figures_has_no_chart() -> None:
    assert not charts("standing_no_figures")
    assert "data_visualization" in str(RENDERER.outcome(card(standing(usual()))).blocks)
