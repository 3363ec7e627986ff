"""What a conversation remembers, and how it completes a text that says only what changes (换成高级呢)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.domain.period import Period
from bot.questions.phrases import Kind, Phrases
from bot.questions.question import (
    Form,
    OutOfScope,
    OwnStanding,
    PersonStanding,
    Question,
    RuleQuestion,
    Step,
    TrainingQuestion,
    Unclear,
)
from bot.questions.recognise import Recognised, weight_of
from bot.questions.subject import Subject, subject_of

_SHORT = 10
"""A text of so little weight says only what changes."""
_ENDS = re.compile(r"呢[?!。,~ ]*$")
_MOST_STRANGE, _STRANGE_BESIDE_PEOPLE = 2, 1
_LARGEST, _HAVE_LARGEST = ("single_client",), {"deposits", "loans"}
"""贷款 … 单户呢: of what was spoken of, whose fact says it."""
_NAME_LENGTHS = (2, 3)
_RULE, _OWN, _PERSON = "rule", "own", "person"
TRAINING = "training"
THEM = re.compile(r"(?<!其)[他她](?!们)|\b(?:his|her|he|she)\b")
"""Somebody spoken of before; nobody where nobody was."""
_NOBODY = "-"
"""Somebody unknown stays so: a follow-up on them is refused like the question before it."""
_NOT_UNDERSTOOD = ("not_found", "not_understood")

Slots = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Memory:
    """The subject last spoken of and its slots: keys and staff numbers, no figure and no word of the asker's."""

    subject: str
    slots: Slots = field(default_factory=dict)

    def get(self, slot: str) -> tuple[str, ...]:
        """What stands in a slot."""
        return self.slots.get(slot, ())


def remember(question: Question, phrases: Phrases) -> Memory | None:
    """What to keep of a question that was understood; None for what does not change the subject."""
    match question:
        case RuleQuestion():
            of_topics = (grade for key in question.topics if (grade := phrases.topics[key].grade))
            slots = {
                "grades": question.grades or tuple(dict.fromkeys(of_topics)),
                "aspects": question.aspects,
                "topics": question.topics,
            }
            return Memory(_RULE, {**slots, "articles": tuple(map(str, question.articles))})
        case TrainingQuestion():
            return Memory(TRAINING, training_slots(question))
        case Unclear():
            return Memory(_RULE, {"grades": question.grades})
        case OwnStanding():
            return Memory(_OWN, {"target": _one(question.target), "step": _step(question), "period": _when(question)})
        case PersonStanding():
            slots = {"people": question.people, "target": _one(question.target), "step": _step(question)}
            return Memory(_PERSON, {**slots, "period": _when(question)})
    return None


def training_slots(question: TrainingQuestion) -> Slots:
    """Of a question about training: the documents, what was asked of them, and the fact that answered."""
    return {
        "plans": question.plans or tuple(dict.fromkeys(fact.split(".")[1] for fact in question.facts))[:1],
        "aspects": question.aspects,
        "levels": question.levels,
        "facts": question.facts[:1],
    }


def follow(alone: Question, seen: Recognised, memory: Memory, phrases: Phrases, step: Step | None = None) -> Question:
    """The question that the text asks in this conversation; `alone` where it needs nothing of it. `step`: what the text
    would ask of a standing."""
    if isinstance(alone, OutOfScope) and alone.reason not in _NOT_UNDERSTOOD:
        return alone
    named = memory.subject in (_OWN, _PERSON) and _name_in(seen, phrases)
    # Of people nothing is guessed: what is strange beside a standing may be a name that the asker is not to know.
    most = _STRANGE_BESIDE_PEOPLE if memory.subject in (_OWN, _PERSON) else _MOST_STRANGE
    if seen.strange_weight > most and not named and not isinstance(alone, PersonStanding):
        return alone
    subject = subject_of(seen, phrases)
    if memory.subject == _RULE:
        return _of_rule(alone, seen, subject, memory, phrases) or alone
    return _of_standing(alone, seen, memory, phrases, step) or alone


