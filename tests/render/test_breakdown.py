"""怎么算的: what stands on the screen adds up, to the last digit, to the value shown."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.ledger import ManagedClient
from bot.services.outcomes import BreakdownShown
from tests.render.judges import hidden_strings, judge
from tests.render.samples import RENDERER, breakdown, card, client, standing, usual

LINE = re.compile(
    r"^\d+\. .*:(?P<whole>-?[\d,.]+)(?:美)?元 × (?P<share>[\d.]+)% = (?P<part>-?[\d,.]+)(?:美)?元(?:\(.*\))?$"
)
SUM = re.compile(r"^合计 (?P<sum>-?[\d,.]+)(?:美)?元(?: × 汇率 (?P<rate>[\d.]+)\(.*\) = (?P<value>-?[\d,.]+)元)?$")
VALUE = re.compile(r"\(合计 (-?[\d,.]+)(?:美)?元\)")
LEFT_OUT = re.compile(r"^\d+\. .*:日均 (-?[\d,.]+)元 低于 ")
KEYS = (
    "senior.a",
    "first.b",
    "second.a",
    "second.b",
    "second.c",
    "second.d",
    "fourth.c",
    "trainee.d",
    "third.pass_line",
)
HOSTILE = st.one_of(
    st.none(),
    st.text(max_size=80),
    st.sampled_from(
        [
            "<!channel>",
            "*bold*",
            "`code`",
            "~x~ _y_",
            "&amp;<@U1>",
            "> q",
            "a\nb",
            "@here",
            "合计 1.00元",
            ":fire:",
            "\u202e甲",
            "= 5.00元",
        ]
    ),
)
AMOUNT = st.one_of(st.integers(0, 10**16), st.sampled_from([0, 1, 100 * 10**6 - 1, 100 * 10**6, 300 * 10**6]))


def number(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))


def lines_of(shown: BreakdownShown) -> list[str]:
    """All lines of all pages, each page judged."""
    return [line for page in RENDERER.pages(shown) for line in judge(page).plain().split("\n")]


def check_sums(shown: BreakdownShown) -> None:
    lines = lines_of(shown)
    counted = [found for line in lines if (found := LINE.match(line))]
    assert len(counted) == len(shown.breakdown.counted)
    for found in counted:
        assert number(found["whole"]) * number(found["share"]) / 100 == number(found["part"])
    total = sum((number(found["part"]) for found in counted), Fraction(0))
    if counted:
        summed = next(found for line in lines if (found := SUM.match(line)))
        assert number(summed["sum"]) == total
        if summed["rate"]:
            total *= number(summed["rate"])
            assert number(summed["value"]) == total
    value = next(number(found[1]) for line in lines if (found := VALUE.search(line)))
    assert shown.finding.value is not None
    assert value == total == shown.finding.value / 100
    left_out = [line for line in lines if LEFT_OUT.match(line)]
    assert len(left_out) == len(shown.breakdown.left_out)


@pytest.mark.parametrize("key", KEYS)
def test_the_clients_shown_add_up_to_the_value_shown(key: str) -> None:
    check_sums(breakdown(standing(usual()), usual(), key))


def many(count: int) -> list[ManagedClient]:
    return [
        client(
            f"C{n:04}",
            f"南昌市某某实业发展有限责任公司第{n}分公司",
            share=3333 + n,
            deposit_avg=12_345_678_901 + n,
            agreement_avg=n * 777,
            last=None,
        )
        for n in range(count)
    ]


@pytest.mark.parametrize("count", [0, 1, 200, 250])
def test_any_number_of_clients_fits(count: int) -> None:
    clients = many(count)
    shown = breakdown(standing(clients), clients)
    check_sums(shown)
    assert len(RENDERER.pages(shown)) == (1 if count < 100 else len(RENDERER.pages(shown)))


def test_pages_are_numbered_and_no_page_begins_with_a_figure() -> None:
    clients = many(200)
    pages = RENDERER.pages(breakdown(standing(clients), clients))
    assert len(pages) > 1
    for place, page in enumerate(pages, 1):
        assert f"第 {place} 条,共 {len(pages)} 条" in page.plain()
        assert not re.search(r"[\d.,]+[万亿]?元", page.blocks[0]["text"]["text"])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(HOSTILE, AMOUNT, AMOUNT, AMOUNT, st.integers(1, 10_000), st.one_of(st.none(), AMOUNT)), max_size=250
    ),
    st.sampled_from(KEYS),
    st.booleans(),
)
def test_hostile_names_break_nothing(rows: list, key: str, own: bool) -> None:
    clients = [
        client(
            f"C{n:03}",
            name,
            share,
            last,
            deposit_avg=deposits,
            agreement_avg=min(deposits, other),
            loan_avg=other,
            loan_normal=other,
            settlement_usd=third,
        )
        for n, (name, deposits, other, third, share, last) in enumerate(rows)
    ]
    judged = standing(clients)
    shown = breakdown(judged, clients, key, own)
    check_sums(shown)
    for page in RENDERER.pages(card(judged, shown.grade.grade.key, own)):
        judge(page)
        for hidden in hidden_strings(page.blocks):
            assert not any(
                c.figures.client_name and len(c.figures.client_name) > 3 and c.figures.client_name in hidden
                for c in clients
            )
