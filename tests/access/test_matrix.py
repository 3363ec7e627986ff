"""Role x relation x surface, generated from the access table and read from the bytes that the workspace received.

A table that is wrong must not agree with itself: `test_sentences.py` has the contract's own sentences beside it.
"""

import pytest

from bot.domain.access import Asker, Matter, may
from bot.domain.people import Person, Role
from tests.access.conftest import GUEST, STRANGER, UNMATCHED, Office, Post
from tests.access.people import ASKERS, COLLEAGUE, ROLES, Member, shown_in, subject

RELATIONS = ("self", "team", "other")
SURFACES = ("私信", "频道", "频道内的讨论", "私信中的命令", "频道中的命令", "按钮", "主页")
_ROLES = {
    "客户经理": Role.MANAGER,
    "主管": Role.SUPERVISOR,
    "HR经办": Role.HR_CLERK,
    "HR复核": Role.HR_REVIEWER,
    "领导小组": Role.LEADING_GROUP,
    "审计": Role.AUDIT,
}


def allowed(role: str, relation: str) -> bool:
    """What the table says."""
    roles = frozenset(_ROLES[word] for word in ROLES[role].split(",") if word)
    asker = Person("1", "甲", roles=roles, active=role != "离岗的HR")
    others = {"self": asker, "team": Person("2", "乙", supervisor="1"), "other": Person("3", "丙")}
    return may(Asker(asker, "1"), Matter.STANDING, others[relation])


def question(relation: str, about: Member) -> tuple[str, str]:
    """In words, and as the value of a button."""
    text = "我离二级还差多少" if relation == "self" else f"{about.name}离二级还差多少"
    return text, f"{about.id}|2026Q3|second.a"


def private_to(posts: list[Post], user: str, dm: str) -> None:
    """Figures go to the asker's direct message or Home, and stand in no notification text."""
    for post in posts:
        if post.figures:
            assert post.to in (user, dm)
            assert post.method != "chat.postEphemeral"
            assert not shown_in(post.text)


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("role", ROLES)
def test_a_figure_reaches_whom_the_table_entitles_and_nobody_else(
    office: Office, role: str, relation: str, surface: str
) -> None:
    asker, about = ASKERS[role], subject(role, relation)
    posts = office.ask(asker.slack, surface, *question(relation, about))
    private_to(posts, asker.slack, office.workspace.dm_id(asker.slack))
    seen = set().union(*(post.figures for post in posts))
    # A Home is one's own, whomever the test would ask about.
    shown = asker if surface == "主页" else about
    entitled = allowed(role, "self") if surface == "主页" else allowed(role, relation)
    assert seen == ({shown.n} if entitled else set())
    assert posts, "nobody is left without an answer or a reason"


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("user", [UNMATCHED, GUEST, STRANGER])
def test_whoever_is_no_member_of_staff_gets_an_answer_without_any_figure(
    office: Office, user: str, surface: str
) -> None:
    posts = office.ask(user, surface, *question("other", COLLEAGUE))
    assert posts
    assert not any(post.figures for post in posts)


@pytest.mark.parametrize("surface", ["频道", "频道内的讨论"])
def test_the_channel_learns_only_that_there_is_an_answer_elsewhere(office: Office, surface: str) -> None:
    asker = ASKERS["HR经办"]
    posts = office.ask(asker.slack, surface, *question("other", COLLEAGUE))
    there = [post for post in posts if post.to == "C0ALL"]
    assert len(there) == 1
    assert "已私信你" in there[0].everything
    assert COLLEAGUE.name not in there[0].everything


def test_a_refusal_says_the_same_of_somebody_who_does_not_exist(office: Office) -> None:
    asker = ASKERS["客户经理"].slack
    known = office.ask(asker, "私信", f"{COLLEAGUE.name}离二级还差多少", "")
    unknown = office.ask(asker, "私信", "百里奚离二级还差多少", "")
    pressed = office.ask(asker, "按钮", "", f"{COLLEAGUE.id}|2026Q3|second.a")
    nobody = office.ask(asker, "按钮", "", "9999|2026Q3|second.a")

    def said(posts: list[Post]) -> list[str]:
        return [post.text for post in posts]

    assert said(known) == said(unknown)
    assert said(pressed) == said(nobody)
    assert COLLEAGUE.name not in known[0].everything
