"""The tables of a finalised run as a branch files them: results, the forms with signature lines, allowances."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.domain.rulebook import Rulebook
from bot.domain.verdict import Verdict
from bot.services.appraisal_case import NEED_APPROVAL
from bot.services.appraisal_export import Exported

Cell = str | int | Decimal
CHANGES = {"up": "上升", "down": "下降", "same": "不变", "none": "无可达等级", "open": "待定"}
_VERDICTS = {Verdict.MET: "达到", Verdict.FAILED: "未达到", Verdict.OPEN: "待定"}
_WAN = -10
"""Parts (分 times basis points) as 万元: ten places."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: `above` the header, `below` the rows (signature lines)."""

    name: str
    above: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    below: tuple[str, ...] = ()


def tables(exported: Exported, rulebook: Rulebook) -> tuple[Sheet, ...]:
    """Results, 考核表, 审批表 (in a year), 费用."""
    forms = [_results(exported, rulebook), _form(exported, rulebook)]
    if len(exported.run.period) == 4:
        forms.append(_approval(exported, rulebook))
    return (*forms, _allowances(exported, rulebook))


def _above(exported: Exported, title: str, unit: str = "金额单位:万元") -> tuple[str, ...]:
    run = exported.run
    made = f"制表人:{exported.by}  制表日期:{exported.day}  第 {run.number} 号考核  办法 {run.rulebook}"
    return title, f"{unit}  数据截至 {exported.snapshot['head']['as_of']}", made


def _results(exported: Exported, rulebook: Rulebook) -> Sheet:
    found = "拟聘等级" if len(exported.run.period) == 4 else "达到标准"
    head = ("工号", "姓名", "单位", "现等级", found, "变动", "在岗最低线", "日均存款(50万元以上客户)", "放行")
    rows = tuple(_row(exported, entry, rulebook) for entry in exported.snapshot["lines"])
    sealed = f"摘要 {exported.run.digest}  审计链 {exported.audit_head}"
    below = (sealed, f"公钥 {exported.run.public_key}" if exported.run.public_key else "未签名", f"导出 {exported.via}")
    return Sheet("考核结果", _above(exported, f"{exported.run.period} 客户经理考核结果"), head, rows, below)


def _row(exported: Exported, entry: Mapping[str, Any], rulebook: Rulebook) -> tuple[Cell, ...]:
    person, result = entry["person"], entry["result"]
    passed = [note for _, who, note, _ in exported.snapshot["head"]["overrides"] if who == person]
    return (
        person,
        exported.names[person],
        exported.units[person],
        _grade(result["current"], rulebook),
        _grade(result["proposed"], rulebook),
        CHANGES[result["change"]],
        _VERDICTS[Verdict(result["pass_line"])],
        _deposits(result),
        ";".join(passed),
    )


def _grade(key: str | None, rulebook: Rulebook) -> str:
    return rulebook.grade(key).short_name if key else "-"


def _deposits(result: Mapping[str, Any]) -> Cell:
    """What the pass line looked at; exact."""
    parts = result["grades"][result["current"]]["rules"]["pass_line"][1] if result["current"] else None
    return "-" if parts is None else Decimal(parts).scaleb(_WAN)


def _form(exported: Exported, rulebook: Rulebook) -> Sheet:
    """考核表: what article 11 asks, and who has said what; signed by hand."""
    head = ("工号", "姓名", "单位", "现等级", "考核等级", "评议", "本人签字", "主管签字")
    rows = []
    for entry in exported.snapshot["lines"]:
        result, answers = entry["result"], entry["inputs"]["answers"]
        said = ";".join(f"{item} {'是' if value == 'yes' else '否'}" for item, value in sorted(answers.items()))
        names = (entry["person"], exported.names[entry["person"]], exported.units[entry["person"]])
        rows.append((*names, _grade(result["current"], rulebook), _grade(result["proposed"], rulebook), said, "", ""))
    below = ("人力资源部经办(签字):                    复核(签字):                    日期:",)
    return Sheet("考核表", _above(exported, f"{exported.run.period} 客户经理考核表"), head, tuple(rows), below)


def _approval(exported: Exported, rulebook: Rulebook) -> Sheet:
    """审批表: senior and first grades of the year (articles 14, 15)."""
    head = ("工号", "姓名", "单位", "现等级", "拟聘等级", "批准人", "领导小组意见", "签字")
    approved = {person: by for person, _, by in exported.snapshot["head"].get("approvals", [])}
    rows = [
        (
            entry["person"],
            exported.names[entry["person"]],
            exported.units[entry["person"]],
            _grade(entry["result"]["current"], rulebook),
            _grade(entry["result"]["proposed"], rulebook),
            approved.get(entry["person"], ""),
            "",
            "",
        )
        for entry in exported.snapshot["lines"]
        if entry["result"]["proposed"] in NEED_APPROVAL
    ]
    below = ("领导小组组长(签字):                    日期:",)
    title = f"{exported.run.period} 高级、一级客户经理聘任审批表"
    return Sheet("审批表", _above(exported, title), head, tuple(rows), below)


def _allowances(exported: Exported, rulebook: Rulebook) -> Sheet:
    """Article 12, by grade, with the cost a month (R8: the amounts' heading is missing in the document)."""
    counts = Counter(entry["result"]["proposed"] for entry in exported.snapshot["lines"])
    rows: list[tuple[Cell, ...]] = []
    total = 0
    for grade in rulebook.grades:
        if grade.allowance is None or not counts[grade.key]:
            continue
        cost = counts[grade.key] * grade.allowance.minor
        total += cost
        each = Decimal(grade.allowance.minor).scaleb(-2)
        rows.append((grade.name, counts[grade.key], each, Decimal(cost).scaleb(-2)))
    rows.append(("合计", sum(int(row[1]) for row in rows), "", Decimal(total).scaleb(-2)))
    above = _above(exported, f"{exported.run.period} 费用(第十二条,每月)", "金额单位:元")
    return Sheet("费用", above, ("等级", "人数", "每人每月", "每月合计"), tuple(rows))
