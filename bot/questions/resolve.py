"""From what was recognised to one typed question. The order of the steps is the order of precedence."""

from collections.abc import Callable, Iterator
from datetime import date

from bot.questions.phrases import Kind, Phrases
from bot.questions.question import (
    Form,
    Greeting,
    HelpQuestion,
    Language,
    OutOfScope,
    OwnStanding,
    Question,
    RuleQuestion,
    TeamQuestion,
    TrainingQuestion,
    TrainingReply,
    Unclear,
    WhoQuestion,
)
from bot.questions.recognise import Recognised
from bot.questions.strangeness import strangeness
from bot.questions.subject import Subject, subject_of
from bot.questions.wording import Wording

FIGURES = frozenset(
    {"deposits", "loans", "settlement", "new_deposits", "indicators", "pass_line", "quality", "single_client"}
)
"""What a person has of their own: 我的存款."""
CONDITIONS = frozenset({"education", "title", "exam", "tenure", "breach", "report"})
"""What a person brings along, and what somebody's may be asked of as a case: 同事只有高中学历,能过吗."""
_ASKS_A_STANDING = ("standing", "standing_of", "why_not", "next_grade")
_QUALITY = frozenset({"bad_loans", "overdue_interest", "advances", "normal_share"})
"""What becomes of these the regulation does say: they may not occur."""
_OF_A_GRADE = frozenset({"report", "floor", "needed", "staff_grade", "allowance", "credit_ban", "agreement_deposits"})
"""What nobody has otherwise than by the grade: 谁要写专题报告."""
_SPEAKS_OF_LAST_YEAR = frozenset({"normal_share", "new_deposits", "quality"})

_OF_ANYBODY = frozenset({"skills", "requirements", "exam"})
"""What the regulation holds of its grades, and the training documents of whom they are for."""
_MORE_IN_ENGLISH = 2
"""A word that we do not know counts two there."""
_MOST_STRANGE, _MOST_STRANGE_ALONE, _MOST_STRANGE_VAGUE = 4, 3, 1

Step = Callable[[Recognised, Subject], Question | None]


