"""The regulation computed once more, from a ledger workbook, in the plainest way there is.

Written straight from regulation.md (the readings R1-R27) and contract.md (the columns and the JSON of `ladder progress`) by somebody
who has not read `bot`; it imports nothing of it. Loops over rows, fractions of yuan, bounds as literals. Slow on purpose.

Three answers everywhere: True (met), False (failed), None (open).

Where the two texts leave a field open, this is what stands here:
- a special report that is still open in a quarter or a standing is shown open and does not hold up `senior` (R16 with R25);
- an empty 违规记录 is open, like every other missing answer;
- with no row at all for the as-of date nobody is counted or left out: both numbers are 0.
"""

from __future__ import annotations

import calendar
import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl

GRADES = ["senior", "first", "second", "third", "fourth", "trainee"]

GRADE_OF_CELL = {
    "高级": "senior",
    "一级": "first",
    "二级": "second",
    "三级": "third",
    "四级": "fourth",
    "见习": "trainee",
}

FLOOR = {"senior": 5000000, "first": 3000000, "second": 1000000, "third": 500000, "fourth": 500000, "trainee": 500000}

NEEDED = {"senior": 2, "first": 2, "second": 1, "third": 1, "fourth": 1, "trainee": 1}

DEPOSITS = {"senior": 250000000, "first": 150000000, "second": 75000000, "third": 38000000, "fourth": 15000000}
DEPOSITS_SINGLE = {"senior": 100000000, "first": 30000000, "second": 25000000}

LOANS = {"senior": 350000000, "first": 200000000, "second": 180000000, "third": 72000000, "fourth": 36000000}
LOANS_SINGLE = {"senior": 150000000, "first": 75000000, "second": 50000000}

SETTLEMENT = {"senior": 30000000, "first": 20000000, "second": 10000000, "third": 5000000, "fourth": 10000000}

NEW_DEPOSITS = {
    "senior": 50000000,
    "first": 30000000,
    "second": 25000000,
    "third": 15000000,
    "fourth": 15000000,
    "trainee": 10000000,
}

PASS_LINE = {
    "senior": 15000000,
    "first": 15000000,
    "second": 15000000,
    "third": 15000000,
    "fourth": 15000000,
    "trainee": 10000000,
}
PASS_LINE_FLOOR = 500000

YEARS = {"senior": 3, "first": 3, "second": 1, "third": 0, "fourth": 0, "trainee": 0}

HEADERS = {
    "工号": "id",
    "姓名": "name",
    "单位": "unit",
    "岗位等级": "grade",
    "等级起始日": "grade_since",
    "连续营销起始日": "marketing_since",
    "见习起始日": "probation_since",
    "学历": "education",
    "专业技术资格": "title",
    "模拟银行考试": "exam",
    "违规记录": "breach",
    "专题报告日期": "report_date",
    "角色": "roles",
    "主管工号": "supervisor",
    "邮箱": "email",
    "状态": "status",
    "客户号": "client",
    "客户名称": "client_name",
    "日均存款": "deposit_avg",
    "其中协议存款": "agreement_avg",
    "日均贷款": "loan_avg",
    "国际结算额": "settlement_usd",
    "正常类贷款": "loan_normal",
    "关注类贷款": "loan_special",
    "次级类贷款": "loan_substandard",
    "可疑类贷款": "loan_doubtful",
    "损失类贷款": "loan_loss",
    "欠息": "overdue_interest",
    "垫款": "advances",
    "时点存款余额": "deposit_balance",
    "占比": "share",
    "美元兑人民币": "usd_cny",
}

# what 截止日, 工号 and 起始日 mean depends on the sheet
SHEETS = {
    "人员": ("managers", {}),
    "业绩": ("figures", {"截止日": "as_of"}),
    "管户": ("attribution", {"工号": "manager", "起始日": "from", "截止日": "to"}),
    "汇率": ("rates", {"截止日": "as_of"}),
}

