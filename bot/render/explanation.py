"""`ladder ask --explain` in words."""

import json

from bot.questions.explain import Explanation, slots
from bot.questions.question import OutOfScope, Question
from bot.render.mrkdwn import plain
from bot.render.words import Words


def explain(words: Words, explained: Explanation) -> str:
    """What was recognised, the candidates by precedence, and why the winner won or why it is refused."""
    question = explained.question
    lines = words.slots(
        "answers/explain",
        x=explained,
        candidates=[{"step": c.step, "score": c.score, "slots": _short(c.question)} for c in explained.candidates],
        question=_short(question),
        reason=question.reason if isinstance(question, OutOfScope) else "",
    )
    return plain("\n".join(line for line in lines.values() if line))


def _short(question: Question) -> str:
    return json.dumps(slots(question), ensure_ascii=False).replace('"', "")
