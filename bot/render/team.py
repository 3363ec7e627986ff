"""A team's standings: `templates/team/`. A table, a line a person; how many it has no room for is said."""

from collections import Counter
from math import ceil

from bot.domain.judge import AmountFinding, GradeFinding
from bot.render import gaps
from bot.render.blocks import context, data_table, section
from bot.render.conditions import Wording
from bot.render.message import Message
from bot.render.mrkdwn import plain
from bot.render.standing import NO_FIGURES
from bot.render.veil import Figures
from bot.render.words import Words
from bot.services.team import MOST_ROWS, Situation, TeamRow, TeamShown

_PAGE = 25
_NAME = 1
"""The column that names a row."""


def render_team(words: Words, outcome: TeamShown) -> Message:
    """The counts by situation, then the table. The first block names no figure."""
    counted = Counter(row.situation for row in outcome.rows)
    state = outcome.rows[0].standing.state if outcome.rows else None
    slots = words.slots(
        "team/team",
        whole=outcome.whole,
        period=outcome.period,
        rulebook=outcome.rulebook,
        count=len(outcome.rows),
        counts=[(key, counted[key]) for key in Situation if counted[key]],
        batch=state.batch if state else None,
        example=outcome.rows[0].standing.person.name if outcome.rows else "",
        left=max(0, len(outcome.rows) - MOST_ROWS),
        focus=None,
        lacking=[],
        waiting=[],
    )
    head = str(plain(slots["head"])).split("|")
    rows = [_cells(words, row, outcome, slots["none"]) for row in outcome.rows]
    return Message.of(
        slots["title"],
        section(slots["title"]),
        section(slots["answer"]),
        data_table(plain(slots["title"]), [head, *rows[:MOST_ROWS]], _NAME, _PAGE),
        section(slots["more"]),
        context(slots["next"], slots["source"]),
    )


def _cells(words: Words, row: TeamRow, outcome: TeamShown, none: str) -> list[str | tuple[int, str]]:
    person, focus = row.standing.person, row.focus
    wording = Wording(words, person, focus.pass_line, ())
    rulebook = outcome.rulebook
    gap = words.slot(
        "team/team",
        "gap",
        focus=focus,
        lacking=[wording.gap(finding) for finding in gaps.lacking(focus)],
        waiting=[wording.gap(f) for f in gaps.waiting(focus) if f.missing != NO_FIGURES],
    )
    return [
        person.id,
        person.name,
        person.unit or "",
        rulebook.grade(person.grade).short_name if person.grade else "",
        rulebook.grade(row.standing.proposed).short_name if row.standing.proposed else none,
        focus.grade.short_name,
        plain(gap),
        _farthest(words, focus),
        words.word(row.situation, "situation"),
    ]


def _farthest(words: Words, focus: GradeFinding) -> str | tuple[int, str]:
    """The largest of the gaps that must be closed, in percent of its bound: what the table is sorted by for effort."""
    lacks = [gaps.distance(finding) for finding in gaps.lacking(focus) if isinstance(finding, AmountFinding)]
    if not lacks:
        return ""
    text = plain(words.slot("team/team", "share", ratio=max(lacks), focus=None, lacking=[], waiting=[]))
    return (ceil(max(lacks) * 100), text) if words.veil.figures is Figures.FULL else text
