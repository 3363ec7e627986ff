"""A ledger dropped on the page by HR: report, confirmation, and the batch that it makes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.driver import PATIENCE, Person

Enter = Callable[..., Person]
pytestmark = pytest.mark.browser

LEDGER = (
    "截止日,客户号,客户名称,日均存款,其中协议存款,日均贷款,国际结算额,正常类贷款,关注类贷款,次级类贷款,可疑类贷款,"
    "损失类贷款,欠息,垫款\n2025-09-30,C001,江州舸禾陶瓷有限公司,25968396.06,3610000.00,13271099.00,1371621.28,"
    "13440000.00,0,0,0,0,0,0\n"
)


def test_hr_drops_a_ledger_and_confirms_it(person: Enter) -> None:
    me = person("许芳")
    me.go("dm")
    before = me.answers.count()
    report = me.drop("业绩.csv", LEDGER)
    expect(report).to_contain_text("尚未入库")
    expect(report).to_contain_text("存款 0.01元")
    expect(me.page.get_by_test_id("file").first).to_have_text("业绩.csv")
    me.press(report, "确认入库")
    expect(me.answers).to_have_count(before + 2, timeout=PATIENCE)
    expect(me.answers.nth(before + 1)).to_contain_text("批次 2")