CLASSES = ["loan_normal", "loan_special", "loan_substandard", "loan_doubtful", "loan_loss"]
BAD_CLASSES = ["loan_substandard", "loan_doubtful", "loan_loss"]
AMOUNTS = ["deposit_avg", "agreement_avg", "loan_avg", "settlement_usd", *CLASSES, "overdue_interest", "advances"]


# reading the workbook


def number(cell: Any) -> Fraction:
    """A number cell means the decimal that was typed: fifteen digits, which is what Excel keeps."""
    if cell is None or cell == "":
        return Fraction(0)
    if isinstance(cell, int):
        return Fraction(cell)
    if isinstance(cell, float):
        return Fraction(Decimal(format(cell, ".15g")))
    return Fraction(Decimal(str(cell).replace(",", "").strip()))


def day(cell: Any) -> datetime.date | None:
    if cell is None or cell == "":
        return None
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    text = str(cell).strip().replace("/", "-")
    if "-" not in text:
        text = text[:4] + "-" + text[4:6] + "-" + text[6:]
    year, month, date = text.split("-")
    return datetime.date(int(year), int(month), int(date))


def word(cell: Any) -> str:
    if cell is None:
        return ""
    return str(cell).strip()


def rows_of(workbook: openpyxl.Workbook, chinese: str) -> list[dict[str, Any]]:
    """The rows of one sheet with English keys; an absent sheet has none."""
    key, special = SHEETS[chinese]
    if chinese in workbook.sheetnames:
        sheet = workbook[chinese]
    elif key in workbook.sheetnames:
        sheet = workbook[key]
    else:
        return []
    rows = list(sheet.iter_rows(values_only=True))
    if not rows:
        return []
    names = []
    for cell in rows[0]:
        header = word(cell)
        names.append(special.get(header, HEADERS.get(header, header)))
    found = []
    for row in rows[1:]:
        if all(cell is None or cell == "" for cell in row):
            continue
        found.append(dict(zip(names, row, strict=False)))
    return found


def read(path: Path) -> dict[str, list[dict[str, Any]]]:
    workbook = openpyxl.load_workbook(path, data_only=True)
    managers = []
    for row in rows_of(workbook, "人员"):
        managers.append(
            {
                "id": word(row.get("id")),
                "grade": GRADE_OF_CELL.get(word(row.get("grade"))),
                "marketing_since": day(row.get("marketing_since")),
                "probation_since": day(row.get("probation_since")),
                "education": word(row.get("education")),
                "title": word(row.get("title")),
                "exam": word(row.get("exam")),
                "breach": word(row.get("breach")),
                "report_date": day(row.get("report_date")),
                "status": word(row.get("status")),
            }
        )
    figures = []
    for row in rows_of(workbook, "业绩"):
        figure: dict[str, Any] = {"as_of": day(row.get("as_of")), "client": word(row.get("client"))}
        for name in AMOUNTS:
            figure[name] = number(row.get(name))
        figures.append(figure)
    attribution = []
    for row in rows_of(workbook, "管户"):
        share = row.get("share")
        attribution.append(
            {
                "client": word(row.get("client")),
                "manager": word(row.get("manager")),
                "share": Fraction(1) if share is None or share == "" else number(share) / 100,
                "from": day(row.get("from")),
                "to": day(row.get("to")),
            }
        )
    rates = []
    for row in rows_of(workbook, "汇率"):
        rates.append({"as_of": day(row.get("as_of")), "usd_cny": number(row.get("usd_cny"))})
    workbook.close()
    return {"managers": managers, "figures": figures, "attribution": attribution, "rates": rates}


# dates


def as_of_date(period: str) -> tuple[datetime.date, bool]:
    """The day judged, and whether this is the annual appraisal."""
    if len(period) == 4:
        return datetime.date(int(period), 12, 31), True
    if len(period) == 6 and period[4] == "Q":
        year = int(period[:4])
        month = {"1": 3, "2": 6, "3": 9, "4": 12}[period[5]]
        return datetime.date(year, month, calendar.monthrange(year, month)[1]), False
    date = day(period)
    assert date is not None
    return date, False


def years_later(start: datetime.date, years: int) -> datetime.date:
    """The corresponding day, or the end of the month where there is none (R15)."""
    year = start.year + years
    last = calendar.monthrange(year, start.month)[1]
    return datetime.date(year, start.month, min(start.day, last))


