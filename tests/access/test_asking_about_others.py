"""Nobody learns of a colleague by asking, however it is put: what is answered is the same whatever is true of them.

Two branches differ in two people alone (grades, exam, breach, clients' figures). Everybody who may not see them asks
the same of both; the answers are the same to the letter, and the same as about a name that nobody bears.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.config import FixedClock, Settings
from bot.domain.access import Asker, Surface
from bot.loading.data import knowledge
from bot.services.ask import Ask
from bot.services.import_ledger import ImportLedger
from bot.services.outcomes import Outcome
from bot.wiring import Parts, build
from tests.handlers.branch import branch_clock

CHANGED = {"1002": "王静", "1005": "赵磊"}
"""Of the team of 2001."""
ASKERS = ("1001", "1008", "2002", "1017", "3201", "1025", None)
"""A colleague of the team, a trainee, the supervisors of other teams (one a manager), audit, one who has left, nobody."""
WRITTEN = ("王静", "王靜", "王婧", "1002", "工号1002", "<@U1002>", "赵磊")
NOBODY = {
    "王静": "王晴",
    "王靜": "王晴",
    "王婧": "王晴",
    "1002": "1099",
    "工号1002": "工号1099",
    "<@U1002>": "<@U1099>",
    "赵磊": "赵嵘",
}
OF_SOMEBODY = (
    *(
        "{n}离一级还差多少",
        "{n}是几级",
        "{n}够不够一级",
        "{n}的存款有多少",
        "{n}为什么不是一级",
        "{n}怎么最快到一级",
        "{n}的进度",
    ),
    *(
        "查一下{n}",
        "{n}评上了吗",
        "{n}是不是没评上",
        "{n}是不是一级",
        "{n}有没有达标",
        "{n}有哪些客户差一点就能计入",
        "{n}今年贷款多少",
    ),
    *("{n}要拉多少存款", "{n}什么时候能到一级", "{n}比我高吗", "我和{n}谁高", "{n}的客户有哪些", "帮我看看{n}还差什么"),
    *(
        "听说{n}升了?",
        "{n}有欠息吗",
        "{n}的考试过了没",
        "{n}3月31日那天差多少",
        "{n}按去年的办法是几级",
        "how far is {n} from first grade",
    ),
)
OF_ANYBODY = (
    *(
        "谁是一级",
        "谁排在我前面",
        "谁离一级最近",
        "谁没达标",
        "有几个人是一级",
        "哪些人是高级",
        "我排第几",
        "我们组谁最好",
    ),
    *(
        "全行谁存款最多",
        "最差的是谁",
        "我的同事都是几级",
        "谁评上了",
        "周敏团队谁达标了",
        "城东支行有几个二级",
        "别人都多少存款",
    ),
    *(
        "小王是不是没评上",
        "小王是不是一级",
        "小赵有欠息吗",
        "除了我谁是三级",
        "跟我同级的有谁",
        "王静和赵磊谁高",
        "平均存款是多少",
    ),
)
AFTER_A_NAME = ("他呢", "她够一级吗", "那二级呢", "那存款呢", "为什么", "怎么最快到", "换成赵磊呢")


def branch(folder: Path, changed: bool) -> Parts:
    """The sample branch, or the one where it is otherwise with those two."""
    folder.mkdir()
    clients = set()
    for path in sorted((knowledge() / "demo").glob("*.csv")):
        rows = list(csv.reader(path.open(encoding="utf-8-sig")))
        head, body = rows[0], rows[1:]
        if path.stem == "管户":
            clients = {row[head.index("客户号")] for row in body if row[head.index("工号")] in CHANGED}
    for path in sorted((knowledge() / "demo").glob("*.csv")):
        rows = list(csv.reader(path.open(encoding="utf-8-sig")))
        if changed:
            rows[1:] = [_otherwise(path.stem, rows[0], row, clients) for row in rows[1:]]
        with (folder / path.name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    parts = build(
        Settings(_env_file=None, database_url=f"sqlite:///{folder}/b.sqlite3"), FixedClock(branch_clock().now())
    )
    report = parts.imports(ImportLedger(parsed=parts.read_ledger(sorted(folder.glob("*.csv"))), actor="test"))
    assert report.accepted, [found.message for found in report.errors]
    return parts


def _otherwise(sheet: str, head: list[str], row: list[str], clients: set[str]) -> list[str]:
    told = dict(zip(head, row, strict=True))
    if sheet == "人员" and told["工号"] in CHANGED:
        told |= {"岗位等级": "四级", "模拟银行考试": "不合格", "违规记录": "有"}
    if sheet == "业绩" and told["客户号"] in clients:
        told |= {"日均存款": "70000000", "其中协议存款": "0", "日均贷款": "9000000", "欠息": "100"}
    return list(told.values())


@pytest.fixture(scope="module")
def branches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Parts, Parts]]:
    """The sample, and the other."""
    folder = tmp_path_factory.mktemp("branches")
    made = branch(folder / "a", False), branch(folder / "b", True)
    yield made
    for parts in made:
        parts.store.close()


def answer(parts: Parts, who: str | None, text: str, thread: str = "t") -> tuple[Outcome, str]:
    with parts.store.read() as view:
        person = view.people.get(who) if who else None
    mentions = {"U1002": "1002"} if "<@U1002>" in text else {}
    asked = Ask(Asker(person, who or "T/U9"), text, Surface.DM, parts.clock.now(), thread=thread, mentions=mentions)
    outcome = parts.ask(asked)
    return outcome, "\n".join(page.plain() for page in parts.renderer.pages(outcome))


@pytest.mark.parametrize("who", ("1001", "2002", "3201", None))
@pytest.mark.parametrize("written", WRITTEN)
def test_what_is_said_of_a_colleague_depends_on_nothing_of_theirs(
    branches: tuple[Parts, Parts], who: str | None, written: str
) -> None:
    """Nor on whether there is such a colleague."""
    for number, phrase in enumerate(OF_SOMEBODY):
        text = phrase.format(n=written)
        told = [answer(parts, who, text, f"{who}{written}{number}")[1] for parts in branches]
        assert told[0] == told[1], text
        outcome, nobody = answer(branches[0], who, phrase.format(n=NOBODY[written]), f"{who}{written}n{number}")
        assert told[0] == nobody, text
        assert outcome.kind != "progress" or getattr(outcome, "own", False), f"{text}: of nobody but the asker"


@pytest.mark.parametrize("who", ASKERS)
def test_an_indirect_question_tells_nothing_of_anybody(branches: tuple[Parts, Parts], who: str | None) -> None:
    for number, text in enumerate(OF_ANYBODY):
        (_, first), (_, second) = (answer(parts, who, text, f"i{who}{number}") for parts in branches)
        if who in ("2002", "1017") and "我们组" in text:
            continue  # their own team
        assert first == second, text


@pytest.mark.parametrize("who", ASKERS)
@pytest.mark.parametrize("before", ["王静离一级还差多少", "<@U1002>的进度"])
def test_a_pronoun_after_a_refusal_is_refused_or_about_oneself(
    branches: tuple[Parts, Parts], who: str | None, before: str
) -> None:
    for number, after in enumerate(AFTER_A_NAME):
        told = []
        for parts in branches:
            thread = f"p{who}{number}{before}"
            assert answer(parts, who, before, thread)[0].kind == "denied"
            told.append(answer(parts, who, after, thread)[1])
        assert told[0] == told[1], after


@pytest.mark.parametrize(
    "text", ["王静离一级还差多少", "小王是不是没评上", "谁是一级", "谁排在我前面", "王静怎么最快到一级", "赵磊的进度"]
)
def test_a_refusal_holds_no_figure_no_name_and_no_confirmation(branches: tuple[Parts, Parts], text: str) -> None:
    outcome, told = answer(branches[0], "1001", text, f"r{text}")
    assert outcome.kind in ("denied", "decline")
    about = told.replace("2026-01-01", "").replace("办法 2026", "")
    assert not re.search(
        r"\d|王静|赵磊|已达|未达|还差\d|达标|没错|确实|是的|不是",
        about.replace("「二级要多少贷款」「我离二级还差多少」", ""),
    )


def test_the_two_branches_do_differ_to_who_may_see(branches: tuple[Parts, Parts]) -> None:
    for who in ("2001", "3001", "3101"):
        first, second = (answer(parts, who, "王静离一级还差多少", f"s{who}") for parts in branches)
        assert first[0].kind == second[0].kind == "progress"
        assert first[1] != second[1]
