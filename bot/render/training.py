"""Answers from the training documents: what holds in a line, the words of the document, its name."""

from bot.questions.question import Language
from bot.render import ids
from bot.render.blocks import Block, actions, button, context, quote, section
from bot.render.message import Message
from bot.render.mrkdwn import plain
from bot.render.renderer import Renderer
from bot.render.words import Words
from bot.services.training_answer import OfPlan, PlanShown, TrainingAnswered, TrainingDeclined, TrainingVague


def register(renderer: Renderer) -> None:
    """Adds this file's renderings."""
    renderer.register(TrainingAnswered, render_training)
    renderer.register(PlanShown, render_plan)
    renderer.register(TrainingDeclined, render_training_declined)
    renderer.register(TrainingVague, render_training_vague)


def render_training(words: Words, outcome: TrainingAnswered) -> Message:
    """What the document says, or a line each of several; then its words under its name."""
    english = outcome.language is Language.EN
    slots = words.slots(
        "training/answer",
        english=english,
        more=outcome.more,
        aspects=outcome.aspects,
        reading=outcome.reading,
        asked=outcome.asked_reading,
    )
    slot = "single" if len(outcome.of_plans) == 1 else "listed"
    lines = [words.slots("training/line", **_facts(of, english))[slot] for of in outcome.of_plans]
    verdict = "" if outcome.holds is None else slots["right" if outcome.holds else "wrong"] + " " * english
    body = slots["reads"] if outcome.asked_reading else verdict + "\n".join(lines)
    return Message.of(
        plain(body.splitlines()[0]),
        section(body),
        context(slots["reading"]),
        *(_quoted(words, of, english) for of in outcome.of_plans),
        context(slots["more"]),
        *_choices(slots["ask"]),
        context(slots["source"]),
    )


def render_plan(words: Words, outcome: PlanShown) -> Message:
    """The document in a sentence, what it rests on, and what can be asked."""
    english = outcome.language is Language.EN
    slots = words.slots("training/overview", english=english, plan=outcome.plan, facts=outcome.facts)
    of = OfPlan(plan=outcome.plan, said=outcome.facts)
    return Message.of(
        plain(slots["about"]), section(slots["about"]), _quoted(words, of, english), context(slots["ask"])
    )


def render_training_declined(words: Words, outcome: TrainingDeclined) -> Message:
    """That it is not said, and what is."""
    slots = words.slots(
        "training/declined",
        english=outcome.language is Language.EN,
        plans=outcome.plans,
        aspects=outcome.aspects,
        said=outcome.said,
        no_document=outcome.no_document,
        elsewhere=outcome.elsewhere,
    )
    return Message.of(
        plain(slots["message"]),
        section(slots["message"]),
        context(*slots["has"].splitlines(), slots["elsewhere"], slots["next"]),
    )


def render_training_vague(words: Words, outcome: TrainingVague) -> Message:
    """What can be asked, as buttons."""
    slots = words.slots("training/vague", english=outcome.language is Language.EN)
    return Message.of(plain(slots["message"]), section(slots["message"]), *_choices(slots["choices"]))


def _choices(lines: str) -> list[list[Block]]:
    """A button a line, each a question that can be asked as it stands."""
    return [actions(button(plain(line), ids.ASK_CHOICE, str(n))) for n, line in enumerate(lines.splitlines())]


def _quoted(words: Words, of: OfPlan, english: bool) -> list[Block]:
    """The document's own words, and its name."""
    slots = words.slots("training/line", **_facts(of, english))
    return quote(slots["quotes"]) + context(slots["label"])


def _facts(of: OfPlan, english: bool) -> dict[str, object]:
    return {"plan": of.plan, "said": of.said, "facts": of.facts, "english": english}