def in_force(row: dict[str, Any], on: datetime.date) -> bool:
    """From 起始日 to 截止日, both days included (R11)."""
    if row["from"] is not None and on < row["from"]:
        return False
    return row["to"] is None or on <= row["to"]


# three answers


def every(answers: list[bool | None]) -> bool | None:
    if any(answer is False for answer in answers):
        return False
    if any(answer is None for answer in answers):
        return None
    return True


def k_of(needed: int, answers: list[bool | None]) -> bool | None:
    met = len([answer for answer in answers if answer is True])
    still_open = len([answer for answer in answers if answer is None])
    if met >= needed:
        return True
    if met + still_open < needed:
        return False
    return None


def either(one: bool | None, other: bool | None) -> bool | None:
    if one is True or other is True:
        return True
    if one is False and other is False:
        return False
    return None


# amounts as text


def exact(value: Fraction | None) -> str | None:
    """All the digits there are, two decimals at least."""
    if value is None:
        return None
    decimals = 0
    while (value * 10**decimals).denominator != 1:
        decimals += 1
    decimals = max(decimals, 2)
    whole = int(value * 10**decimals)
    sign = "-" if whole < 0 else ""
    digits = str(abs(whole)).rjust(decimals + 1, "0")
    return sign + digits[:-decimals] + "." + digits[-decimals:]


def held(value: Fraction | None, bound: int) -> dict[str, Any]:
    """以上: the bound itself counts."""
    met = None if value is None else value >= bound
    return {"met": met, "value": exact(value), "bound": str(bound)}


# what a manager has


def parts_today(ledger: dict[str, Any], manager: str, as_of: datetime.date) -> list[dict[str, Any]]:
    """The manager's clients on the as-of date that have a row on it: share, this row, and last year's row if there is one."""
    last_day = datetime.date(as_of.year - 1, 12, 31)
    found = []
    for attribution in ledger["attribution"]:
        if attribution["manager"] != manager:
            continue
        if not in_force(attribution, as_of):
            continue
        now = None
        before = None
        for figure in ledger["figures"]:
            if figure["client"] != attribution["client"]:
                continue
            if figure["as_of"] == as_of:
                now = figure
            if figure["as_of"] == last_day:
                before = figure
        if now is None:
            continue
        found.append({"share": attribution["share"], "now": now, "before": before})
    return found


def any_row(ledger: dict[str, Any], date: datetime.date) -> bool:
    return any(figure["as_of"] == date for figure in ledger["figures"])


def pass_line_value(ledger: dict[str, Any], manager: str, as_of: datetime.date) -> Fraction | None:
    """Article 9: daily-average deposits, agreement deposits too (R14), of clients with 50万 or more as a whole."""
    if not any_row(ledger, as_of):
        return None
    total = Fraction(0)
    for part in parts_today(ledger, manager, as_of):
        if part["now"]["deposit_avg"] >= PASS_LINE_FLOOR:
            total += part["now"]["deposit_avg"] * part["share"]
    return total


def normal_share(ledger: dict[str, Any], manager: str, as_of: datetime.date) -> str:
    """R5: the share of 正常 now and on last 12-31, same clients and parts; every client, however small (R17)."""
    if not any_row(ledger, as_of):
        return "open"
    normal_now = Fraction(0)
    all_now = Fraction(0)
    normal_before = Fraction(0)
    all_before = Fraction(0)
    for part in parts_today(ledger, manager, as_of):
        normal_now += part["now"]["loan_normal"] * part["share"]
        for name in CLASSES:
            all_now += part["now"][name] * part["share"]
        if part["before"] is not None:
            normal_before += part["before"]["loan_normal"] * part["share"]
            for name in CLASSES:
                all_before += part["before"][name] * part["share"]
    if all_now == 0:
        return "none"
    if all_before == 0:
        return "open"
    now = normal_now / all_now
    before = normal_before / all_before
    if now > before:
        return "met"
    if now == 1 and before == 1:
        return "met"
    return "failed"


