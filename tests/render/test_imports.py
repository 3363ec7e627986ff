"""Import reports as HR reads them, within Slack's limits however much there is to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.importing import Place, remark
from bot.domain.review import Jump, Move, Review, Some, Sums, Totals
from bot.services.import_ledger import ImportReport
from bot.services.ledger_drops import ImportHelped, LedgerChecked, LedgerLoaded, LedgerRefused
from tests.render.judges import hidden_strings, judge
from tests.render.samples import RENDERER

Q2, Q3 = date(2026, 6, 30), date(2026, 9, 30)
MANY = tuple(f"C{n:03}<!channel>*" for n in range(20))
REVIEW = Review(
    totals=(Totals(Sums(Q3, 180, 225_694_499_998, 172_300_000_000), Sums(Q2, 175, 215_611_769_163, 169_030_305_600)),),
    new=Some(2_000, MANY),
    gone=Some(1, ("C9",)),
    jumped=tuple(Jump(Q3, client, "loan_avg", 10**13, 10**14) for client in MANY),
    jumps=900,
    moved=tuple(Move(client, ("1001",), ()) for client in MANY),
    moves=21,
    without_clients=Some(1, ("1019",)),
)
WARNINGS = tuple(
    remark("client_without_manager", Place("业绩.xlsx", "业绩", n, "客户号"), "C" * 200) for n in range(300)
)
REPORT = ImportReport(
    accepted=True,
    batch=None,
    rows={"figures": 180},
    changed={"figures": 12},
    errors=(),
    warnings=WARNINGS,
    review=REVIEW,
)
CHECKED = LedgerChecked(report=REPORT, files=("业绩<!here>.xlsx",), drop="0" * 32)


def test_a_full_report_is_taken_by_slack_and_shows_no_figure_first() -> None:
    pages = RENDERER.pages(CHECKED)
    shown = "\n".join(judge(page).plain() for page in pages)
    assert "2,256,944,999.98元" in shown and "差 100,827,308.35元" in shown and "2000 户" in shown
    assert "其余 290 条略" in shown and "无" in shown
    assert all("元" not in page.text for page in pages)
    assert "元" not in str(pages[0].blocks[0])


def test_what_travels_unseen_is_ids_alone() -> None:
    hidden = [text for page in RENDERER.pages(CHECKED) for text in hidden_strings(page.blocks)]
    assert sorted(hidden) == ["0" * 32, "ledger_confirm"]


def test_without_anything_to_say_a_report_is_short() -> None:
    empty = Review(
        totals=(), new=Some(0, ()), gone=Some(0, ()), jumped=(), jumps=0, moved=(), moves=0, without_clients=Some(0, ())
    )
    quiet = replace(REPORT, warnings=(), review=empty)
    (page,) = RENDERER.pages(LedgerChecked(report=quiet, files=("a.csv",), drop="0" * 32, anew=True))
    assert judge(page).plain().splitlines() == [
        "台账检查完毕,尚未入库",
        "检查之后台账又有了新批次,下面是重新检查的结果,请再确认一次。",
        "文件:a.csv",
        "行数",
        "• 业绩 180 行(新增或变更 12)",
        "与库中相比(请与本行总账核对合计)",
        "[确认入库]",
        "24 小时内有效;按下后才写入台账,入库后可以撤销。",
    ]


def test_faults_a_load_and_the_help_are_taken_by_slack() -> None:
    refused = LedgerRefused(files=("a.csv",), errors=WARNINGS, warnings=())
    for outcome in (refused, LedgerLoaded(batch=3, changed=True), LedgerLoaded(batch=3, changed=False), ImportHelped()):
        for page in RENDERER.pages(outcome):
            judge(page)
    assert "共 300 个错误" in RENDERER.outcome(refused).plain()
