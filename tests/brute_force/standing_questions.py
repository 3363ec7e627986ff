"""Questions on standings of the sample branch with the figures that must stand in the answers, worked out in plain loops.

    python -m tests.brute_force.standing_questions

writes `tests/conversations/worked/standing.jsonl`. Nothing of `bot` is imported: the figures come from the checker beside this
file and from the sums below, so that an answer and its expectation have no line of code in common.
"""

from __future__ import annotations

import copy
import datetime
import json
import tempfile
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from statistics import median
from typing import Any

from tests.brute_force import checker
from tests.house import sample

FILE = Path(__file__).parents[1] / "conversations" / "worked" / "standing.jsonl"
PERIOD = "2026Q3"
AS_OF = datetime.date(2026, 9, 30)
NOW = "2026-10-09T09:30"
TODAY = datetime.date(2026, 10, 9)
NAMES = {"senior": "高级", "first": "一级", "second": "二级", "third": "三级", "fourth": "四级"}
ENGLISH = {"senior": "senior", "first": "first", "second": "second", "third": "third", "fourth": "fourth"}
Case = dict[str, Any]


# amounts as people read them


def shown(value: Fraction | int, unit: str = "元") -> str:
    """600万元, 1.62亿元: two decimals of 万, half up; 亿 where at least one and nothing is lost."""
    value = Fraction(value)
    hundredths = int(abs(value) / 100 + Fraction(1, 2))
    sign = "-" if value < 0 and hundredths else ""
    if hundredths >= 1_000_000 and hundredths % 10_000 == 0:
        return sign + decimals(hundredths // 10_000) + "亿" + unit
    return sign + decimals(hundredths) + "万" + unit


def needed(value: Fraction | int, unit: str = "元") -> str:
    """600.01万元 where a 分 more than 600万元 is needed: rounded up, so that it suffices."""
    return shown(-(-Fraction(value) // 100) * 100, unit)


def decimals(hundredths: int) -> str:
    whole, rest = divmod(hundredths, 100)
    text = f"{whole:,}"
    return text if rest == 0 else (f"{text}.{rest:02}").rstrip("0")


def unit_of(grade: str, name: str) -> str:
    return "美元" if name == "c" and grade != "fourth" else "元"


# what the checker finds


def gap(found: Case, name: str) -> Fraction:
    one = found["indicators"][name]
    return max(Fraction(0), Fraction(one["bound"]) - Fraction(one["value"]))


def clients_of(ledger: Case, manager: str) -> list[Case]:
    return checker.parts_today(ledger, manager, AS_OF)


def names() -> dict[str, str]:
    return {row["客户号"]: row["客户名称"] for row in sample.rows("业绩")}


def balances(as_of: str) -> dict[str, Fraction]:
    return {row["客户号"]: Fraction(row["时点存款余额"] or 0) for row in sample.rows("业绩") if row["截止日"] == as_of}


def supposed(ledger: Case, manager: Case, changes: list[tuple[str, str, int]]) -> Case:
    """The standing with (client, column, yuan more) changed; a client that nobody has is new and the manager's."""
    other = copy.deepcopy(ledger)
    for client, column, amount in changes:
        row = next((f for f in other["figures"] if f["client"] == client and f["as_of"] == AS_OF), None)
        if row is None:
            row = {"as_of": AS_OF, "client": client, **dict.fromkeys(checker.AMOUNTS, Fraction(0))}
            other["figures"].append(row)
            other["attribution"].append(
                {"client": client, "manager": manager["id"], "share": Fraction(1), "from": None, "to": None}
            )
        row[column] += amount
        row["agreement_avg"] = min(row["agreement_avg"], row["deposit_avg"])
    return checker.progress_of(other, manager, PERIOD)


def to_raise(ledger: Case, manager: str, grade: str, since: datetime.date) -> Fraction:
    """R24: (bound - the year's average with the balances left as they are) x 365 / days from `since`, for deposits a."""
    lying = balances(AS_OF.isoformat())
    average, balance = Fraction(0), Fraction(0)
    for part in clients_of(ledger, manager):
        row = part["now"]
        if row["deposit_avg"] < checker.FLOOR[grade]:
            continue
        average += (row["deposit_avg"] - row["agreement_avg"]) * part["share"]
        balance += (lying[row["client"]] - row["agreement_avg"]) * part["share"]
    gone, left = 273, 92
    year = (average * gone + balance * left) / 365
    days = (datetime.date(2026, 12, 31) - since).days + 1
    return max(Fraction(0), checker.DEPOSITS[grade] - year) * 365 / days


def least_lift(ledger: Case, manager: str, grade: str) -> Fraction:
    """The least raise for deposits a without a single client lacking: every set of clients below the floor is tried."""
    parts = clients_of(ledger, manager)
    floor, missing = checker.FLOOR[grade], Fraction(checker.DEPOSITS[grade])
    for part in parts:
        if part["now"]["deposit_avg"] >= floor:
            missing -= (part["now"]["deposit_avg"] - part["now"]["agreement_avg"]) * part["share"]
    below = [p for p in parts if p["now"]["deposit_avg"] < floor]
    best = missing
    for count in range(len(below) + 1):
        for some in combinations(below, count):
            cost = sum((floor - p["now"]["deposit_avg"] for p in some), Fraction(0))
            gain = sum(((floor - p["now"]["agreement_avg"]) * p["share"] for p in some), Fraction(0))
            best = min(best, cost + max(Fraction(0), missing - gain))
    return best


def quarter_slope(ledger: Case, manager: str, grade: str) -> Fraction:
    """Median of the slopes between all pairs of the four quarters' own averages of deposits a (Theil and Sen)."""
    counted = [p for p in clients_of(ledger, manager) if p["now"]["deposit_avg"] >= checker.FLOOR[grade]]
    ends = [datetime.date(2025, 9, 30), datetime.date(2025, 12, 31)]
    ends += [datetime.date(2026, 3, 31), datetime.date(2026, 6, 30), AS_OF]
    to_date = {}
    for end in ends:
        rows = {f["client"]: f for f in ledger["figures"] if f["as_of"] == end}
        to_date[end] = sum(
            (
                (rows[p["now"]["client"]]["deposit_avg"] - rows[p["now"]["client"]]["agreement_avg"]) * p["share"]
                for p in counted
                if p["now"]["client"] in rows
            ),
            Fraction(0),
        )
    days = [(ends[i] - datetime.date(ends[i].year, 1, 1)).days + 1 for i in range(5)]
    own = [(to_date[ends[1]] * days[1] - to_date[ends[0]] * days[0]) / (days[1] - days[0]), to_date[ends[2]]]
    own += [(to_date[ends[n]] * days[n] - to_date[ends[n - 1]] * days[n - 1]) / (days[n] - days[n - 1]) for n in (3, 4)]
    return Fraction(median([(own[j] - own[i]) / (j - i) for i, j in combinations(range(4), 2)]))


# the questions


OWN = (
    "我离{g}还差多少",
    "我离{g}还差多远啊",
    "离{g}差多少,帮我看看",
    "我距离{g}还有多大差距",
    "我现在对照{g}还缺什么",
    "我够{g}了吗",
    "我达到{g}标准没有",
    "帮我算算我离{g}还有多少",
    "我想升到{g},还差多少",
    "看一下我到{g}的差距",
    "我评{g}还欠多少",
    "我{g}的条件还差哪些",
    "how far am I from {e} grade",
    "我离{g}還差多少",
    "我理{g}还差多少",
)
WHY = (
    "为什么我不是{g}",
    "我为啥评不上{g}",
    "凭什么我不是{g}啊",
    "我到底卡在哪儿了,怎么不是{g}",
    "为什么我升不了{g}",
    "我没评上{g}是什么原因",
    "是什么让我评不上{g}",
    "我哪一条不满足{g}",
    "我离{g}卡在什么地方",
    "什么原因导致我不是{g}",
    "我哪里不够{g}",
    "我不够{g}是因为什么",
    "why am I not {e} grade",
    "为何我还不是{g}",
)
ROUTE = (
    "我怎么最快到{g}",
    "怎样才能最快升到{g}",
    "到{g}走哪条路最省力",
    "我升{g}最容易的办法是什么",
    "我要到{g},先补哪一项最划算",
    "帮我规划一下到{g}的路线",
    "我上{g}有哪几条路可以走",
    "哪项指标离{g}最近,我先做哪个",
    "我想尽快到{g},从哪里下手",
    "到{g}性价比最高的路线是哪条",
    "what is the quickest way for me to get to {e} grade",
    "到{g}的捷径",
)
CLIFF = (
    "对照{g},我哪些客户差一点就能计入",
    "{g}口径下我有哪些客户没被计入",
    "按{g}我哪些客户快到门槛了",
    "我哪些户再加一点存款就能算进{g}",
    "对照{g}哪些客户没算进去",
    "我有没有客户刚好差一点就够{g}门槛",
    "{g}里我被剔除的客户有哪些",
    "看看{g}门槛附近我的客户",
    "which of my clients are just below the floor for {e} grade",
)
BALANCE = (
    "我到{g}还要拉多少存款",
    "要达到{g},我还得拉多少存款进来",
    "从明天起我还要存多少才能到{g}",
    "我到{g}余额还要增加多少",
    "离{g}差的日均,换成余额要补多少",
    "我要到{g},账上还得多放多少钱",
    "到年底够{g}的话我余额要到多少",
    "我还要进来多少存款才够{g}",
    "how much more balance do I need for {e} grade",
)
FORECAST = (
    "我大概什么时候能到{g}",
    "照这个速度我几时能到{g}",
    "按现在的走势我多久能升{g}",
    "我预计哪个季度能达到{g}",
    "预测一下我什么时候够{g}",
    "按目前趋势,我啥时候能到{g}",
    "照现在这样下去我什么时候能评{g}",
    "at this rate when will I reach {e} grade",
)
WHAT_IF = (
    "如果{c}再存{a}万,我够{g}吗",
    "要是{c}多存{a}万呢,对照{g}",
    "假如{c}日均存款增加{a}万,我离{g}还差多少",
    "{c}要是再进来{a}万存款,我能到{g}不",
    "假设我从{c}再拉{a}万存款,{g}够不够",
    "试算一下:{c}加{a}万存款,{g}行不行",
    "万一{c}存款涨{a}万,我到{g}了吗",
    "what if {c} deposits {a}万 more, would I reach {e} grade",
    "倘若{c}的存款多{a}万,我对照{g}怎么样",
)


def worked(ledger: Case, people: dict[str, Case], answers: dict[str, Case]) -> Iterator[Case]:
    yield from own(answers)
    yield from why(answers)
    yield from routes(ledger, answers)
    yield from cliffs(ledger)
    yield from balance(ledger)
    yield from forecasts(ledger, answers)
    yield from what_ifs(ledger, people)
    yield from others(answers)
    yield from follow_ups(ledger, people, answers)
    yield from two_dates(ledger, people)


def filled(text: str, grade: str, **more: str) -> str:
    return text.format(g=NAMES[grade], e=ENGLISH[grade], **more)


def case(kind: str, number: int, turns: list[str], who: str, must: list[str], never: list[str] | None = None) -> Case:
    return {
        "id": f"{kind}-{number:03}",
        "group": kind,
        "as": who,
        "turns": turns,
        "kind": "progress",
        "must": must,
        "never": never or [],
    }


def of_each(answers: dict[str, Case], grades: tuple[str, ...]) -> list[tuple[str, str]]:
    """Managers who fail these grades by a deposit gap, with what they lack."""
    found = []
    for who, answer in answers.items():
        for grade in grades:
            one = answer["grades"][grade]
            if one["met"] is False and gap(one, "a") > 0 and answer["current"] != "trainee":
                found.append((who, grade))
    return found


def own(answers: dict[str, Case]) -> Iterator[Case]:
    pairs = of_each(answers, ("second", "first", "senior"))
    for number, text in enumerate(OWN * 2):
        who, grade = pairs[(number * 7) % len(pairs)]
        one = answers[who]["grades"][grade]
        must = [needed(gap(one, n), unit_of(grade, n)) for n in "abcd" if gap(one, n) > 0]
        yield case("own", number, [filled(text, grade)], who, [NAMES[grade], *must])


def why(answers: dict[str, Case]) -> Iterator[Case]:
    pairs = [(who, "second") for who, g in of_each(answers, ("second",)) if only_deposits(answers[who]["grades"][g])]
    pairs += [("1011", "first"), ("1012", "first")]
    for number, text in enumerate(WHY * 2):
        who, grade = pairs[(number * 5) % len(pairs)]
        one = answers[who]["grades"][grade]
        must = ["年限"] if who == "1011" else ["考试"] if who == "1012" else []
        if not must:
            must = [needed(min(gap(one, n) for n in "a"), "元")]
        yield case("why", number, [filled(text, grade)], who, [NAMES[grade], *must])


def only_deposits(one: Case) -> bool:
    """Deposits are the nearest of the four by their part of the bound, and the single client is no matter."""
    ratios = {n: gap(one, n) / Fraction(one["indicators"][n]["bound"]) for n in "abcd"}
    return min(ratios, key=lambda n: ratios[n]) == "a" and one["indicators"]["a"]["single"]["met"] is True


def routes(ledger: Case, answers: dict[str, Case]) -> Iterator[Case]:
    pairs = of_each(answers, ("second", "first"))
    pairs = [(w, g) for w, g in pairs if answers[w]["grades"][g]["needed"] == 1]
    for number, text in enumerate(ROUTE * 2):
        who, grade = pairs[(number * 3) % len(pairs)]
        one = answers[who]["grades"][grade]
        must = [needed(gap(one, n), unit_of(grade, n)) for n in "abcd" if gap(one, n) > 0]
        if one["indicators"]["a"]["single"]["met"]:
            least = least_lift(ledger, who, grade)
            must += [needed(least)] if least < gap(one, "a") else []
        yield case("route", number, [filled(text, grade)], who, [NAMES[grade], *must])


def cliffs(ledger: Case) -> Iterator[Case]:
    called = names()
    whom = (("1001", "second"), ("1010", "senior"), ("1004", "second"), ("1022", "third"), ("1008", "fourth"))
    for number, text in enumerate(CLIFF * 2):
        who, grade = whom[number % len(whom)]
        floor = checker.FLOOR[grade]
        below = [p["now"] for p in clients_of(ledger, who) if p["now"]["deposit_avg"] < floor]
        must = [text for row in below for text in (called[row["client"]], shown(row["deposit_avg"]))]
        yield case("cliff", number, [filled(text, grade)], who, [NAMES[grade], *must[:4]])


def balance(ledger: Case) -> Iterator[Case]:
    whom = (("1001", "second"), ("1017", "senior"), ("1006", "second"))
    since = TODAY + datetime.timedelta(days=1)
    for number, text in enumerate(BALANCE * 2):
        who, grade = whom[number % len(whom)]
        must = [needed(to_raise(ledger, who, grade, since)), "2026-10-10"]
        yield case("balance", number, [filled(text, grade)], who, [NAMES[grade], *must])


def forecasts(ledger: Case, answers: dict[str, Case]) -> Iterator[Case]:
    whom = ("1001", "1006", "1022")
    for number, text in enumerate(FORECAST * 2):
        who = whom[number % len(whom)]
        grade = "second"
        must = [shown(quarter_slope(ledger, who, grade)), "非承诺"]
        yield case("forecast", number, [filled(text, grade)], who, [NAMES[grade], *must])
    for number, text in enumerate(("看上半年的数据,预测我什么时候能到二级", "二季度末看,我大概什么时候能到二级"), 80):
        yield case("forecast", number, [text], "1001", ["不作预测"], ["最可能"])


def what_ifs(ledger: Case, people: dict[str, Case]) -> Iterator[Case]:
    called = names()
    mine = {who: [p["now"] for p in clients_of(ledger, who)] for who in ("1001", "1006", "1004")}
    for number, text in enumerate(WHAT_IF * 3):
        who = ("1001", "1006", "1004")[number % 3]
        grade = ("second", "second", "first")[number % 3]
        row = mine[who][number % 4]
        amount = (300, 700, 1250)[(number // 3) % 3]
        name = short(called[row["client"]])
        after = supposed(ledger, people[who], [(row["client"], "deposit_avg", amount * 10_000)])
        value = Fraction(after["grades"][grade]["indicators"]["a"]["value"])
        turns = [filled(text, grade, c=name, a=str(amount))]
        yield case("what_if", number, turns, who, [NAMES[grade], shown(value), "未保存"])
    two = (
        "如果{x}再存500万、{y}还掉300万贷款呢,对照二级",
        "假如{x}多存500万,同时{y}还300万贷款,我离二级还差多少",
        "要是{x}存款增加500万、{y}贷款减少300万,二级够吗",
        "{x}转走200万存款的话,对照二级会怎样",
        "万一{x}流失200万存款,我离二级差多少",
        "如果新客户存进来800万,够二级吗",
    )
    x, y = mine["1001"][0], mine["1001"][1]
    for number, text in enumerate(two, 60):
        changes = [(x["client"], "deposit_avg", 5_000_000), (y["client"], "loan_avg", -3_000_000)]
        if "200万" in text:
            changes = [(x["client"], "deposit_avg", -2_000_000)]
        if "新客户" in text:
            changes = [("NEW", "deposit_avg", 8_000_000)]
        after = supposed(ledger, people["1001"], changes)["grades"]["second"]["indicators"]
        must = [shown(Fraction(after["a"]["value"]))]
        must += [shown(Fraction(after["b"]["value"]))] if len(changes) > 1 else []
        said = text.format(x=short(called[x["client"]]), y=short(called[y["client"]]))
        yield case("what_if", number, [said], "1001", must)


def short(name: str) -> str:
    """As people say it: without the town in front and 有限公司 behind."""
    return name.removeprefix("江州").removesuffix("有限公司")


def others(answers: dict[str, Case]) -> Iterator[Case]:
    lacking = needed(gap(answers["1001"]["grades"]["second"], "a"))
    asked = (
        "李强离二级还差多少",
        "李强为什么不是二级",
        "帮我看下李强到二级最快怎么走",
        "李强到二级还要拉多少存款",
        "李强的二级差距",
        "李强现在离二级差哪些",
        "how far is 李强 from second grade",
    )
    for number, text in enumerate(asked):
        must = [] if "拉" in text else [lacking]
        yield case("team", number, [text], ("2001", "3001")[number % 2], [*must, "二级"])
        refused = case("team", 20 + number, [text], "1002", [], [lacking, "6,900万", "三级"])
        yield {**refused, "kind": "denied"}
    for number, text in enumerate(
        ("我团队的进度", "我们组大家都怎么样", "看看我手下的人谁接近升级", "show me my team"), 40
    ):
        yield case("team", number, [text], "2001", ["李强", "王静", "赵磊"], ["郑海燕"])
        yield {**case("team", 20 + number, [text], "1002", [], ["李强", "赵磊"]), "kind": "denied"}


def follow_ups(ledger: Case, people: dict[str, Case], answers: dict[str, Case]) -> Iterator[Case]:
    def lacks(who: str, grade: str) -> list[str]:
        return [NAMES[grade], needed(gap(answers[who]["grades"][grade], "a"))]

    seconds = (
        "那一级呢",
        "一级呢",
        "换成一级呢",
        "那要是一级呢",
        "一级又差多少",
        "再往上一级呢",
        "what about first grade",
    )
    for number, text in enumerate(seconds):
        yield case("follow", number, ["我离二级还差多少", text], "1001", lacks("1001", "first"))
    for number, text in enumerate(("换成陈志远呢", "那陈志远呢", "陈志远呢", "再看看陈志远"), 10):
        must = ["陈志远", shown(Fraction(1_000_000))]
        yield case("follow", number, ["李强离一级还差多少", text], "2001", must)
        refused = case("follow", 10 + number, ["我离一级还差多少", text], "1001", [], ["15,300", "1.53亿", "2,900"])
        yield {**refused, "kind": "denied"}
    since = TODAY + datetime.timedelta(days=1)
    raise_it = needed(to_raise(ledger, "1001", "second", since))
    for number, text in enumerate(
        ("那要拉多少存款", "那我余额还要增加多少", "换成余额要补多少", "那还要拉多少存款进来"), 40
    ):
        yield case("follow", number, ["我离二级还差多少", text], "1001", ["二级", raise_it])
    for number, text in enumerate(("为什么", "为什么不是", "那为啥不是呢", "卡在哪"), 50):
        yield case("follow", number, ["我离二级还差多少", text], "1001", lacks("1001", "second"))
    for number, text in enumerate(("怎么最快到", "那怎么最快", "那走哪条路最省力"), 60):
        yield case("follow", number, ["我离二级还差多少", text], "1001", lacks("1001", "second"))
    half = checker.progress_of(ledger, people["1001"], "2026Q2")["grades"]["second"]
    for number, text in enumerate(("二季度末呢", "那上半年呢", "6月30日呢"), 70):
        yield case("follow", number, ["我离二级还差多少", text], "1001", ["二级", needed(gap(half, "a"))])


def two_dates(ledger: Case, people: dict[str, Case]) -> Iterator[Case]:
    asked = (
        ("3月31日那天我离二级差多少", "2026Q1"),
        ("一季度末那时候我离二级差多少", "2026Q1"),
        ("6月30日当时我离二级还差多少", "2026Q2"),
        ("我二季度离二级差多少", "2026Q2"),
        ("2026年一季度我离二级还差多少", "2026Q1"),
        ("上半年末我对照二级差多少", "2026Q2"),
        ("on March 31, how far was I from second grade", "2026Q1"),
    )
    for number, (text, period) in enumerate(asked):
        found = checker.progress_of(ledger, people["1001"], period)["grades"]["second"]
        yield case("dates", number, [text], "1001", ["二级", needed(gap(found, "a"))])


def lines() -> list[str]:
    """Every case as a line of JSON."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "台账.xlsx"
        sample.write_workbook(path)
        ledger = checker.read(path)
    people = {person["id"]: person for person in ledger["managers"]}
    graded = [p for p in ledger["managers"] if p["grade"] and p["status"] != "离岗"]
    answers = {person["id"]: checker.progress_of(ledger, person, PERIOD) for person in graded}
    return [json.dumps(one, ensure_ascii=False) for one in worked(ledger, people, answers)]


def main() -> None:
    """Writes the file anew."""
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text("\n".join(lines()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