def was_the_managers(ledger: dict[str, Any], manager: str, client: str, on: datetime.date) -> bool:
    for attribution in ledger["attribution"]:
        if attribution["manager"] == manager and attribution["client"] == client and in_force(attribution, on):
            return True
    return False


def fault(ledger: dict[str, Any], manager: str, as_of: datetime.date, names: list[str]) -> str:
    """R18: an amount above zero on any date of the year, up to the day judged, of a client that was the manager's on that date."""
    for figure in ledger["figures"]:
        if figure["as_of"].year != as_of.year or figure["as_of"] > as_of:
            continue
        if not was_the_managers(ledger, manager, figure["client"], figure["as_of"]):
            continue
        for name in names:
            if figure[name] > 0:
                return "failed"
    if not any_row(ledger, as_of):
        return "open"
    return "met"


def quality(ledger: dict[str, Any], manager: str, as_of: datetime.date) -> dict[str, Any]:
    words = {
        "normal_share": normal_share(ledger, manager, as_of),
        "bad_loans": fault(ledger, manager, as_of, BAD_CLASSES),
        "overdue_interest": fault(ledger, manager, as_of, ["overdue_interest"]),
        "advances": fault(ledger, manager, as_of, ["advances"]),
    }
    answers: list[bool | None] = []
    for said in words.values():
        if said == "failed":
            answers.append(False)
        elif said == "open":
            answers.append(None)
        else:
            answers.append(True)
    return {"met": every(answers), **words}


def sums(counted: list[dict[str, Any]]) -> dict[str, Fraction]:
    """What the counted clients come to; the largest is that of a single client (R7, R12: the manager's part)."""
    found = {
        "deposits": Fraction(0),
        "largest_deposit": Fraction(0),
        "loans": Fraction(0),
        "largest_loan": Fraction(0),
        "dollars": Fraction(0),
        "new": Fraction(0),
    }
    for part in counted:
        share = part["share"]
        deposit = (part["now"]["deposit_avg"] - part["now"]["agreement_avg"]) * share
        loan = part["now"]["loan_avg"] * share
        found["deposits"] += deposit
        found["loans"] += loan
        found["largest_deposit"] = max(found["largest_deposit"], deposit)
        found["largest_loan"] = max(found["largest_loan"], loan)
        found["dollars"] += part["now"]["settlement_usd"] * share
        found["new"] += part["now"]["deposit_avg"] * share
        if part["before"] is not None:
            found["new"] -= part["before"]["deposit_avg"] * share
    return found


def in_yuan(ledger: dict[str, Any], dollars: Fraction | None, as_of: datetime.date) -> Fraction | None:
    """R3: at the rate of exactly that date; nought needs no rate."""
    if dollars is None or dollars == 0:
        return dollars
    for row in ledger["rates"]:
        if row["as_of"] == as_of:
            return dollars * row["usd_cny"]
    return None


def with_single(sum_held: dict[str, Any], largest: Fraction | None, bound: int | None) -> dict[str, Any]:
    if bound is None:
        return sum_held
    single = held(largest, bound)
    return {**sum_held, "met": every([sum_held["met"], single["met"]]), "single": single}


def indicators(
    ledger: dict[str, Any], manager: str, as_of: datetime.date, grade: str
) -> tuple[dict[str, Any], int, int]:
    counted = []
    excluded = []
    for part in parts_today(ledger, manager, as_of):
        if part["now"]["deposit_avg"] >= FLOOR[grade]:  # R1: exactly on the floor counts, agreement deposits included
            counted.append(part)
        else:
            excluded.append(part)

    have: dict[str, Fraction | None] = dict(sums(counted))
    if not any_row(ledger, as_of):  # R10
        have = dict.fromkeys(have)
    if not any_row(ledger, datetime.date(as_of.year - 1, 12, 31)):  # R19
        have["new"] = None

    found: dict[str, Any] = {}
    if grade != "trainee":
        deposits = held(have["deposits"], DEPOSITS[grade])
        found["a"] = with_single(deposits, have["largest_deposit"], DEPOSITS_SINGLE.get(grade))
        loans = held(have["loans"], LOANS[grade])
        found["b"] = with_single(loans, have["largest_loan"], LOANS_SINGLE.get(grade))
        settlement = have["dollars"]
        if grade == "fourth":
            settlement = in_yuan(ledger, settlement, as_of)
        found["c"] = held(settlement, SETTLEMENT[grade])
    found["d"] = held(have["new"], NEW_DEPOSITS[grade])
    return found, len(counted), len(excluded)


