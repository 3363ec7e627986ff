"""Answers on training documents, each from a question as it was understood."""

from collections.abc import Callable
from functools import partial

from bot.domain.training_plans import Aspect
from bot.questions.question import Language, TrainingQuestion, TrainingReply
from bot.services.outcomes import Outcome
from bot.services.training_answer import answer_training
from tests.render.samples import PLANS

_ASKED = {
    "training_fact": TrainingQuestion(plans=("company",), facts=("training.company.time",), holds=False),
    "training_with_parts": TrainingQuestion(
        facts=("training.private.assessment",), quoted=("training.private.assessment.final",)
    ),
    "training_several": TrainingQuestion(
        aspects=("incentives",), facts=("training.two_months.incentives", "training.qualities.incentives")
    ),
    "training_many": TrainingQuestion(
        aspects=("aims",), facts=tuple(plan.cite(plan.on(Aspect.AIMS)[0]) for plan in PLANS.saying(Aspect.AIMS))
    ),
    "training_by_grade": TrainingQuestion(
        plans=("levels",), grades=("second",), facts=("training.levels.intermediate.content",)
    ),
    "training_reading": TrainingQuestion(plans=("levels",), reading=True, facts=("training.levels.levels",)),
    "training_english": TrainingQuestion(language=Language.EN, facts=("training.company.time",), holds=True),
    "training_overview": TrainingQuestion(plans=("two_months",), reply=TrainingReply.OVERVIEW),
    "training_two_overviews": TrainingQuestion(plans=("retail", "retail_example"), reply=TrainingReply.OVERVIEW),
    "training_silent": TrainingQuestion(plans=("private",), aspects=("place",), reply=TrainingReply.SILENT),
    "training_unsaid": TrainingQuestion(plans=("private",), said="补考", reply=TrainingReply.SILENT),
    "training_silent_english": TrainingQuestion(
        language=Language.EN, plans=("private",), aspects=("place",), reply=TrainingReply.SILENT
    ),
    "training_no_document": TrainingQuestion(said="柜员", reply=TrainingReply.NO_DOCUMENT),
    "training_vague": TrainingQuestion(reply=TrainingReply.VAGUE),
}
TRAINING: dict[str, Callable[[], Outcome]] = {
    name: partial(answer_training, question, PLANS) for name, question in _ASKED.items()
}
