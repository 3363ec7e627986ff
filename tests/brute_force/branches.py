"""Small random branches for Hypothesis, hugging the floors and bounds by a fen, and always acceptable to the import.

`branches()` draws a branch: {"period": str, "managers": [...], "figures": [...], "attribution": [...], "rates": [...]}, rows with the
English keys of contract.md. `write_branch(path, branch)` writes it as a ledger workbook.

Import rules kept: shares above 0 and at most 100 % a client and day, no overlapping rows of a pair, agreement deposits at most the
deposits, a trainee has 见习起始日, one row a client and date, every 工号 in 管户 stands in 人员.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from . import workbook

FEN = Decimal("0.01")
LAST_DAY = datetime.date(2025, 12, 31)
PERIODS = ["2026Q1", "2026Q2", "2026Q3", "2026Q3", "2026Q4", "2026", "2026", "2026-08-15", "2026-02-28"]
OTHER_DATES = [
    datetime.date(2025, 9, 30),
    datetime.date(2026, 1, 1),
    datetime.date(2026, 3, 31),
    datetime.date(2026, 5, 17),
    datetime.date(2026, 6, 30),
    datetime.date(2026, 9, 30),
    datetime.date(2026, 12, 31),
]

WAN = Decimal(10000)
# what the clients of a branch have, in 万: small, middling and large branches
DEPOSITS = [
    [1000, 500, 300, 100, 50, 49, 99],
    [2500, 1500, 1000, 500, 300, 100, 50, 0],
    [3000, 3800, 5000, 7500, 2500, 300, 100, 50, 99],
    [7500, 10000, 15000, 25000, 5000, 500, 300, 49],
]
LOANS = [
    [0],
    [0, 0, 0, 3600, 7200],
    [0, 0, 3600, 5000, 7200, 7500],
    [0, 0, 7500, 15000, 18000, 20000, 35000],
]
DOLLARS = [
    [0],
    [0, 0, 100, 160],
    [0, 0, 100, 160, 500],
    [0, 0, 500, 1000, 2000, 3000],
]
SHARES = [Decimal(text) for text in ("100", "100", "100", "50", "33.33", "33.34", "12.5", "99.99", "0.01")]
SPLITS = [
    [Decimal(text) for text in split.split()]
    for split in ("50 50", "33.33 33.33 33.34", "60 40", "99.99 0.01", "33.33 33.33", "25 25 25", "66.67 33.33")
]

# where a manager's sum is put exactly on a bound, or a fen beside it: the key of the figure and the bounds in 万
AIMS = [
    *[("deposit_avg", bound) for bound in (1000, 1500, 3800, 7500, 15000, 25000)],
    *[("loan_avg", bound) for bound in (3600, 7200, 18000, 20000, 35000)],
    *[("settlement_usd", bound) for bound in (500, 1000, 2000, 3000)],
    *[("new", bound) for bound in (1000, 1500, 2500, 3000, 5000)],
]


def mostly(of: int) -> st.SearchStrategy[bool]:
    """True but for one time in `of`. (Integers would draw their ends too often.)"""
    return st.sampled_from([True] * (of - 1) + [False])


fen = st.sampled_from([Decimal(0), Decimal(0), -FEN, FEN])


def near(choices: list[int]) -> st.SearchStrategy[Decimal]:
    """One of the amounts (万), or a fen beside it; never below nought."""
    return st.builds(lambda base, off: max(Decimal(0), base * WAN + off), st.sampled_from(choices), fen)


def around(day: datetime.date, years: int) -> list[datetime.date]:
    """The day that many years ago, with its neighbours; the end of the month where there is none."""
    then = years_ago(day, years)
    return [then + datetime.timedelta(days=off) for off in (-1, 0, 1)]


def years_ago(day: datetime.date, years: int) -> datetime.date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


@st.composite
def managers(draw: st.DrawFn, today: datetime.date, number: int) -> dict[str, Any]:
    grade = draw(st.sampled_from(["高级", "一级", "二级", "三级", "四级", "见习", "见习", ""]))
    probation = [datetime.date(today.year, 1, 15), *around(today, 1)]
    if grade != "见习":
        probation = [None, None, *probation]
    person: dict[str, Any] = {
        "id": str(1001 + number),
        "name": f"客户经理{number + 1}",
        "unit": "甲组",
        "grade": grade,
        "marketing_since": datetime.date(2015, 1, 1),
        "probation_since": draw(st.sampled_from(probation)),
        "education": "本科",
        "title": "无",
        "exam": "合格",
        "breach": "无",
        "report_date": today,
        "status": draw(st.sampled_from(["在岗", "在岗", "在岗", "", "离岗"])),
    }
    doubts: dict[str, list[Any]] = {
        "marketing_since": [None, datetime.date(2024, 2, 29), *around(today, 3), *around(today, 1)],
        "education": ["大专", "中专", "高中", "硕士", "博士", ""],
        "title": ["初级", "中级", "高级", ""],
        "exam": ["不合格", "未考", ""],
        "breach": ["有", ""],
        "report_date": [None, today + datetime.timedelta(days=1), LAST_DAY, datetime.date(2026, 1, 1)],
    }
    for key in [] if draw(mostly(2)) else draw(st.lists(st.sampled_from(sorted(doubts)), max_size=3, unique=True)):
        person[key] = draw(st.sampled_from(doubts[key]))
    if not draw(mostly(8)):  # neither diploma nor title
        person["education"], person["title"] = "中专", draw(st.sampled_from(["无", ""]))
    return person


@st.composite
def loan_classes(draw: st.DrawFn, temper: str) -> dict[str, Decimal]:
    shapes = {
        "quiet": ["none"],
        "sound": ["none", "normal", "special"],
        "troubled": ["none", "normal", "special", "bad"],
    }
    shape = draw(st.sampled_from(shapes[temper]))
    if shape == "none":
        return {}
    found = {
        "loan_normal": draw(st.sampled_from([Decimal(1), Decimal(2), Decimal(90), Decimal(100), Decimal("99.99")]))
    }
    if shape == "special":
        found["loan_special"] = draw(st.sampled_from([FEN, Decimal(1), Decimal(10)]))
    if shape == "bad":
        name = draw(st.sampled_from(["loan_substandard", "loan_doubtful", "loan_loss"]))
        found[name] = draw(st.sampled_from([FEN, Decimal(1)]))
    return found


@st.composite
def figures(draw: st.DrawFn, client: str, on: datetime.date, temper: str, size: int) -> dict[str, Any]:
    deposit = draw(near(DEPOSITS[size]))
    agreement = draw(st.sampled_from([Decimal(0), Decimal(0), Decimal(0), FEN, deposit, Decimal(500) * WAN]))
    row: dict[str, Any] = {
        "as_of": on,
        "client": client,
        "deposit_avg": deposit,
        "agreement_avg": min(agreement, deposit),
        "loan_avg": draw(near(LOANS[size])),
        "settlement_usd": draw(near(DOLLARS[size])),
        "loan_normal": Decimal(0),
        "loan_special": Decimal(0),
        "loan_substandard": Decimal(0),
        "loan_doubtful": Decimal(0),
        "loan_loss": Decimal(0),
        **draw(loan_classes(temper)),
        "overdue_interest": Decimal(0),
        "advances": Decimal(0),
    }
    if temper == "troubled":
        trouble = draw(st.sampled_from([*[""] * 6, "overdue_interest", "advances", "empty"]))
        if trouble == "empty":  # an empty amount is nought
            row["advances"] = None
        elif trouble:
            row[trouble] = FEN
    return row


@st.composite
def attributions(draw: st.DrawFn, client: str, ids: list[str], today: datetime.date) -> list[dict[str, Any]]:
    start = datetime.date(2020, 1, 1)
    shape = draw(
        st.sampled_from(["one", "one", "one", "one", "one", "one", "shared", "moved", "edge", "changed", "nobody"])
    )
    who = draw(st.permutations(ids))
    cut = draw(st.sampled_from([today, today - datetime.timedelta(days=1), datetime.date(2026, 3, 31), LAST_DAY]))
    next_day = cut + datetime.timedelta(days=1)
    if shape == "nobody":
        return []
    if shape == "one":
        return [row(client, who[0], draw(st.sampled_from(SHARES)), start, None)]
    if shape == "shared":
        shares = draw(st.sampled_from(SPLITS))
        return [row(client, manager, share, start, None) for manager, share in zip(who, shares, strict=False)]
    if shape == "edge":
        first = draw(st.sampled_from([today, today + datetime.timedelta(days=1), start]))
        last = draw(st.sampled_from([first, max(first, today), None]))
        return [row(client, who[0], Decimal(100), first, last)]
    if shape == "changed":
        rows = [row(client, who[0], Decimal(100), start, cut), row(client, who[0], Decimal("33.33"), next_day, None)]
        if len(who) > 1:
            rows.append(row(client, who[1], Decimal("66.67"), next_day, None))
        return rows
    return [row(client, who[0], Decimal(100), start, cut), row(client, who[-1], Decimal(100), next_day, None)]


def row(client: str, manager: str, share: Decimal, start: datetime.date, end: datetime.date | None) -> dict[str, Any]:
    return {"client": client, "manager": manager, "share": share, "from": start, "to": end}


def aim(branch: dict[str, Any], today: datetime.date, manager: str, key: str, target: Decimal) -> None:
    """Moves one wholly held client's figure so that the manager's plain sum (floors apart) lands on the target, where that can be."""
    shares = {
        one["client"]: one["share"]
        for one in branch["attribution"]
        if one["manager"] == manager and one["from"] <= today and (one["to"] is None or today <= one["to"])
    }
    now = {one["client"]: one for one in branch["figures"] if one["as_of"] == today and one["client"] in shares}
    before = {one["client"]: one for one in branch["figures"] if one["as_of"] == LAST_DAY}
    whole = [client for client in now if shares[client] == 100]
    if not whole:
        return
    total = Decimal(0)
    for client, one in now.items():
        value = one["deposit_avg" if key == "new" else key]
        if key == "deposit_avg":
            value -= one["agreement_avg"]
        if key == "new" and client in before:
            value -= before[client]["deposit_avg"]
        total += value * shares[client] / 100
    column = "deposit_avg" if key == "new" else key
    chosen = max((now[client] for client in whole), key=lambda one: one[column])
    moved = (chosen[column] + target - total).quantize(FEN)
    if moved >= chosen["agreement_avg"] and moved < Decimal(10) ** 11:
        chosen[column] = moved


@st.composite
def branches(draw: st.DrawFn) -> dict[str, Any]:
    period = draw(st.sampled_from(PERIODS))
    today = workbook.as_of(period if len(period) < 10 else datetime.date.fromisoformat(period))
    people = [draw(managers(today, number)) for number in range(draw(st.sampled_from([1, 2, 2, 3, 4])))]
    ids = [person["id"] for person in people]
    clients = [f"C{number:03d}" for number in range(draw(st.sampled_from([4, 6, 8, 10, 12, 5, 3, 2, 1, 0])))]
    dates = {LAST_DAY} if draw(mostly(5)) else set()
    if draw(mostly(10)):
        dates.add(today)
    dates |= draw(st.sets(st.sampled_from(OTHER_DATES), max_size=2))

    size = draw(st.sampled_from([0, 1, 2, 3]))  # how large its clients are
    temper = draw(st.sampled_from(["quiet", "quiet", "sound", "troubled"]))  # of the branch's loans

    branch: dict[str, Any] = {"period": period, "managers": people, "figures": [], "attribution": [], "rates": []}
    for client in clients:
        branch["attribution"] += draw(attributions(client, ids, today))
        for on in sorted(dates):
            if draw(mostly(8)):
                branch["figures"].append(draw(figures(client, on, temper, size)))
    if draw(mostly(3)):
        for on in sorted({today, datetime.date(2026, 6, 30)}):
            rate = draw(st.sampled_from(["7.10", "6.25", "7.1234", None]))
            if rate is not None:
                branch["rates"].append({"as_of": on, "usd_cny": Decimal(rate)})
    for manager in ids:
        for key, bound in draw(st.lists(st.sampled_from(AIMS), max_size=3)):
            aim(branch, today, manager, key, bound * WAN + draw(fen))
    return branch


def write_branch(path: Path, branch: dict[str, Any]) -> None:
    """The branch as an XLSX workbook that `ladder import` takes."""
    workbook.write_tables(path, {key: branch[key] for key in ("managers", "figures", "attribution", "rates")})
