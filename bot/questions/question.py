"""What a text was understood to ask: typed values, which the services answer."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar

from bot.domain.money import Money
from bot.domain.period import Period
from bot.domain.rulebook import Measure
from bot.domain.training_sessions import Span


class Language(StrEnum):
    """The language of the question, and of its answer."""

    ZH = "zh"
    EN = "en"


class Form(StrEnum):
    """How a figure of the asker's own stands in the question."""

    OPEN = "open"
    """Asked for what holds."""
    PREMISE = "premise"
    """二级不是要满三年吗: says what it thinks holds."""
    REACHES = "reaches"
    """8000万够吗: asks whether that is enough."""
    WHICH = "which"
    """哪一级是7200万: asks whose figure it is."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure in the question: an amount, or a number of years, items or staff grades."""

    unit: str
    """`amount`, `year`, `month`, `item`, `staff`; `bare` for a number in the unit of what is asked about."""
    number: int
    """Minor units of money, or the number itself."""
    money: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Base of all."""

    kind: ClassVar[str]
    language: Language = Language.ZH


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleQuestion(Question):
    """What the regulation asks or says. No grade: for all; no aspect and no topic: everything of the grades."""

    kind: ClassVar[str] = "rule"
    grades: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    articles: tuple[int, ...] = ()
    """Numbers of articles asked for as such: 第九条怎么说."""
    claims: tuple[Claim, ...] = ()
    form: Form = Form.OPEN
    same: bool = False
    """Whether the grades are the same in it: 一样吗."""
    on: date | None = None
    """The day whose rulebook is asked about; None for today's."""


class TrainingReply(StrEnum):
    """What a question about training comes to."""

    FACTS = "facts"
    """`facts` answer it."""
    OVERVIEW = "overview"
    """A document was named, and nothing was asked of it."""
    SILENT = "silent"
    """The documents meant, or all of them, do not say it."""
    NO_DOCUMENT = "no_document"
    """A training was named that no document is about: that of the tellers."""
    VAGUE = "vague"
    """About training, and no more than that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingQuestion(Question):
    """What the training documents say. Slots first, which a follow-up may exchange; then what they were found to mean.

    `bot.questions.training.TrainingReader` makes it: `read` from a text, `again` from a follow-up and the one before.
    """

    kind: ClassVar[str] = "training"
    plans: tuple[str, ...] = ()
    """Documents named; none: all of them."""
    aspects: tuple[str, ...] = ()
    """Keys of `bot.domain.training_plans.Aspect`."""
    levels: tuple[str, ...] = ()
    """初级, 中级, 高级 of the three-level scheme."""
    grades: tuple[str, ...] = ()
    """Grades that reading T1 turned into levels."""
    terms: str = ""
    """The words that the facts were searched for, normalised."""
    reply: TrainingReply = TrainingReply.FACTS
    facts: tuple[str, ...] = ()
    """Citations (`training.<plan>.<fact>`) of what answers, best first; quoted too."""
    quoted: tuple[str, ...] = ()
    """Citations of what is quoted under it: the parts of a whole."""
    said: str = ""
    """What is not said, in the asker's normalised words: 多少钱."""
    reading: bool = False
    """Reading T1 is asked for, or decides."""
    holds: bool | None = None
    """Whether the asker's own figure stands in what answers (不是两个月吗); None without one."""
    sure: bool = field(default=False, compare=False)
    """A document was named by a name that nothing else bears: 零售培训方案."""
    firm: bool = field(default=False, compare=False)
    """It speaks of training, so that words of other meanings (理财, 信用卡) are read as training's."""
    audience: bool = field(default=False, compare=False)
    """Somebody was named for whom only these documents are, and they say what was asked of them."""
    covered: bool = field(default=False, compare=False)
    """One fact holds nearly all words of the text, though none of them speaks of training."""
    considered: tuple[tuple[str, int], ...] = field(default=(), compare=False)
    """Citations and scores, best first, to explain the choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsQuestion(Question):
    """Which sessions there are, of HR's list: 下次培训什么时候."""

    kind: ClassVar[str] = "sessions"
    span: Span = Span.NEXT
    month: int | None = None
    topic: str = ""
    """The normalised text without the words that say nothing of a topic, a bar for each."""
    mine: bool = False
    """Those the asker is signed up for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursQuestion(Question):
    """The asker's own hours and days of training."""

    kind: ClassVar[str] = "hours"


@dataclass(frozen=True, slots=True, kw_only=True)
class GapTrainingQuestion(Question):
    """Which training helps with what the asker's standing lacks."""

    kind: ClassVar[str] = "gap_training"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidChange:
    """甲公司再存3000万: a change supposed, the client as it was written."""

    client: str
    measure: Measure
    amount: int
    """分 or cents; below nought for less."""
    becomes: bool = False
    """It comes to that amount instead."""
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is asked beyond the standing itself: `why_not`, `route`, `cliff`, `balance`, `forecast`, `what_if`,
    `two_dates` (as known then) or `other_rules` (by the rulebook of the day `since`)."""

    kind: str
    changes: tuple[SaidChange, ...] = ()
    amount: int | None = None
    """分: how much could be raised."""
    anyhow: bool = field(default=False, compare=False)
    """Asked in words that no question on rules has, so of the asker's own."""
    since: date | None = None
    unread: str = ""
    """What of it may be read in more ways than one: `amount`, `day`, `year` (a day of another year), `clients`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnStanding(Question):
    """How far I am. `target`: a grade's key, or `next`."""

    kind: ClassVar[str] = "own_standing"
    target: str | None = None
    period: Period | None = None
    step: Step | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonStanding(Question):
    """How far somebody else is: everyone whom the words may mean, or nobody known (`named` as it was written)."""

    kind: ClassVar[str] = "person_standing"
    named: str
    people: tuple[str, ...] = ()
    target: str | None = None
    period: Period | None = None
    step: Step | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoQuestion(Question):
    """About people who are not named: 谁是一级, 排名."""

    kind: ClassVar[str] = "who"
    ranking: bool = False
    """Who is first, or ahead of whom: nobody is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamQuestion(Question):
    """我的团队进度: the asker's team; `whole`: 全行."""

    kind: ClassVar[str] = "team"
    whole: bool = False
    period: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpQuestion(Question):
    """What can I ask."""

    kind: ClassVar[str] = "help"


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeting(Question):
    """Small talk: one line and a way back."""

    kind: ClassVar[str] = "greeting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear(Question):
    """Two readings fit; `choices` are pairs of grade or aspect keys that make a question each."""

    kind: ClassVar[str] = "unclear"
    grades: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutOfScope(Question):
    """No answer here: a reason (a slot of a template), and the clauses that stand nearest."""

    kind: ClassVar[str] = "out_of_scope"
    reason: str
    nearest: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
