"""A question about training, answered from the documents' facts: what they say, or that they do not say it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.domain.figures_said import figures_of
from bot.domain.training_plans import Aspect, Fact, Kind, Plan, Reading, TrainingPlans
from bot.questions.question import Language, TrainingQuestion, TrainingReply
from bot.services.outcomes import Outcome

MOST_PLANS = 5
"""Documents that one answer speaks of; the others are named below it."""
_FIRST = {Kind.ADVICE: Aspect.METHODS, Kind.SCHEME: Aspect.ORGANISATION}
"""Documents of which something else says more than their aims."""
_ASIDE = ("aims", "time", "content", "audience", "results")
"""What an overview quotes, the first two that the document has, besides what its figures rest on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfPlan:
    """What one document says to the question."""

    plan: Plan
    said: tuple[Fact, ...]
    quoted: tuple[Fact, ...] = ()
    """Parts of what is said, quoted under it."""

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Everything quoted, in order."""
        return (*self.said, *self.quoted)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingAnswered(Outcome):
    """The answer, document by document, the most to the point first."""

    kind: ClassVar[str] = "training"

    of_plans: tuple[OfPlan, ...]
    more: tuple[Plan, ...] = ()
    """Documents that say something too."""
    aspects: tuple[Aspect, ...] = ()
    reading: Reading | None = None
    """T1, where it decides."""
    asked_reading: bool = False
    """It was asked for as such."""
    holds: bool | None = None
    """Whether the asker's own figure is right; None without one."""
    language: Language = Language.ZH

    @property
    def clauses(self) -> tuple[str, ...]:
        return tuple(found.plan.cite(fact) for found in self.of_plans for fact in found.facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanShown(Outcome):
    """One document in a sentence, with what can be asked of it."""

    kind: ClassVar[str] = "training"

    plan: Plan
    facts: tuple[Fact, ...]
    """Quoted: what the sentence rests on."""
    language: Language = Language.ZH

    @property
    def clauses(self) -> tuple[str, ...]:
        return tuple(self.plan.cite(fact) for fact in self.facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingDeclined(Outcome):
    """The documents meant do not say it: which they are, and what they do say."""

    kind: ClassVar[str] = "decline"

    plans: tuple[Plan, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    said: str = ""
    """What is not said, in the asker's words where they are words of ours: 补考."""
    no_document: bool = False
    """There is none for whom it was asked: 柜员."""
    elsewhere: tuple[Plan, ...] = ()
    """Documents that do say something on the aspect."""
    language: Language = Language.ZH


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingVague(Outcome):
    """About training, and no more: what can be asked."""

    kind: ClassVar[str] = "clarify"

    language: Language = Language.ZH


def answer_training(question: TrainingQuestion, plans: TrainingPlans) -> Outcome:
    """What the question comes to."""
    if question.reply is TrainingReply.VAGUE:
        return TrainingVague(language=question.language)
    if question.reply is TrainingReply.OVERVIEW:
        return _overview(question, [plans.get(key) for key in question.plans])
    if question.reply is TrainingReply.FACTS:
        return _answered(question, plans)
    return _declined(question, plans)


def _answered(question: TrainingQuestion, plans: TrainingPlans) -> TrainingAnswered:
    said, quoted = _by_plan(plans, question.facts), _by_plan(plans, question.quoted)
    of_plans = [
        OfPlan(plan=plans.get(key), said=tuple(facts), quoted=tuple(quoted.get(key, ()))) for key, facts in said.items()
    ]
    return TrainingAnswered(
        of_plans=tuple(of_plans[:MOST_PLANS]),
        more=tuple(found.plan for found in of_plans[MOST_PLANS:]),
        aspects=_aspects(question),
        reading=plans.readings.get("T1") if question.reading or question.grades else None,
        asked_reading=question.reading,
        holds=question.holds,
        language=question.language,
    )


def _by_plan(plans: TrainingPlans, citations: Iterable[str]) -> dict[str, list[Fact]]:
    """Facts by the key of their document, in the order cited."""
    found: dict[str, list[Fact]] = {}
    for citation in citations:
        plan, fact = plans.cited(citation)
        found.setdefault(plan.key, []).append(fact)
    return found


def _overview(question: TrainingQuestion, plans: Sequence[Plan]) -> Outcome:
    """One document in its sentence, advice in what it advises; of several, a sentence of each."""
    if len(plans) == 1 and plans[0].kind is not Kind.ADVICE:
        return PlanShown(plan=plans[0], facts=_grounds(plans[0]), language=question.language)
    of_plans = tuple(OfPlan(plan=plan, said=_main(plan)) for plan in plans[:MOST_PLANS])
    return TrainingAnswered(of_plans=of_plans, more=tuple(plans[MOST_PLANS:]), language=question.language)


def _main(plan: Plan) -> tuple[Fact, ...]:
    """What says most of a document: what it advises, its aims, else what comes next."""
    if plan.kind in _FIRST:
        return plan.on(_FIRST[plan.kind])[:1]
    return tuple(fact for aspect in _ASIDE for fact in plan.on(Aspect(aspect))[:1])[:1]


def _grounds(plan: Plan) -> tuple[Fact, ...]:
    """Facts that an overview quotes: its first aspects, and whatever its figures stand in."""
    facts = list(_main(plan)) if plan.kind in _FIRST else []
    facts = [*facts, *(fact for aspect in _ASIDE for fact in plan.on(Aspect(aspect))[:1])][:2]
    missing = figures_of(plan.about) - _figures(facts)
    for fact in plan.facts:
        if missing & _figures([fact]):
            facts.append(fact)
            missing -= _figures([fact])
    return tuple(dict.fromkeys(facts))


def _figures(facts: Iterable[Fact]) -> frozenset[str]:
    return frozenset().union(*(figures_of(quote) for fact in facts for quote in fact.quotes))


def _declined(question: TrainingQuestion, plans: TrainingPlans) -> TrainingDeclined:
    aspects = _aspects(question)
    named = tuple(plans.get(key) for key in question.plans)
    elsewhere = tuple(plan for plan in plans.saying(*aspects) if plan not in named) if named and aspects else ()
    return TrainingDeclined(
        plans=named,
        aspects=() if question.said else aspects,
        said=question.said,
        no_document=question.reply is TrainingReply.NO_DOCUMENT,
        elsewhere=() if question.said else elsewhere[:MOST_PLANS],
        language=question.language,
    )


def _aspects(question: TrainingQuestion) -> tuple[Aspect, ...]:
    return tuple(Aspect(key) for key in question.aspects)