def says_only_what_changes(seen: Recognised, short: int = _SHORT) -> bool:
    """By a word of its own (呢, 换成, what about), or since it is `short`."""
    begins = any(h.start == 0 and "conjunction" in h.keys(Kind.INTENT) for h in seen.hits)
    return seen.means("follow") or begins or bool(_ENDS.search(seen.text)) or weight_of(seen.text) <= short


def _of_rule(alone: Question, seen: Recognised, subject: Subject, memory: Memory, phrases: Phrases) -> Question | None:
    grades = memory.get("grades")
    if isinstance(alone, OwnStanding):
        return replace(alone, target=grades[0]) if not alone.target and len(grades) == 1 else None
    if isinstance(alone, PersonStanding) or not says_only_what_changes(seen):
        return None
    if seen.of_me and not subject.definite and len(grades) == 1:
        return OwnStanding(target=grades[0], period=seen.period, language=seen.language)
    return _slots_filled(alone, seen, subject, memory, phrases)


def _slots_filled(
    alone: Question, seen: Recognised, subject: Subject, memory: Memory, phrases: Phrases
) -> Question | None:
    """What the text names, and of the rest what was spoken of."""
    named = subject.grades or (seen.means("all_grades") and "all")
    asked = subject.aspects or subject.topics or seen.articles
    if asked and (named or subject.topics or seen.articles):
        return None
    other = seen.means("next_grade", "lower_grade", "the_rest")
    if not (named or asked or other or seen.claims or seen.bare_claims or seen.means("clause", "asks_why")):
        return None
    weak = subject.weak_aspects if subject.weak_aspects and not _ENDS.search(seen.text) else ()
    if weak and (named or not memory.get("grades")):
        return None
    grades = subject.grades if named else memory.get("grades")
    if seen.means("next_grade", "lower_grade") and not subject.grades:
        grades = _next(grades, phrases, lower=seen.means("lower_grade"))
    if seen.means("the_rest"):
        grades = tuple(grade for grade in phrases.grades if grade not in memory.get("grades"))
    if seen.means("compare") and subject.grades:
        grades = tuple(dict.fromkeys((*memory.get("grades"), *subject.grades)))
    aspects = subject.aspects or weak or memory.get("aspects")
    if aspects == _LARGEST and len(_HAVE_LARGEST & set(memory.get("aspects"))) == 1:
        aspects = tuple(_HAVE_LARGEST & set(memory.get("aspects")))
    if seen.means("asks_why"):
        return OutOfScope(reason="silent", grades=grades, aspects=aspects[:1], language=seen.language)
    claims = (*seen.claims, *seen.bare_claims)
    return RuleQuestion(
        grades=grades,
        aspects=aspects,
        topics=() if asked or weak else memory.get("topics"),
        articles=() if asked or weak else tuple(map(int, memory.get("articles"))),
        claims=claims,
        form=_form(alone, seen) if claims else Form.OPEN,
        language=seen.language,
    )


def _form(alone: Question, seen: Recognised) -> Form:
    """8000万呢: whether it reaches."""
    known = alone.form if isinstance(alone, RuleQuestion) else Form.OPEN
    if known is not Form.OPEN:
        return known
    if seen.means("premise"):
        return Form.PREMISE
    return Form.REACHES if any(claim.unit == "amount" for claim in seen.claims) else Form.OPEN


def _next(grades: tuple[str, ...], phrases: Phrases, *, lower: bool) -> tuple[str, ...]:
    """再往上一级: the one above the highest spoken of; 低一级: the one below the lowest."""
    places = [phrases.grades.index(grade) for grade in grades]
    if lower:
        return (phrases.grades[min(len(phrases.grades) - 1, max(places, default=0) + 1)],)
    place = min(places, default=0)
    return (phrases.grades[max(0, place - 1)],)


