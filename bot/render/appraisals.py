"""The steps of an appraisal in Slack: `templates/appraise/`. No figure of a person in the first block."""

from collections.abc import Iterable
from functools import singledispatch

from bot.domain.appraisal_check import Found
from bot.domain.appraisal_run import LineRow, Run
from bot.domain.verdict import Verdict
from bot.render import ids
from bot.render.blocks import Block, actions, button, context, section, table
from bot.render.message import Message
from bot.render.words import Words
from bot.services.appraisal_commands import SHOWN, AppraisalMisread, AppraisalTold
from bot.services.appraisal_outcomes import Checked, Done, Effect, Opened, Standing, Tried
from bot.services.appraisal_replay import Replayed
from bot.services.appraisal_tasks import Tasks

_MOST_ROWS = 99
_MOST_FOUND = 20
_AFTER = {"open": "check", "check": "trial", "trial": "propose", "propose": "status", "answer": "trial",
          "override": "check", "approve": "status", "reject": "trial", "confirm": "publish"}  # fmt: skip
"""What usually comes after a step; the server decides anew who may."""


def render_step(words: Words, outcome: AppraisalTold) -> Message:
    """What the step came to, and the next one as a button."""
    return _told(outcome.result, words, outcome)


def render_misread(words: Words, outcome: AppraisalMisread) -> Message:
    """How it is written."""
    slots = words.slots("appraise/usage", action=outcome.action)
    return Message.of(slots["title"], section(slots["title"]), section(slots["answer"]))


@singledispatch
def _told(result: object, words: Words, outcome: AppraisalTold) -> Message:
    raise NotImplementedError(type(result).__name__)


@_told.register
def _(result: Opened, words: Words, outcome: AppraisalTold) -> Message:
    slots = words.slots("appraise/opened", told=result, run=result.run)
    return _message(words, outcome, slots, result.run)


@_told.register
def _(result: Checked, words: Words, outcome: AppraisalTold) -> Message:
    found = [(check, _items(result, key)) for key, check in result.checks.items()]
    slots = words.slots(
        "appraise/checked",
        run=result.run,
        blocking=len(result.blocking),
        checks=[(check, items[:_MOST_FOUND], len(items)) for check, items in found if items],
    )
    follows = None if result.blocking else "trial"
    return _message(words, outcome, slots, result.run, follows=follows)


def _items(result: Checked, key: str) -> list[tuple[Found, bool]]:
    return [(f, (key, f.item) in result.overridden) for f in result.found if f.check == key]


@_told.register
def _(result: Tried, words: Words, outcome: AppraisalTold) -> Message:
    slots = words.slots(
        "appraise/tried",
        run=result.run,
        summary=result.summary,
        again=result.again,
        answered=outcome.action == "answer",
        left=max(0, len(result.lines) - _MOST_ROWS),
    )
    if outcome.action == "answer":
        return _message(words, outcome, slots, result.run)
    rows = [_row(words, line, slots) for line in _moving_first(result.lines)][:_MOST_ROWS]
    follows = "answer" if result.summary.open else "propose"
    shown = table([slots["head"].split("|"), *rows]) if rows else []
    return _message(words, outcome, slots, result.run, shown, follows=follows)


@_told.register
def _(result: Tasks, words: Words, outcome: AppraisalTold) -> Message:
    def question(item: str) -> str:
        rule = result.rules.get(item)
        return rule.question if rule else words.word(item, "missing_fact")

    tasks = [
        {"person": t.person, "name": t.name, "grade": t.grade, "items": [(i, question(i)) for i in t.items]}
        for t in result.tasks
    ]
    shown, count = tasks[:_MOST_FOUND], len(tasks)
    slots = words.slots("appraise/tasks", run=result.run, tasks=shown, count=count, left=count - len(shown))
    return _message(words, outcome, slots, result.run, follows=None if tasks else "trial")


def _moving_first(lines: Iterable[LineRow]) -> list[LineRow]:
    return sorted(lines, key=lambda line: (line.change == "same" and not line.blocks, line.person))


def _row(words: Words, line: LineRow, slots: dict[str, str]) -> list[str]:
    """Grades by their short words; 待定 where something open could change the outcome."""
    names = [words.word(key, "grade") if key else slots["none"] for key in (line.current, line.proposed)]
    below = slots["below"] if line.pass_line == Verdict.FAILED else ""
    change = words.word("open" if line.blocks else line.change, "change")
    return [line.person, line.name, line.unit or "", *names, change, below]


@_told.register
def _(result: Effect, words: Words, outcome: AppraisalTold) -> Message:
    waiting = sorted(set(result.to_approve) - set(result.approved))
    sign = result.shown[:SHOWN]
    slots = words.slots("appraise/effect", run=result.run, told=result, waiting=waiting, sign=sign)
    return _message(words, outcome, slots, result.run, follows=None)


@_told.register
def _(result: Done, words: Words, outcome: AppraisalTold) -> Message:
    slots = words.slots("appraise/done", run=result.run, told=result, action=outcome.action)
    return _message(words, outcome, slots, result.run)


@_told.register
def _(result: Standing, words: Words, outcome: AppraisalTold) -> Message:
    slots = words.slots("appraise/status", run=result.run, told=result)
    return _message(words, outcome, slots, result.run, follows=result.next_step or None)


@_told.register
def _(result: Replayed, words: Words, outcome: AppraisalTold) -> Message:
    slots = words.slots("appraise/replayed", told=result, period=outcome.period)
    return Message.of(slots["title"], section(slots["title"]), section(slots["answer"]))


def _message(
    words: Words,
    outcome: AppraisalTold,
    slots: dict[str, str],
    run: Run,
    more: Iterable[Block] = (),
    *,
    follows: str | None = "",
) -> Message:
    """`follows`: the step that the button takes; empty for the usual one, None for no button."""
    step = _AFTER.get(outcome.action) if follows == "" else follows
    pressed = [b for b in [_button(words, step, run)] if b]
    return Message.of(
        slots["title"],
        section(slots["title"]),
        section(slots["answer"]),
        list(more),
        section(slots.get("more", "")),
        actions(*pressed) if pressed else [],
        context(slots.get("source", "")),
    )


def _button(words: Words, step: str | None, run: Run) -> Block | None:
    """A step that wants more than its period is written, not pressed."""
    if step not in ("answer", "check", "trial", "propose", "confirm", "publish", "status"):
        return None
    label = words.slot("appraise/step", step)
    return button(label, ids.APPRAISAL_STEP, f"{step} {run.period}")