class Resolver:
    """Turns a recognised text into a question; total: whatever is left over is out of scope, with a reason."""

    def __init__(self, phrases: Phrases, wording: Wording) -> None:
        self._phrases = phrases
        self._wording = wording

    def resolve(self, seen: Recognised, training: TrainingQuestion | None = None) -> Question:
        """The first step that knows what is asked. `training`: what it would ask of the training documents."""
        return next(self.readings(seen, training))[1]

    def readings(self, seen: Recognised, training: TrainingQuestion | None = None) -> Iterator[tuple[str, Question]]:
        """Every step that knows something, by name, in the order of precedence; the last one always does."""
        subject = subject_of(seen, self._phrases)
        seen = self._wording.eased(seen, subject.topics)
        if training and _of_training(training, seen, subject):
            yield "training_document", training

        def perhaps_training(_: Recognised, about: Subject) -> Question | None:
            return training if not (about.definite or seen.articles) else None

        steps: tuple[Step, ...] = (
            self._nothing_said,
            self._out_of_scope,
            self._help,
            self._team,
            self._others,
            self._own,
            perhaps_training,
            self._training,
            self._rule,
            self._small_talk,
            self._worded,
            self._not_understood,
        )
        for step in steps:
            if question := step(seen, subject):
                yield step.__name__.strip("_"), question

    def _nothing_said(self, seen: Recognised, subject: Subject) -> Question | None:
        return None if any(c.isalnum() for c in seen.text) or seen.hits else HelpQuestion(language=seen.language)

    def _out_of_scope(self, seen: Recognised, subject: Subject) -> Question | None:
        """A strong reason stands whatever else was recognised: 二级的存款利率 is no question about deposits."""
        named = [self._phrases.scopes[key] for key in seen.keys(Kind.SCOPE)]
        meant = [s for s in self._phrases.scopes.values() if s.when and all(seen.means(key) for key in s.when)]
        if subject.topics or set(subject.aspects) & _QUALITY:
            named, meant = [s for s in named if s.when == () or subject.topics], []
        scope = next((s for s in (*named, *meant) if s.strong), None)
        if scope is None:
            return None
        return OutOfScope(reason=scope.reason, nearest=scope.nearest, grades=subject.grades, language=seen.language)

    def _help(self, seen: Recognised, subject: Subject) -> Question | None:
        asked = seen.means("help") and not subject.definite and not seen.means("gap", "standing")
        return HelpQuestion(language=seen.language) if asked else None

    def _team(self, seen: Recognised, subject: Subject) -> Question | None:
        if seen.means("ranking") or subject.topics or not seen.means("team", "whole_branch"):
            return None
        return TeamQuestion(whole=seen.means("whole_branch"), period=seen.period, language=seen.language)

    def _others(self, seen: Recognised, subject: Subject) -> Question | None:
        """About people who are not named; who approves, who counts as a manager and the like are topics."""
        if seen.means("ranking") and "staff_grade" not in subject.aspects:
            return WhoQuestion(ranking=True, language=seen.language)
        if not seen.means("others") or subject.topics or seen.means("the_rest"):
            return None
        asks_the_rule = seen.means("required") or (set(subject.aspects) & CONDITIONS and seen.means("reaches", "may"))
        if set(subject.aspects) - FIGURES and (asks_the_rule or set(subject.aspects) <= _OF_A_GRADE):
            return None
        about_people = subject.grades or subject.aspects or seen.means("gap", "standing", "standing_of")
        qualifies = subject.weak_aspects and not seen.means("gap", "standing", "standing_of")
        return WhoQuestion(language=seen.language) if about_people and not qualifies else None

    def _own(self, seen: Recognised, subject: Subject) -> Question | None:
        by_the_way = seen.means("my_status", "the_rest") and not seen.means("gap", *_ASKS_A_STANDING)
        if by_the_way or seen.means("what_then") or not _about_me(seen, subject):
            return None
        target = "next" if seen.means("next_grade") else None
        if subject.grades:
            target = min(subject.grades, key=self._phrases.grades.index)
        return OwnStanding(target=target, period=seen.period, language=seen.language)

    def _training(self, seen: Recognised, subject: Subject) -> Question | None:
        if subject.topics or subject.aspects:
            return None
        scopes = [self._phrases.scopes[key] for key in seen.keys(Kind.SCOPE)]
        if not scopes:
            return None
        return OutOfScope(reason=scopes[0].reason, nearest=scopes[0].nearest, language=seen.language)

    def _rule(self, seen: Recognised, subject: Subject) -> Question | None:
        if subject.tied:
            return Unclear(grades=subject.grades, aspects=subject.tied, language=seen.language)
        aspects = subject.aspects or (() if subject.topics else subject.weak_aspects)
        vague = is_vague(seen, subject)
        if not (aspects or subject.topics or subject.grades or seen.articles) or _too_strange(seen, subject, vague):
            return None
        if vague and not subject.grades and not seen.means("all_grades"):
            return Unclear(aspects=aspects, language=seen.language) if not seen.unknown else None
        if unsaid := self._unsaid(seen, subject):
            return unsaid
        form = _form(seen)
        bare = seen.bare_claims if form is not Form.OPEN else ()
        return RuleQuestion(
            grades=subject.grades,
            aspects=aspects,
            topics=subject.topics,
            articles=seen.articles,
            claims=(*seen.claims, *bare),
            form=form,
            same=seen.means("same"),
            on=_rulebook_day(seen, subject),
            language=seen.language,
        )

    def _unsaid(self, seen: Recognised, subject: Subject) -> Question | None:
        """Why, when or where of something that the regulation only sets a measure for."""
        asked = seen.means("asks_why") or (
            seen.means("asks_when", "asks_where") and not {"tenure", "report"} & set(subject.aspects)
        )
        if not asked or subject.topics or not (subject.aspects or (subject.grades and not seen.claims)):
            return None
        return OutOfScope(reason="silent", grades=subject.grades, aspects=subject.aspects[:1], language=seen.language)

    def _small_talk(self, seen: Recognised, subject: Subject) -> Question | None:
        small = seen.means("greeting") and not subject.definite and _says_little_else(seen)
        return Greeting(language=seen.language) if small else None

    def _worded(self, seen: Recognised, subject: Subject) -> Question | None:
        """Nothing else understood it, and it is worded as a clause is."""
        topic = self._wording.topic_of(seen)
        if topic is None or strangeness(seen).compound:
            return None
        return RuleQuestion(grades=subject.grades, topics=(topic,), language=seen.language)

    def _not_understood(self, seen: Recognised, subject: Subject) -> Question:
        """The grade was understood, the thing asked of it was not: the reason says so, and shows the nearest. A grade's
        word that belongs to another thing (见习律师) was not."""
        if strangeness(seen).compound:
            return OutOfScope(reason="not_found", language=seen.language)
        known = subject.grades or subject.weak_aspects or subject.topics or subject.aspects
        return OutOfScope(
            reason="not_found" if known else "not_understood",
            nearest=tuple(c for key in subject.topics for c in self._phrases.topics[key].clauses)[:2],
            grades=subject.grades,
            aspects=subject.aspects,
            language=seen.language,
        )


