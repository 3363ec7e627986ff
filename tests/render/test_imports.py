"""Import reports as HR reads them, within Slack's limits however much there is to say."""

from __future__ import annotations

from bot.domain.importing import Place, remark
from bot.domain.review import Jump, Move, Review, Some, Totals
from bot.services.import_ledger import ImportReport
from bot.services.ledger_drops import LedgerChecked
from bot.services.outcomes import AppraiseHelped
from handlers.appraise_desk import Step
from tests.render.import_samples import AFTER, LAST, Q3
from tests.render.judges import hidden_strings, judge
from tests.render.samples import RENDERER

MANY = tuple(f"C{n:03}<!channel>*" for n in range(20))
REVIEW = Review(
    totals=(Totals(AFTER, LAST, AFTER),),
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
    assert "2,256,944,999.98元" in shown and "差 5 户,存款 100,827,308.35元" in shown and "2000 户" in shown
    assert "其余 290 条略" in shown and "无" in shown
    assert all("元" not in page.text for page in pages)
    assert "元" not in str(pages[0].blocks[0])


def test_the_help_of_appraise_lists_every_word_that_it_takes() -> None:
    shown = str(RENDERER.outcome(AppraiseHelped()).blocks)
    assert all(f"`{step}`" in shown for step in Step)


def test_what_travels_unseen_is_ids_alone() -> None:
    hidden = [text for page in RENDERER.pages(CHECKED) for text in hidden_strings(page.blocks)]
    assert sorted(hidden) == ["0" * 32, "ledger_confirm"]
