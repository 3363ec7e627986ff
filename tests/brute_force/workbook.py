"""Writes a regulation case (tests/regulation/*.yaml) as the ledger workbook that a branch would import.

`write(path, case)` for a case, `write_tables(path, tables)` for rows with English keys. Numbers are number cells in yuan or dollars,
dates are Excel dates, ids are text; the headers are the Chinese ones of contract.md.
"""

from __future__ import annotations

import calendar
import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

SHEETS: dict[str, dict[str, str]] = {
    "人员": {
        "id": "工号",
        "name": "姓名",
        "unit": "单位",
        "grade": "岗位等级",
        "grade_since": "等级起始日",
        "marketing_since": "连续营销起始日",
        "probation_since": "见习起始日",
        "education": "学历",
        "title": "专业技术资格",
        "exam": "模拟银行考试",
        "breach": "违规记录",
        "report_date": "专题报告日期",
        "roles": "角色",
        "supervisor": "主管工号",
        "email": "邮箱",
        "status": "状态",
    },
    "业绩": {
        "as_of": "截止日",
        "client": "客户号",
        "client_name": "客户名称",
        "deposit_avg": "日均存款",
        "agreement_avg": "其中协议存款",
        "loan_avg": "日均贷款",
        "settlement_usd": "国际结算额",
        "loan_normal": "正常类贷款",
        "loan_special": "关注类贷款",
        "loan_substandard": "次级类贷款",
        "loan_doubtful": "可疑类贷款",
        "loan_loss": "损失类贷款",
        "overdue_interest": "欠息",
        "advances": "垫款",
    },
    "管户": {"client": "客户号", "manager": "工号", "share": "占比", "from": "起始日", "to": "截止日"},
    "汇率": {"as_of": "截止日", "usd_cny": "美元兑人民币"},
}
TABLES = {"managers": "人员", "figures": "业绩", "attribution": "管户", "rates": "汇率"}

AMOUNTS = (
    "deposit_avg",
    "agreement_avg",
    "loan_avg",
    "settlement_usd",
    "loan_normal",
    "loan_special",
    "loan_substandard",
    "loan_doubtful",
    "loan_loss",
    "overdue_interest",
    "advances",
)
DEFAULT_MANAGER = {
    "id": "1001",
    "name": "测试",
    "unit": "甲组",
    "grade": "三级",
    "marketing_since": datetime.date(2015, 1, 1),
    "education": "本科",
    "title": "无",
    "exam": "合格",
    "breach": "无",
}
DEFAULT_FROM = datetime.date(2020, 1, 1)
UNITS = {"亿美元": 10**8, "万美元": 10**4, "美元": 1, "亿元": 10**8, "万元": 10**4, "元": 1}


def amount(value: Any) -> Decimal:
    """`2500万元`, `1.5亿元`, `0.01元`, `3000万美元`, or plain yuan (dollars for settlement)."""
    text = str(value).strip()
    for unit, times in UNITS.items():
        if text.endswith(unit):
            return Decimal(text.removesuffix(unit)) * times
    return Decimal(text)


def as_of(period: Any) -> datetime.date:
    if isinstance(period, datetime.date):
        return period
    text = str(period)
    if len(text) == 4:
        return datetime.date(int(text), 12, 31)
    if text[4] == "Q":
        month = int(text[5]) * 3
        return datetime.date(int(text[:4]), month, calendar.monthrange(int(text[:4]), month)[1])
    return datetime.date.fromisoformat(text)


def date(value: Any) -> datetime.date:
    return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(str(value))


def figures(row: dict[str, Any], on: datetime.date) -> dict[str, Any]:
    unknown = set(row) - {*AMOUNTS, "as_of", "client", "client_name", "share", "from", "to", "attribution", "figures"}
    if unknown:
        raise ValueError(f"unknown keys in a figures row: {sorted(unknown)}")
    return {"as_of": on, "client": row["client"], **{name: amount(row.get(name, 0)) for name in AMOUNTS}}


def tables(case: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The rows of the four sheets that a case stands for."""
    today = as_of(case["period"])
    last_day = datetime.date(today.year - 1, 12, 31)
    manager = {**DEFAULT_MANAGER, **case.get("manager", {})}
    others = case.get("others", {})
    found: dict[str, list[dict[str, Any]]] = {
        "managers": [manager],
        "figures": [],
        "attribution": [],
        "rates": [{"as_of": date(on), "usd_cny": Decimal(str(rate))} for on, rate in case.get("rates", {}).items()],
    }
    for number, other in enumerate(others.get("managers", ()), start=1002):
        found["managers"].append({**DEFAULT_MANAGER, "id": str(number), "name": f"同事{number}", **other})
    for client in case.get("clients", ()):
        if client.get("figures") != "none":
            found["figures"].append(figures(client, today))
        if client.get("attribution") != "none":
            found["attribution"].append(
                {
                    "client": client["client"],
                    "manager": manager["id"],
                    "share": client.get("share", 100),
                    "from": client.get("from", DEFAULT_FROM),
                    "to": client.get("to"),
                }
            )
    found["figures"] += [figures(row, last_day) for row in case.get("last_year", ())]
    found["figures"] += [figures(row, date(row["as_of"])) for row in case.get("earlier", ())]
    found["figures"] += [figures(row, date(row.get("as_of", today))) for row in others.get("figures", ())]
    for row in others.get("attribution", ()):
        found["attribution"].append({"manager": manager["id"], "share": 100, "from": DEFAULT_FROM, "to": None, **row})
    return found


def write_tables(path: Path, rows: dict[str, list[dict[str, Any]]]) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        dates = book.add_format({"num_format": "yyyy-mm-dd"})
        for key, sheet_name in TABLES.items():
            sheet = book.add_worksheet(sheet_name)
            columns = SHEETS[sheet_name]
            for column, header in enumerate(columns.values()):
                sheet.write_string(0, column, header)
            for line, row in enumerate(rows.get(key, ()), start=1):
                for column, name in enumerate(columns):
                    value = row.get(name)
                    if value is None or value == "":
                        continue
                    if isinstance(value, datetime.date):
                        sheet.write_datetime(line, column, value, dates)
                    elif isinstance(value, str):
                        sheet.write_string(line, column, value)
                    else:
                        sheet.write_number(line, column, float(value))


def write(path: Path, case: dict[str, Any]) -> None:
    """The case as an XLSX workbook that `ladder import` takes."""
    write_tables(path, tables(case))