def _says_little_else(seen: Recognised) -> bool:
    """Whether the greeting is what was written, and no word of another sentence (做得不好)."""
    greeting = sum(h.end - h.start for h in seen.hits if "greeting" in h.keys(Kind.INTENT))
    return seen.unknown_weight <= 2 and 2 * greeting >= sum(c.isalnum() for c in seen.text)


def _of_training(training: TrainingQuestion, seen: Recognised, subject: Subject) -> bool:
    """Whether the text is about training before all: by a document's name; by a word of training, where the regulation
    holds nothing on that; by a fact's own words, where the regulation is not spoken of at all."""
    if training.firm:
        told = (training.reply is TrainingReply.FACTS and not training.grades) or bool(training.said)
        return training.sure or told or not subject.topics
    if training.audience and not subject.grades and set(subject.aspects) <= _OF_ANYBODY:
        return True
    by_level = training.levels and training.reply is TrainingReply.FACTS and training.aspects
    highest = training.levels == ("高级",) and subject.grades == ("senior",) and "content" in training.aspects
    if by_level and (not subject.grades or highest) and set(subject.aspects) <= _OF_ANYBODY:
        return True
    elsewhere = subject.definite or subject.weak_aspects or seen.articles or seen.keys(Kind.SCOPE)
    return training.covered and not elsewhere


def _about_me(seen: Recognised, subject: Subject) -> bool:
    """我离二级还差多少, 够几级, 我的存款; not 高级和一级差多少, nor what I should need."""
    me = seen.of_me
    if seen.means("gap", "standing", "why_not"):
        if not me and seen.unknown_weight > 1:
            return False
        compared = not me and (len(subject.grades) > 1 or seen.means("compare", "the_rest"))
        return not compared and bool(me or not (subject.topics or seen.claims))
    if not me or subject.topics:
        return False
    if seen.means("standing_of", "next_grade"):
        return not set(subject.aspects) & CONDITIONS
    if seen.means("mine") and (subject.grades or set(subject.aspects) - CONDITIONS) and not seen.claims:
        return True
    return bool(FIGURES & set(subject.aspects)) and not seen.means("required") and not seen.claims


def _form(seen: Recognised) -> Form:
    if not seen.claims and not seen.bare_claims:
        return Form.OPEN
    if seen.means("which_grade") and not seen.means("standing"):
        return Form.WHICH
    if seen.means("reaches", "standing") or "floor" in seen.keys(Kind.ASPECT):
        return Form.REACHES
    return Form.PREMISE if seen.means("premise") else Form.OPEN


def _too_strange(seen: Recognised, subject: Subject, vague: bool) -> bool:
    """Whether too much is not understood to be sure that this is what was asked."""
    found = strangeness(seen)
    return bool(found.compound) or found.weight > most_strange(seen, subject, vague)


def is_vague(seen: Recognised, subject: Subject) -> bool:
    """No definite aspect, topic or article: a grade alone, 条件, 指标."""
    return not subject.aspects and not subject.topics and not seen.articles


def most_strange(seen: Recognised, subject: Subject, vague: bool) -> float:
    """How strange a text may be: the more definite what was recognised, the stranger."""
    if vague:
        return _MOST_STRANGE_VAGUE
    alone = not subject.grades and not subject.topics and not seen.articles
    most = _MOST_STRANGE_ALONE if alone else _MOST_STRANGE
    return most + (_MORE_IN_ENGLISH if seen.language is Language.EN else 0)


def _rulebook_day(seen: Recognised, subject: Subject) -> date | None:
    """The day whose rulebook is asked about: 去年的办法; not 比去年高, nor what is held against last year anyhow."""
    if not seen.period or seen.means("compare") or subject.topics or set(subject.aspects) & _SPEAKS_OF_LAST_YEAR:
        return None
    return seen.period.as_of
