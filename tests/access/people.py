"""A branch made for looking: everybody's figure is recognisable wherever it is shown.

Person number n has one client with 65NN.NN万元, so "6,5NN.NN" anywhere is n's figure, and "9MM.KK" n's gap. Every asker (one a role) has a
member in the team, and one colleague belongs to nobody's team.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.ledgers import figures, held, sheet

ROLES = {
    "无角色": "",
    "客户经理": "客户经理",
    "主管": "客户经理,主管",
    "HR经办": "客户经理,HR经办",
    "HR复核": "客户经理,HR复核",
    "领导小组": "客户经理,领导小组",
    "审计": "客户经理,审计",
    "离岗的HR": "客户经理,HR经办,HR复核",
}
_NAMES = [
    "欧阳春",
    "司徒亮",
    "诸葛敏",
    "夏侯杰",
    "端木华",
    "上官云",
    "东方晓",
    "南宫雪",
    "慕容德",
    "皇甫强",
    "尉迟恭",
    "公孙胜",
    "轩辕剑",
    "令狐冲",
    "长孙悦",
    "宇文涛",
    "鲜于洁",
]
_VALUE = re.compile(r"6,?5(\d\d)\.?\1")
_OPAQUE = re.compile(r"\b[0-9a-f]{32}\b|\b\d{10}\.\d{6}\b")
"""A delivery's mark and Slack's timestamps, whose digits may look like anything."""
_GAP = re.compile(r"(?<![\d,])9(\d\d)\.(\d\d)万")


def shown_in(text: str) -> set[int]:
    """The numbers of the people whose figure is in it: the deposits, or what they lack of 7500万元 (9MM.KK, where
    99 - MM and 100 - KK are n)."""
    text = _OPAQUE.sub("", text)
    gaps = {99 - int(whole) for whole, rest in _GAP.findall(text) if 99 - int(whole) == 100 - int(rest)}
    return {int(found) for found in _VALUE.findall(text)} | gaps


@dataclass(frozen=True)
class Member:
    """One member of staff; `n` is what their figure says."""

    n: int
    name: str
    role: str
    supervisor: str = ""

    @property
    def id(self) -> str:
        return f"10{self.n:02}"

    @property
    def slack(self) -> str:
        return f"U10{self.n:02}"

    @property
    def figure(self) -> str:
        return f"6,5{self.n:02}.{self.n:02}"

    @property
    def email(self) -> str:
        return f"m{self.n:02}@bank.example"


_NUMBERS = [n for n in range(1, 30) if n % 10]
"""A figure that ends in nought would be shown shorter."""
_NEW = iter(zip(_NUMBERS, _NAMES, strict=False))
ASKERS = {role: Member(*next(_NEW), role) for role in ROLES}
TEAM = {role: Member(*next(_NEW), "客户经理", ASKERS[role].id) for role in ROLES}
COLLEAGUE = Member(*next(_NEW), "客户经理")
STAFF = (*ASKERS.values(), *TEAM.values(), COLLEAGUE)


def subject(role: str, relation: str) -> Member:
    """Whom the asker of that role asks about."""
    return {"self": ASKERS[role], "team": TEAM[role], "other": COLLEAGUE}[relation]


def ledger(folder: Path) -> list[Path]:
    """The branch as files."""
    header = [
        "工号",
        "姓名",
        "岗位等级",
        "连续营销起始日",
        "学历",
        "专业技术资格",
        "模拟银行考试",
        "违规记录",
        "角色",
        "主管工号",
        "邮箱",
        "状态",
    ]
    rows = [
        [
            m.id,
            m.name,
            "三级",
            "2015-01-01",
            "本科",
            "无",
            "合格",
            "无",
            ROLES.get(m.role, m.role),
            m.supervisor,
            m.email,
            status,
        ]
        for m in STAFF
        for status in ["离岗" if m.role == "离岗的HR" else "在岗"]
    ]
    amounts = {m.id: f"65{m.n:02}{m.n:02}00" for m in STAFF}
    return [
        sheet(folder, "人员", header, *rows),
        figures(folder, *(("2026-09-30", f"K{m.id}", amounts[m.id]) for m in STAFF)),
        held(folder, *((f"K{m.id}", m.id, 100, "2026-01-01", "") for m in STAFF)),
    ]
