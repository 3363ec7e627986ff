"""The training documents of the source: what each says, fact by fact, every fact with the sentences that say it.

The loader (`bot.loading.training`) builds these values from `knowledge/training/`. Answers are composed like this:

    plans.get("company").on(Aspect.TIME)        what one plan says of its time, the answer to the aspect first
    plans.saying(Aspect.BUDGET)                 the plans that say anything of it, in the order of the source; here none
    plans.readings["T1"].levels["初级"]          ("trainee", "fourth"): how this project reads the source, shown as such

A fact is cited as `training.<plan>.<fact>`, which is `plan.cite(fact)`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What sort of document it is: it decides how an answer speaks of it (方案规定, 学员心得写道, 个人计划写道)."""

    PLAN = "plan"
    SCHEME = "scheme"
    """Levels with their own courses and examinations."""
    COURSE = "course"
    REFLECTION = "reflection"
    """Somebody's account of a course that they took."""
    ADVICE = "advice"
    """How training should be done; binds nobody."""
    WORK_PLAN = "work_plan"
    """What customer managers or trainers planned for their own year."""
    TRAINER = "trainer"
    """A trainer's page."""


class Aspect(StrEnum):
    """What a fact is about. Closed: a fact of another sort needs a member here, words for it, and a broken file."""

    BACKGROUND = "background"
    AIMS = "aims"
    AUDIENCE = "audience"
    CONTENT = "content"
    FORM = "form"
    TIME = "time"
    PLACE = "place"
    TRAINERS = "trainers"
    ASSESSMENT = "assessment"
    FOLLOW_UP = "follow_up"
    INCENTIVES = "incentives"
    DISCIPLINE = "discipline"
    ORGANISATION = "organisation"
    BUDGET = "budget"
    MATERIALS = "materials"
    REQUIREMENTS = "requirements"
    """What a customer manager has to be able to do."""
    DUTIES = "duties"
    """What a customer manager does."""
    RESULTS = "results"
    """What it brought, or is to bring."""
    METHODS = "methods"
    """How to cope with something: stress, a refusal, a difficult client."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that one document says. Every figure in `say` stands in the quotes, which stand in the source."""

    key: str
    """Unique within its plan."""
    aspect: Aspect
    say: str
    """The answer as a person would say it, without the plan's name."""
    quotes: tuple[str, ...]
    """Word for word from the source, white space aside, in its order; what lies between two of them is left out."""
    title: str = ""
    """What the thing is called, where it is an item of a list: 服务意识培训."""
    say_en: str = ""
    """The same in English where it is short."""
    whole: bool = False
    """Answers its aspect as a whole; the aspect's other facts are its parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One document."""

    key: str
    title: str
    """As the source prints it."""
    name: str
    """What answers call it: short, and no other plan's."""
    name_en: str
    kind: Kind
    about: str
    """In a sentence, what tells it from the others."""
    aliases: tuple[str, ...]
    """Other names that people use; one that several plans share means all of them."""
    lines: tuple[int, int]
    """First and last line in the source, from 1."""
    facts: tuple[Fact, ...]

    def on(self, *aspects: Aspect) -> tuple[Fact, ...]:
        """Its facts on these, aspect by aspect, those that answer one as a whole first; none where it is silent."""
        found = [fact for aspect in aspects for fact in self.facts if fact.aspect is aspect]
        return tuple(sorted(found, key=lambda f: (aspects.index(f.aspect), not f.whole)))

    @property
    def aspects(self) -> tuple[Aspect, ...]:
        """What it says anything about, in its order."""
        return tuple(dict.fromkeys(fact.aspect for fact in self.facts))

    def fact(self, key: str) -> Fact:
        """By key. KeyError for a key that it has not."""
        return {fact.key: fact for fact in self.facts}[key]

    def cite(self, fact: Fact) -> str:
        """The id that answers and their JSON give for a fact, like a clause's."""
        return f"training.{self.key}.{fact.key}"


@dataclass(frozen=True, slots=True)
class Amount:
    """T2: a number that a plan fixes, against which sessions can be held."""

    fact: str
    """`<plan>.<fact>`, whose quotes hold the number."""
    number: int
    unit: str
    """`days`, `hours`, `times`, `stages`, `months`; `day_of_month`: the 15th."""
    per: str
    """`year`, `quarter`, `month`, `week`, `course`."""
    at_least: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How this project reads what the documents leave open; shown wherever it decides an answer."""

    id: str
    where: str
    text: str
    reads: str
    levels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """T1: a training level -> keys of the grades that it is read to mean."""
    amounts: tuple[Amount, ...] = ()


@dataclass(frozen=True, slots=True)
class TrainingPlans:
    """All documents, in the order of the source, and the readings."""

    plans: tuple[Plan, ...]
    readings: Mapping[str, Reading]

    def get(self, key: str) -> Plan:
        """By key. KeyError for a key that nothing has."""
        return {plan.key: plan for plan in self.plans}[key]

    def saying(self, *aspects: Aspect) -> tuple[Plan, ...]:
        """Those that say anything on one of these."""
        return tuple(plan for plan in self.plans if plan.on(*aspects))

    def cited(self, citation: str) -> tuple[Plan, Fact]:
        """What a citation of `Plan.cite` means. KeyError for one that means nothing."""
        plan, _, fact = citation.removeprefix("training.").partition(".")
        return self.get(plan), self.get(plan).fact(fact)
