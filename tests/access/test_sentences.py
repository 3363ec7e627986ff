"""What the contract says of who sees what, sentence by sentence, written by hand and tried over the wire."""

import pytest

from tests.access.conftest import CHANNEL, GUEST, STRANGER, UNMATCHED, Office
from tests.access.people import ASKERS, COLLEAGUE, TEAM, Member

ASK_COLLEAGUE = f"{COLLEAGUE.name}离二级还差多少"
OWN = "我离二级还差多少"


def team_of(role: str) -> str:
    return f"{TEAM[role].name}离二级还差多少"


SENTENCES: list[tuple[str, str, str, str, Member | None]] = [
    ("客户经理看得到自己的数字", ASKERS["客户经理"].slack, "私信", OWN, ASKERS["客户经理"]),
    ("客户经理看不到同事的数字", ASKERS["客户经理"].slack, "私信", ASK_COLLEAGUE, None),
    ("被指定的主管看得到下属的数字", ASKERS["主管"].slack, "私信", team_of("主管"), TEAM["主管"]),
    ("主管看不到别人下属的数字", ASKERS["主管"].slack, "私信", team_of("客户经理"), None),
    ("主管看不到不归自己管的同事的数字", ASKERS["主管"].slack, "私信", ASK_COLLEAGUE, None),
    ("HR经办看得到任何人的数字", ASKERS["HR经办"].slack, "私信", ASK_COLLEAGUE, COLLEAGUE),
    ("HR复核看得到任何人的数字", ASKERS["HR复核"].slack, "私信", ASK_COLLEAGUE, COLLEAGUE),
    ("领导小组看得到任何人的数字", ASKERS["领导小组"].slack, "私信", ASK_COLLEAGUE, COLLEAGUE),
    ("审计看日志,看不到别人的数字", ASKERS["审计"].slack, "私信", ASK_COLLEAGUE, None),
    ("审计看得到自己的数字", ASKERS["审计"].slack, "私信", OWN, ASKERS["审计"]),
    ("HR在频道里问,数字也只去私信", ASKERS["HR经办"].slack, "频道", ASK_COLLEAGUE, COLLEAGUE),
    ("领导小组在讨论里问,数字也只去私信", ASKERS["领导小组"].slack, "频道内的讨论", ASK_COLLEAGUE, COLLEAGUE),
    ("在频道里问自己,数字也只去私信", ASKERS["客户经理"].slack, "频道", OWN, ASKERS["客户经理"]),
    ("频道里的命令,数字也只去私信", ASKERS["客户经理"].slack, "频道中的命令", OWN, ASKERS["客户经理"]),
    ("没有匹配到员工的人没有数字", UNMATCHED, "私信", ASK_COLLEAGUE, None),
    ("访客没有数字", GUEST, "私信", OWN, None),
    ("外部组织的人没有数字", STRANGER, "私信", OWN, None),
    ("离岗的HR看不到任何人的数字", ASKERS["离岗的HR"].slack, "私信", ASK_COLLEAGUE, None),
    ("别人卡片上的按钮,按的人是谁就查谁", ASKERS["客户经理"].slack, "按钮", ASK_COLLEAGUE, None),
    ("主页只有自己的数字", ASKERS["HR经办"].slack, "主页", "", ASKERS["HR经办"]),
]


@pytest.mark.parametrize(("sentence", "user", "surface", "text", "shown"), SENTENCES, ids=[s[0] for s in SENTENCES])
def test_sentence(office: Office, sentence: str, user: str, surface: str, text: str, shown: Member | None) -> None:
    posts = office.ask(user, surface, text, f"{COLLEAGUE.id}|2026Q3|second.a")
    seen = set().union(*(post.figures for post in posts))
    assert seen == ({shown.n} if shown else set()), sentence
    assert not any(post.figures for post in posts if post.to == CHANNEL), sentence


def test_there_are_twenty_sentences() -> None:
    assert len(SENTENCES) == 20


def test_every_look_at_another_person_is_recorded_and_none_at_oneself(office: Office) -> None:
    store = office.bot.parts.store

    def looks() -> list[tuple[object, object]]:
        with store.read() as view:
            return [(entry["actor"], entry["subject"]) for entry in view.audit.entries()]

    before = len(looks())
    office.ask(ASKERS["HR经办"].slack, "私信", ASK_COLLEAGUE, "")
    office.ask(ASKERS["HR经办"].slack, "私信", OWN, "")
    office.ask(ASKERS["客户经理"].slack, "私信", ASK_COLLEAGUE, "")
    assert looks()[before:] == [(ASKERS["HR经办"].id, COLLEAGUE.id)]
