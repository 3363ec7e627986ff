"""What `ladder appraise` prints: for people, and as JSON for scripts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.appraisal_run import Appeal, LineRow, Run
from bot.domain.verdict import Verdict
from bot.services.appraisal_outcomes import Checked, Done, Effect, Opened, Standing, Summary, Tried
from bot.services.appraisal_replay import Replayed
from bot.wiring import Parts

STATES = {"open": "进行中", "proposed": "已提交,待复核", "finalised": "已定稿", "published": "已发布"}
STEPS = {
    "check": "处理检查",
    "trial": "试算",
    "answer": "评议",
    "propose": "提交",
    "approve": "批准",
    "confirm": "定稿",
    "publish": "发布",
}
ROLES = {"hr_clerk": "HR经办", "hr_reviewer": "HR复核", "leading_group": "领导小组"}
CHANGES = {"up": "上升", "down": "下降", "same": "不变", "none": "无可达等级", "open": "待定"}
KINDS = {"attribution": "客户归属", "amount": "金额", "reading": "规则理解", "other": "其他"}
OUTCOMES = {"granted": "成立", "partly": "部分成立", "rejected": "不成立", "escalated": "上报领导小组"}
LEVELS = {"block": "拦截", "warn": "提醒"}
FAULTS = {
    "changed": "被改动",
    "recomputed": "复算结果不同",
    "digest": "摘要不符",
    "signature": "签名不符",
    "damaged": "文件损坏",
}


def grade_names(joined: Parts) -> dict[str, str]:
    """Short names by key, of any rulebook."""
    return {grade.key: grade.short_name for book in joined.shelf.rulebooks for grade in book.grades}


def run_json(run: Run) -> dict[str, Any]:
    """The run without its head."""
    left_out = ("head", "state")
    values = {name: getattr(run, name) for name in Run.__dataclass_fields__ if name not in left_out}
    return {k: v.isoformat() if k.endswith("_at") and v else v for k, v in values.items()} | {"state": str(run.state)}


def summary_json(summary: Summary | None) -> dict[str, Any] | None:
    """Counts, and who is open."""
    if summary is None:
        return None
    return {
        "people": summary.people,
        "changes": dict(summary.changes),
        "grades": dict(summary.grades),
        "units": {unit: dict(counts) for unit, counts in summary.units.items()},
        "below_pass_line": summary.below_pass_line,
        "open": list(summary.open),
    }


def opened(told: Opened) -> str:
    """One sentence."""
    run = told.run
    if told.again:
        return f"{run.period} 考核已由 {run.opened_by} 开始(第 {run.number} 号),{STATES[run.state]}。"
    batch = f"批次 {told.batch}" if told.batch else "尚无台账"
    return f"已开始 {run.period} 考核(第 {run.number} 号):{told.people} 人,办法 {run.rulebook},{batch}。"


def checked_json(told: Checked) -> dict[str, Any]:
    """Each finding with its level, owner and fix."""
    found = [
        {
            "check": f.check,
            "level": str(told.checks[f.check].level),
            "item": f.item,
            "person": f.person or None,
            "overridden": (f.check, f.item) in told.overridden,
            "owner": told.checks[f.check].owner,
            "fix": told.checks[f.check].fix,
        }
        for f in told.found
    ]
    return {**run_json(told.run), "blocking": len(told.blocking), "found": found}


def checked(told: Checked) -> list[str]:
    """A line a check, with what it found."""
    lines = []
    for key, check in told.checks.items():
        found = [f for f in told.found if f.check == key]
        if not found:
            continue
        items = "、".join(f"{f.item}{'(已放行)' if (key, f.item) in told.overridden else ''}" for f in found[:20])
        rest = f" 等 {len(found)} 项" if len(found) > 20 else ""
        lines.append(f"{LEVELS[check.level]} {key}:{check.says}:{items}{rest}。{check.owner}:{check.fix}。")
    return [*lines, f"拦截 {len(told.blocking)} 项。" if told.blocking else "检查通过,没有拦截项。"]


def tried_json(told: Tried) -> dict[str, Any]:
    """The summary and a line a person."""
    lines = [
        {
            "person": x.person,
            "unit": x.unit,
            "current": x.current,
            "proposed": x.proposed,
            "change": x.change,
            "open": x.blocks,
            "pass_line": x.pass_line,
        }
        for x in told.lines
    ]
    return {**run_json(told.run), "again": told.again, "summary": summary_json(told.summary), "lines": lines}


def tried(told: Tried, names: Mapping[str, str]) -> list[str]:
    """A line a person, then the counts."""
    lines = [_line(line, names) for line in told.lines]
    return [*lines, f"试算依据批次 {told.run.trial_batch or '-'}。{counts(told.summary)}"]


def _line(line: LineRow, names: Mapping[str, str]) -> str:
    grades = f"{names.get(line.current or '', '-')} → {names.get(line.proposed or '', '-')}"
    waiting = " 待评议或待定" if line.blocks else ""
    below = " 未达在岗最低线" if line.pass_line == Verdict.FAILED else ""
    return f"{line.person} {line.name} {grades} {CHANGES[line.change]}{waiting}{below}"


def counts(summary: Summary) -> str:
    """All in one line."""
    by = ",".join(f"{CHANGES[key]} {count}" for key, count in sorted(summary.changes.items()))
    waiting = f",{len(summary.open)} 人待定" if summary.open else ""
    return f"{summary.people} 人:{by};未达在岗最低线 {summary.below_pass_line} 人{waiting}。"


def done_json(told: Done) -> dict[str, Any]:
    """The run as it stands after the decision."""
    more = {"again": told.again, "people": list(told.people), "summary": summary_json(told.summary)}
    return {**run_json(told.run), **more}


def done(told: Done, words: str) -> str:
    """One sentence."""
    again = "(此前已办,没有重复)" if told.again else ""
    return f"{told.run.period} {words}{again}。{counts(told.summary)}"


def effect(told: Effect) -> str:
    """What a confirmation would do."""
    waiting = sorted(set(told.to_approve) - set(told.approved))
    group = f"领导小组待批准:{'、'.join(waiting)}。" if waiting else ""
    return (
        f"{told.run.period} 定稿:{told.summary.people} 人,影响 {told.summary.moving} 人等级,放行 {told.overrides} 项。"
        f"{group}摘要 {told.shown}"
    )


def signed(run: Run) -> str:
    """By which key."""
    return f"已签名,公钥 {run.public_key}" if run.signature else "未签名:没有设置 LADDER_SIGNING_KEY"


def replayed_json(told: Replayed) -> dict[str, Any]:
    """Whether it is the same, and what is not."""
    faults = [{"where": fault.where, "kind": fault.kind} for fault in told.faults]
    return {"same": told.same, "people": told.people, "digest": told.digest, "sealed": told.sealed,
            "signed": told.signed, "faults": faults}  # fmt: skip


def replayed(told: Replayed) -> list[str]:
    """A line a fault."""
    lines = [f"{fault.where}:{FAULTS[fault.kind]}" for fault in told.faults]
    sign = {None: "未签名", True: "签名有效", False: "签名无效"}[told.signed]
    end = "逐字节一致" if told.same else "与定稿不一致"
    return [*lines, f"复算 {told.people} 人,{end}。摘要 {told.digest},{sign}。"]


def appeal_json(told: Appeal) -> dict[str, Any]:
    """As stored, without its key."""
    values = {name: getattr(told, name) for name in Appeal.__dataclass_fields__ if name != "key"}
    return {k: v.isoformat() if isinstance(v, datetime) else v for k, v in values.items()}


def appeal(told: Appeal, now: datetime) -> str:
    """One line, with how long it has been open."""
    what = f"{told.number} {told.person} {KINDS[told.kind]} {told.item} {told.text}"
    if told.outcome:
        return f"{what} → {OUTCOMES[told.outcome]}:{told.reason}({told.decided_by})"
    return f"{what} → 待裁定,已 {(now - told.at).days} 天"


def status_json(told: Standing) -> dict[str, Any]:
    """Where it stands."""
    return {
        **run_json(told.run),
        "summary": summary_json(told.summary),
        "changed": told.changed,
        "blocking": told.blocking,
        "to_approve": list(told.to_approve),
        "next": {"step": told.next_step, "by": told.next_by} if told.next_step else None,
        "late": [{"batch": late.batch, "at": late.at, "actor": late.actor} for late in told.late],
    }


def status(told: Standing) -> list[str]:
    """Where it stands, what blocks, who must act."""
    run = told.run
    lines = [f"{run.period} 考核(第 {run.number} 号):{STATES[run.state]},办法 {run.rulebook}。"]
    if told.summary:
        lines.append(counts(told.summary))
    if told.changed:
        lines.append("数据或回答在试算之后有变动:须重新试算。")
    if told.blocking:
        lines.append(f"检查拦截 {told.blocking} 项。")
    if told.to_approve:
        lines.append(f"待领导小组批准:{'、'.join(told.to_approve)}。")
    lines += [f"定稿后批次 {late.batch} 更正了本期数据({late.actor}),本次考核不受影响。" for late in told.late]
    if told.next_step:
        lines.append(f"下一步:{STEPS[told.next_step]}({ROLES[told.next_by]})。")
    return lines
