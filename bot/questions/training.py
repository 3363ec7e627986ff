"""Questions about training: from a text to the facts that answer it.

A document may be named (its names, a slip of the pen allowed) and an aspect asked for (考核, 多久); what is left of the
text is searched for in the facts. So three things can decide: the name, the aspect, the words. What no document says is
known by words of its own (报名, 补考), by an aspect on which a document is silent, and by words that no fact holds.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from math import log

from bot.domain.training_plans import Aspect, Kind, TrainingPlans
from bot.questions.fact_index import FactIndex, Indexed, pairs_of
from bot.questions.phrases import Kind as WordKind
from bot.questions.phrases import Phrases
from bot.questions.question import Language, TrainingQuestion, TrainingReply
from bot.questions.recognise import Recognised
from bot.questions.training_heard import Ear, Heard, figures_with_units
from bot.questions.training_words import TrainingWords

_TELLING, _ALONE = 3.2, 7.0
"""Weight of words that are no chance, of a text that speaks of training (a pair that stands in twelve facts of 300),
and of one that does not."""
_ASPECT, _WHOLE = 4.0, 1.0
"""What it counts that a fact is on the aspect asked for, and that it answers it as a whole."""
_AS_GOOD, _WORTH_QUOTING = 0.8, 0.6
_MOST_SAID, _MOST_PIECES, _MOST_QUOTED, _CONSIDERED = 3, 5, 8, 8
_STRANGE = 2
_APART = 1.6
"""As one fact in five: what tells one fact of a document from its others."""
_TIME = re.compile(r"[天日号周月期]|小时|次|季度|阶段")
_KINDS = (Kind.PLAN, Kind.SCHEME, Kind.COURSE, Kind.ADVICE, Kind.REFLECTION, Kind.WORK_PLAN, Kind.TRAINER)
"""Whose word comes first where no document is named: what is planned before what somebody tells."""
_MONEY = ("多少钱", "how much")
_AMOUNT = re.compile(r"\d万?元")
_LEVELS = "levels"

_CUT = re.compile(r"[?;。,、!]|还有|另外|顺便|以及|\band (?=what|who|how|where|when|does|is)")
_WORD = re.compile(r"[㐀-鿿]{2,}|[a-z][a-z'-]{2,}")
Slots = Mapping[str, tuple[str, ...]]
Ranked = list[tuple[Indexed, float]]


class TrainingReader:
    """Made once from the documents and the words; holds nothing of any conversation."""

    def __init__(self, plans: TrainingPlans, words: TrainingWords, phrases: Phrases) -> None:
        self._plans = plans
        self._index = FactIndex(plans, phrases.characters)
        self._ear = Ear(plans, words, phrases)
        reading = plans.readings.get("T1")
        self._levels = {grade: level for level, many in reading.levels.items() for grade in many} if reading else {}

    def read(self, seen: Recognised, grades: Sequence[str] = ()) -> TrainingQuestion | None:
        """What a text asks about training; None where it does not. `grades`: those named in it."""
        if not self._ear.signs_in(seen.text) and self._index.most(pairs_of(seen.text)) < _ALONE:
            return None
        alone = self._hear(seen)
        heard = self._described(self._leveled(alone, grades))
        described = bool(heard.plans) and (bool(alone.description) or not alone.plans)
        if not (described or self._about_training(heard)):
            return None
        question = self._piecewise(self._question(heard, seen.language), heard, seen)
        asked_for = heard.which_plan or (heard.which and self._weight(heard) >= _ALONE)
        firm = heard.sure or asked_for or described or (heard.sign and question.reply is not TrainingReply.VAGUE)
        by_grade = tuple(grades) if heard.levels and not alone.levels else ()
        holds = self._holds(heard, question) if seen.means("premise") else None
        return replace(
            question,
            firm=firm,
            sure=heard.sure or (heard.sign and not by_grade and self._weight(heard) >= _ALONE),
            covered=self._covered(heard),
            audience=heard.audience and question.reply is TrainingReply.FACTS,
            grades=by_grade,
            reading=question.reading or bool(by_grade and heard.level_asked),
            holds=holds,
        )

    def again(self, seen: Recognised, before: Slots, grades: Sequence[str] = ()) -> TrainingQuestion | None:
        """A follow-up: what it names takes the place of what the question before named, the rest stays (换成零售的呢,
        考核呢, 中级呢). `before`: the slots of `follow_up.training_slots`. None where it names nothing of training."""
        heard = self._hear(seen)
        worded = self._weight(heard) >= _TELLING
        asks = bool(heard.aspects or heard.unsaid or worded)
        leveled = bool(heard.levels) and _LEVELS in before.get("plans", ())
        if not (heard.plans or asks or leveled) or (grades and not leveled):
            return None
        plans = before.get("plans", ()) if leveled else heard.plans or before.get("plans", ())
        heard = replace(heard, plans=plans, levels=heard.levels or before.get("levels", ()))
        if not asks:
            heard = self._as_before(heard, before)
        question = self._question(self._leveled(heard), seen.language)
        return replace(self._piecewise(question, heard, seen) if asks else question, firm=True)

    def once_more(self, seen: Recognised, before: Slots) -> TrainingQuestion | None:
        """What was answered, for a follow-up that names nothing new (总共呢). None where nothing answered."""
        heard = self._as_before(replace(self._hear(seen), plans=before.get("plans", ())), before)
        question = self._question(heard, seen.language)
        return replace(question, firm=True) if question.reply is TrainingReply.FACTS else None

    def _piecewise(self, question: TrainingQuestion, heard: Heard, seen: Recognised) -> TrainingQuestion:
        """With what each part of a text of several asks (何时办?讲什么): one part's strange words are not another's."""
        refused = heard.unsaid or question.reply in (TrainingReply.NO_DOCUMENT, TrainingReply.VAGUE)
        spans = [] if refused or not heard.plans else _pieces(seen.text)
        facts = list(question.facts)
        for start, end in spans if len(spans) > 1 else ():
            own = self._hear(seen, start, end)
            own = replace(own, plans=own.plans or heard.plans, levels=own.levels or heard.levels, sign=True)
            if own.aspects or self._weight(own) >= _TELLING:
                facts += self._question(self._leveled(own), seen.language).facts
        if len(facts) == len(question.facts):
            return question
        said = tuple(dict.fromkeys(facts))[:_MOST_PIECES]
        quoted = tuple(one for one in question.quoted if one not in said)
        return replace(question, reply=TrainingReply.FACTS, facts=said, quoted=quoted)

    def _as_before(self, heard: Heard, before: Slots) -> Heard:
        """Asking what was asked before, by the aspects and the title of the fact that answered."""
        titles = [found.fact.title for found in self._index.facts if found.citation in before.get("facts", ())]
        pairs = self._index.pairs(" ".join(titles)) if not before.get("levels") else frozenset()
        aspects = tuple(Aspect(key) for key in before.get("aspects", ()))
        return replace(heard, aspects=aspects, pairs=pairs, specific=pairs, strange=0)

    def _hear(self, seen: Recognised, start: int = 0, end: int | None = None) -> Heard:
        """With the strange words told: everyday words are not, those that the regulation refuses (宿舍) may be."""
        text = seen.text[start:end]
        heard = self._ear.hear(text)
        spans = [(span.start, span.end) for span in seen.strange]
        spans += [(hit.start, hit.end) for hit in seen.hits if any(e.kind is WordKind.SCOPE for e in hit.entries)]
        places = {place - start for begin, until in spans for place in range(begin, until)}
        letters = "".join(c if n in places else " " for n, c in enumerate(heard.asked))
        if heard.unnamed > 0 and heard.unnamed - 1 in places:
            return replace(heard, plans=(), sure=False, others=text[max(0, heard.unnamed - 2) : heard.unnamed])
        return replace(heard, strange=sum(self._unknown(word, heard.asked) for word in _WORD.finditer(letters)))

    def _unknown(self, word: "re.Match[str]", text: str) -> int:
        """How many letters of a word stand in no pair that a document holds; none of a word of the regulation's."""
        if word[0].isascii():
            return int(not any(map(self._index.known, pairs_of(word[0]))))
        if self._ear.sounds_like_training(word[0]):
            return 0
        places = range(word.start(), word.end())
        known = {n for n in range(len(text) - 1) if self._index.known(text[n : n + 2])}
        return sum(n not in known and n - 1 not in known for n in places)

    def _leveled(self, heard: Heard, grades: Sequence[str] = ()) -> Heard:
        """With the levels among the words that are searched for. Reading T1: where training is spoken of, 二级 asks for
        the level that a second-grade manager is read to be trained at."""
        read = heard.sign and not heard.plans
        levels = heard.levels or tuple(dict.fromkeys(self._levels[g] for g in grades if read and g in self._levels))
        if not levels or (heard.plans and _LEVELS not in heard.plans):
            return heard
        by_name = heard.aspects and set(heard.levels) - {"高级"}  # no grade of the regulation is called so
        return replace(heard, plans=(_LEVELS,), levels=levels) if heard.sign or heard.plans or by_name else heard

    def _holds(self, heard: Heard, question: TrainingQuestion) -> bool | None:
        """Whether the asker's figures stand in what answers."""
        answers = [found for found in self._index.facts if found.citation in question.facts]
        known = {figure for found in answers for figure in figures_with_units(found.text)}
        return set(heard.figures) <= known if heard.figures and answers else None

    def _described(self, heard: Heard) -> Heard:
        """有现场观摩的那个计划: the words before 那个 tell which document is meant, where none is named."""
        if heard.plans or not heard.description:
            return heard
        pairs = self._index.pairs(heard.description)
        scores = self._index.scores(pairs)
        if self._index.most(pairs) < _TELLING:
            return heard
        plan = self._index.facts[max(scores, key=lambda place: scores[place])].plan
        return replace(heard, plans=(plan.key,), pairs=heard.pairs - pairs, specific=heard.specific - pairs)

    def _weight(self, heard: Heard) -> float:
        """How much of the text the best fact holds, aspects apart."""
        return self._index.most(heard.specific)

    def _covered(self, heard: Heard) -> bool:
        """Whether one fact holds most of the text, though no word of training stands in it."""
        words = [pair for pair in heard.content if not any(c.isdigit() for c in pair)]
        held = self._index.held(words)
        best = max(held, key=lambda place: held[place], default=None)
        if best is None or held[best] < _ALONE or heard.strange >= _STRANGE:
            return False
        return 2 * sum(self._index.stands_in(pair, best) for pair in words) >= len(words)

    def _about_training(self, heard: Heard) -> bool:
        aspects = bool(heard.aspects) and heard.which_plan
        which = heard.which and (aspects or bool(heard.plans) or self._weight(heard) >= _TELLING)
        by_level = bool(heard.levels and heard.aspects and heard.plans)
        return heard.sure or heard.sign or heard.audience or which or by_level or self._covered(heard)

    def _question(self, heard: Heard, language: Language) -> TrainingQuestion:
        worded = self._weight(heard) >= _TELLING
        if heard.levels:
            pairs = self._index.pairs(" ".join(heard.levels))
            heard = replace(heard, pairs=heard.pairs | pairs, specific=heard.specific | pairs)
        if self._times_alone(heard):
            heard = replace(heard, aspects=(Aspect.TIME,), strange=0)
        ranked = self._ranked(heard)
        asked = TrainingQuestion(
            plans=heard.plans,
            aspects=tuple(heard.aspects),
            levels=heard.levels,
            reading=heard.reading and bool(heard.levels or _LEVELS in heard.plans),
            terms=heard.left,
            said=heard.unsaid,
            language=language,
            considered=tuple((found.citation, round(score)) for found, score in ranked[:_CONSIDERED]),
        )
        if self._of_others(heard, ranked):
            return replace(asked, reply=TrainingReply.NO_DOCUMENT, said=heard.others)
        if heard.unsaid and not self._says(heard, ranked):
            return replace(asked, reply=TrainingReply.SILENT)
        off = heard.levels and heard.aspects and not worded and not self._on_aspect(heard, ranked)
        found = [] if off else self._by_words(heard, ranked) or self._by_aspect(heard, ranked)
        return self._answered(asked, found) if found else replace(asked, reply=self._without_facts(heard))

    def _without_facts(self, heard: Heard) -> TrainingReply:
        """What it comes to where no fact answers."""
        if heard.aspects or heard.strange >= _STRANGE:
            return TrainingReply.SILENT
        return TrainingReply.OVERVIEW if heard.plans else TrainingReply.VAGUE

    def _of_others(self, heard: Heard, ranked: Ranked) -> bool:
        """Whether it is the training of somebody for whom there is no document, whom no fact speaks of either."""
        known = any(heard.others in found.text for found, _ in self._by_words(heard, ranked)[:1])
        return bool(heard.others) and (heard.foreign or not heard.sure) and not known

    def _on_aspect(self, heard: Heard, ranked: Ranked) -> bool:
        return any(found.fact.aspect in heard.aspects for found, _ in ranked)

    def _times_alone(self, heard: Heard) -> bool:
        """公司方案是20周吗: a time is all that it says."""
        timed = any(_TIME.search(figure) for figure in heard.figures)
        return timed and not heard.aspects and not self._by_words(heard, self._ranked(heard))

    def _ranked(self, heard: Heard) -> Ranked:
        """The facts of the documents named, or all, best first."""
        scores = self._index.scores(heard.pairs)
        for aspect in heard.aspects:
            for place in self._index.on(aspect):
                whole = self._index.facts[place].fact.whole
                scores[place] = scores.get(place, 0.0) + _ASPECT + _WHOLE * whole
        found = sorted(scores, key=lambda place: (-scores[place], place))
        ranked = [(self._index.facts[place], scores[place]) for place in found if scores[place] > 0]
        return [pair for pair in ranked if pair[0].plan.key in heard.plans] if heard.plans else ranked

    def _says(self, heard: Heard, ranked: Ranked) -> bool:
        """Whether a document does hold the word that none is thought to."""
        if any(heard.unsaid in found.text for found, _ in ranked):
            return True
        amount = self._by_words(heard, ranked)[:1] if heard.unsaid in _MONEY else []
        return any(_AMOUNT.search(found.text) for found, _ in amount)

    def _tells_apart(self, heard: Heard, ranked: Ranked) -> bool:
        """Whether the words tell the best fact from the others of the document named: 风险, which many documents hold,
        stands in one item of this one."""
        if len(heard.plans) != 1 or not ranked:
            return False
        of_plan = [found.place for found in self._index.facts if found.plan.key in heard.plans]
        best = ranked[0][0].place
        apart = 0.0
        for pair in heard.content:
            holding = sum(self._index.stands_in(pair, place) for place in of_plan)
            if self._index.stands_in(pair, best):
                apart += log(len(of_plan) / holding)
        return apart >= _APART

    def _most_strange(self, heard: Heard) -> int:
        """How many strange letters are too many: a word of two, or of three where a document is named."""
        return _STRANGE + bool(heard.plans)

    def _by_words(self, heard: Heard, ranked: Ranked) -> Ranked:
        """Facts that the asker's words lead to, whatever the aspect."""
        weight = self._index.held(heard.specific).get(ranked[0][0].place, 0.0) if ranked else 0.0
        strange = heard.strange >= self._most_strange(heard)
        if weight < (_ALONE if strange else _TELLING) and (strange or not self._tells_apart(heard, ranked)):
            return []
        best = ranked[0][1]
        return [(found, score) for found, score in ranked if score >= best * _WORTH_QUOTING]

    def _by_aspect(self, heard: Heard, ranked: Ranked) -> Ranked:
        """Facts on the aspects asked for: of the documents named all, else of each document the first."""
        if heard.strange >= self._most_strange(heard):
            return []
        on_it = [(found, score) for found, score in ranked if found.fact.aspect in heard.aspects]
        if not on_it and Aspect.REQUIREMENTS in heard.aspects:  # what a plan wants managers to be able to do is its aim
            on_it = [(found, _ASPECT) for found in self._index.facts if found.fact.aspect is Aspect.AIMS]
            on_it = [pair for pair in on_it if pair[0].plan.key in heard.plans]
        on_it.sort(key=lambda pair: (_KINDS.index(pair[0].plan.kind), not pair[0].fact.whole, pair[0].place))
        on_it = [(found, _ASPECT) for found, _ in on_it]
        if heard.plans:
            return on_it
        firsts: dict[str, tuple[Indexed, float]] = {}
        for found, score in on_it:
            firsts.setdefault(found.plan.key, (found, score))
        return list(firsts.values())

    def _answered(self, asked: TrainingQuestion, found: Ranked) -> TrainingQuestion:
        """What is said of each document, and what is quoted besides."""
        by_plan: dict[str, Ranked] = {}
        for one, score in found:
            by_plan.setdefault(one.plan.key, []).append((one, score))
        least = 0.0 if asked.plans or not asked.terms else found[0][1] * _AS_GOOD
        groups = [group for group in by_plan.values() if group[0][1] >= least]
        said = [one.citation for group in groups for one in _said(group)]
        quoted = [one.citation for group in groups for one, _ in group[:_MOST_QUOTED] if one.citation not in said]
        return replace(asked, facts=tuple(said), quoted=tuple(quoted if len(groups) == 1 else ()))


def _pieces(text: str) -> list[tuple[int, int]]:
    """The parts of a text that may each ask something."""
    cuts = [0, *(match.end() for match in _CUT.finditer(text)), len(text)]
    return [(start, end) for start, end in pairwise(cuts) if end - start > 2]


def _said(group: Ranked) -> list[Indexed]:
    """The best fact of one document, and those nearly as good that say something else."""
    best, score = group[0]
    kept = [best]
    for one, other in group[1:]:
        repeats = any(one.holds(k) or k.holds(one) for k in kept) or (
            best.fact.whole and one.fact.aspect is best.fact.aspect
        )
        if other >= score * _AS_GOOD and not repeats and len(kept) < _MOST_SAID:
            kept.append(one)
    return kept
