"""What is kept of a question gives no amount and no client away, however they are written."""

from datetime import date

import pytest

from tests.conversations.branch import UNDERSTANDING

TODAY = date(2026, 10, 15)


AMOUNTS = """75499999.99 | 12345.67 | 35 000 000 | 620.5 | 75,499,999.99 | 3_500_000 | 35 000,5 | 1万2345.6 | 2026.10
半个亿 | 几个亿 | 1个半亿 | 一个半亿 | 几千万 | 两三千万 | 上亿 | 好几百万 | 500 | ７５００ | 7500w | 1.8亿"""


@pytest.mark.parametrize("amount", [part.strip() for line in AMOUNTS.splitlines() for part in line.split("|")])
def test_an_amount_is_blotted_however_it_is_written(amount: str) -> None:
    kept = UNDERSTANDING.without_figures(f"我的余额{amount}咋处理", TODAY)
    assert kept == "我的余额▢咋处理"


@pytest.mark.parametrize(
    "text",
    [
        "第11条讲什么",
        "2级要满3年吗",
        "2026年3季度的头寸",
        "2026-10-15的头寸",
        "8项里要几项",
        "第20条和第3条",
        "要多少万",
        "9月30日的头寸",
    ],
)
def test_grades_articles_dates_and_small_numbers_stay(text: str) -> None:
    assert UNDERSTANDING.without_figures(text, TODAY) == text


@pytest.mark.parametrize("said", ["江州舸禾陶瓷有限公司", "江州舸禾陶瓷", "舸禾陶瓷", "舸禾"])
def test_the_asker_s_own_client_is_blotted(said: str) -> None:
    kept = UNDERSTANDING.without_figures(f"我在{said}的余额75499999.99咋处理", TODAY, ["江州舸禾陶瓷有限公司"])
    assert kept == "我在▢的余额▢咋处理"


def test_what_a_client_s_name_shares_with_the_regulation_stays() -> None:
    kept = UNDERSTANDING.without_figures("国际结算怎么算", TODAY, ["江州国际贸易有限公司"])
    assert kept == "国际结算怎么算"