def conditions(person: dict[str, Any], as_of: datetime.date, annual: bool, grade: str) -> dict[str, bool | None]:
    tenure: bool | None = True
    if YEARS[grade] > 0:
        tenure = None
        if person["marketing_since"] is not None:
            tenure = years_later(person["marketing_since"], YEARS[grade]) <= as_of

    diploma = {"": None, "高中": False, "中专": False, "大专": True, "本科": True, "硕士": True, "博士": True}
    title = {"": None, "无": False, "初级": True, "中级": True, "高级": True}
    exam = {"": None, "合格": True, "不合格": False, "未考": False}
    breach = {"": None, "无": True, "有": False}
    found = {
        "tenure": tenure,
        "education": either(diploma[person["education"]], title[person["title"]]),
        "exam": exam[person["exam"]],
        "breach": breach[person["breach"]],
    }
    if grade == "senior":
        report = person["report_date"]
        if report is not None and report.year == as_of.year and report <= as_of:
            found["report"] = True
        elif annual:
            found["report"] = False
        else:
            found["report"] = None
    return found


def judged_as_trainee(person: dict[str, Any], as_of: datetime.date) -> bool:
    """R20: a trainee until the day before the corresponding day of the next year."""
    if person["grade"] != "trainee" or person["probation_since"] is None:
        return False
    return as_of < years_later(person["probation_since"], 1)


def progress_of(ledger: dict[str, Any], person: dict[str, Any], period: str) -> dict[str, Any]:
    as_of, annual = as_of_date(period)
    deposits = pass_line_value(ledger, person["id"], as_of)
    loan_quality = quality(ledger, person["id"], as_of)

    grades: dict[str, Any] = {}
    for grade in GRADES:
        found, counted, excluded = indicators(ledger, person["id"], as_of, grade)
        personal = conditions(person, as_of, annual, grade)
        line = held(deposits, PASS_LINE[grade])
        waited_for = [answer for name, answer in personal.items() if name != "report" or answer is not None]
        answers = [k_of(NEEDED[grade], [one["met"] for one in found.values()]), line["met"], *waited_for]
        if grade != "trainee":
            answers.append(loan_quality["met"])
        grades[grade] = {
            "met": every(answers),
            "needed": NEEDED[grade],
            "counted": counted,
            "excluded": excluded,
            "indicators": found,
            "conditions": personal,
        }
        if grade == "trainee":
            grades[grade]["pass_line"] = line

    candidates = ["trainee"] if judged_as_trainee(person, as_of) else ["senior", "first", "second", "third", "fourth"]
    proposed = None
    for grade in candidates:
        if grades[grade]["met"] is True:
            proposed = grade
            break

    return {
        "manager": person["id"],
        "as_of": as_of.isoformat(),
        "rulebook": "2026",
        "period": period,
        "current": person["grade"],
        "pass_line": held(deposits, PASS_LINE[person["grade"]]),
        "quality": loan_quality,
        "grades": grades,
        "proposed": proposed,
    }


def progress(workbook: Path, period: str, grade: str | None = None) -> list[dict[str, Any]]:
    """The objects of `ladder progress --all --period PERIOD --json` (without `batch`), sorted by id as text.

    `grade` leaves only that grade in each object's `grades`; nothing else changes.
    """
    ledger = read(workbook)
    found = []
    for person in sorted(ledger["managers"], key=lambda one: one["id"]):
        if person["grade"] is None or person["status"] == "离岗":
            continue
        answer = progress_of(ledger, person, period)
        if grade is not None:
            answer["grades"] = {grade: answer["grades"][grade]}
        found.append(answer)
    return found