def _of_standing(
    alone: Question, seen: Recognised, memory: Memory, phrases: Phrases, said: Step | None
) -> Question | None:
    """Another grade, person, time or next step of the same kind of question."""
    subject = subject_of(seen, phrases)
    goes_on = says_only_what_changes(seen) or (said is not None and not subject.grades)
    step = said or (_remembered_step(memory, seen) if goes_on else None)
    period = seen.period or next(map(Period.parse, memory.get("period")), None)
    if isinstance(alone, PersonStanding | OwnStanding):
        alone = _of_the_same(alone, seen, memory)
        kept = period if goes_on or (step and step.kind == "two_dates") else alone.period
        return replace(alone, target=_target(alone.target, seen, memory, phrases), step=alone.step or step, period=kept)
    if not goes_on or (said is None and _of_the_rules(seen, subject)):
        return None
    named = _name_in(seen, phrases)
    changed = bool(subject.grades or subject.aspects or seen.period or said) or seen.means("next_grade", "asks_why")
    if not (changed or seen.of_me or named):
        return None
    target = _target(next(iter(subject.grades), None), seen, memory, phrases)
    if not named and (seen.of_me or memory.subject == _OWN):
        return OwnStanding(target=target, period=period, step=step, language=seen.language)
    people = () if named else memory.get("people")
    return PersonStanding(
        named=named or next(iter(people), _NOBODY),
        people=people,
        target=target,
        period=period,
        step=step,
        language=seen.language,
    )


def _name_in(seen: Recognised, phrases: Phrases) -> str | None:
    """Somebody whom the asker may not see is nobody known: two or three characters that begin as names do."""
    texts = (span.text.strip() for span in seen.strange)
    return next((text for text in texts if len(text) in _NAME_LENGTHS and text[0] in phrases.surnames), None)


def _target(named: str | None, seen: Recognised, memory: Memory, phrases: Phrases) -> str | None:
    """The grade named; the one above that spoken of (再往上一级); else that itself."""
    before = next(iter(memory.get("target")), None)
    if not seen.means("next_grade"):
        return named or before
    if before in phrases.grades:
        return phrases.grades[max(0, phrases.grades.index(before) - 1)]
    return "next"


def _remembered_step(memory: Memory, seen: Recognised) -> Step | None:
    """The step before; 为什么 by itself asks why not."""
    if seen.means("asks_why"):
        return Step(kind="why_not")
    return next((Step(kind=kind) for kind in memory.get("step")), None)


def _of_the_same(alone: PersonStanding | OwnStanding, seen: Recognised, memory: Memory) -> PersonStanding | OwnStanding:
    """Asked of whoever was spoken of, where it says neither me nor another: 怎么最快, 他的路线呢."""
    if memory.subject != _PERSON or seen.of_me or not (alone.step or says_only_what_changes(seen)):
        return alone
    if isinstance(alone, PersonStanding) and (alone.people or not THEM.fullmatch(alone.named)):
        return alone
    people = memory.get("people")
    return PersonStanding(
        named=next(iter(people), _NOBODY),
        people=people,
        target=alone.target,
        period=alone.period,
        step=alone.step,
        language=seen.language,
    )


def _of_the_rules(seen: Recognised, subject: Subject) -> bool:
    """Whether it asks what is required, and so nothing of a person's."""
    asks = subject.topics or seen.articles or seen.claims or subject.weak_aspects
    return bool(asks) or seen.means("required", "all_grades", "compare")


def _step(question: OwnStanding | PersonStanding) -> tuple[str, ...]:
    """Its kind; a what-if is of one sentence, and its amounts are figures, which nothing remembers."""
    return (question.step.kind,) if question.step and question.step.kind != "what_if" else ()


def _when(question: OwnStanding | PersonStanding) -> tuple[str, ...]:
    """The time asked about; a day that money comes is none."""
    dated = question.step is None or question.step.kind not in ("balance", "what_if", "other_rules")
    return (str(question.period),) if question.period and dated else ()


def _one(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()
