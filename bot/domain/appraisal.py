"""An appraisal as a state machine: who may do what, when, and why not (articles 2, 14, 15; regulation.md, R25).

Pure: a service gathers the case, asks `refusal`, and acts only on None.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.people import Role


class State(StrEnum):
    """Where a run stands."""

    OPEN = "open"
    """Checked, answered and tried as often as wanted."""
    PROPOSED = "proposed"
    """提交: people and batch are frozen; whatever changes voids it, and the run is open again."""
    FINALISED = "finalised"
    """定稿: nothing of it changes any more; a correction is a new run."""
    PUBLISHED = "published"


class Action(StrEnum):
    """What people do with a run that is there; opening one needs none."""

    OPEN = "open"
    CHECK = "check"
    ANSWER = "answer"
    OVERRIDE = "override"
    TRIAL = "trial"
    PROPOSE = "propose"
    APPROVE = "approve"
    REJECT = "reject"
    CONFIRM = "confirm"
    PUBLISH = "publish"
    RULE = "rule"
    """Decides an appeal."""
    REPLAY = "replay"
    EXPORT = "export"
    STATUS = "status"


class Refusal(StrEnum):
    """Why an action is not to be had now; a template words each."""

    NOT_ENTITLED = "not_entitled"
    WRONG_STATE = "wrong_state"
    OWN_CASE = "own_case"
    """回避: nobody decides on themselves."""
    PROPOSED_IT = "proposed_it"
    IMPORTED_IT = "imported_it"
    ANSWERED_IT = "answered_it"
    NOT_TRIED = "not_tried"
    CHANGED = "changed"
    """Facts or answers have changed since the trial, or since what was shown: 重新试算."""
    BLOCKED = "blocked"
    """The data gate, or something open that could change an outcome."""
    NOT_APPROVED = "not_approved"
    """Senior and first grades wait for the leading group (articles 14, 15)."""
    NOTHING_TO_APPROVE = "nothing_to_approve"


_HR = frozenset({Role.HR_CLERK, Role.HR_REVIEWER})
_BEFORE = frozenset({State.OPEN, State.PROPOSED})
_AFTER = frozenset({State.FINALISED, State.PUBLISHED})
_ANY = frozenset(State)

RULES: Mapping[Action, tuple[frozenset[State], frozenset[Role]]] = {
    Action.OPEN: (_ANY, _HR),
    Action.CHECK: (_ANY, _HR),
    Action.STATUS: (_ANY, _HR | {Role.LEADING_GROUP}),
    Action.ANSWER: (_BEFORE, _HR),
    Action.OVERRIDE: (_BEFORE, _HR),
    Action.TRIAL: (_BEFORE, _HR),
    Action.PROPOSE: (frozenset({State.OPEN}), frozenset({Role.HR_CLERK})),
    Action.APPROVE: (frozenset({State.PROPOSED}), frozenset({Role.LEADING_GROUP})),
    Action.REJECT: (frozenset({State.PROPOSED}), frozenset({Role.LEADING_GROUP, Role.HR_REVIEWER})),
    Action.CONFIRM: (frozenset({State.PROPOSED}), frozenset({Role.HR_REVIEWER})),
    Action.PUBLISH: (_AFTER, _HR),
    Action.RULE: (_AFTER, _HR),
    Action.REPLAY: (_AFTER, _HR | {Role.LEADING_GROUP, Role.AUDIT}),
    Action.EXPORT: (_AFTER, _HR | {Role.LEADING_GROUP}),
}
"""In which states, and by whom. Whoever else is told so and nothing changes."""

_DECIDING = frozenset({Action.PROPOSE, Action.CONFIRM, Action.APPROVE, Action.REJECT})
_RULING = frozenset({Action.ANSWER, Action.OVERRIDE, Action.RULE})


@dataclass(frozen=True, slots=True)
class Actor:
    """A staff number with the roles in force, its own or as a stand-in: two accounts of one number are one actor."""

    id: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All of a run that the rules ask about."""

    state: State = State.OPEN
    subjects: frozenset[str] = frozenset()
    """Everyone judged."""
    proposer: str | None = None
    importers: frozenset[str] = frozenset()
    """Who imported what the run is judged by."""
    answerers: frozenset[str] = frozenset()
    """Who answered a question or overrode a block of it."""
    tried: bool = False
    changed: bool = False
    blocked: bool = False
    to_approve: frozenset[str] = frozenset()
    """People whose grade needs the leading group, in an annual run."""
    approved: frozenset[str] = frozenset()
    about: frozenset[str] = field(default_factory=frozenset)
    """The people whom the action is about; empty: the whole run."""


def refusal(action: Action, case: Case, actor: Actor) -> Refusal | None:
    """Why not, the first reason that holds; None: it may be done."""
    states, roles = RULES[action]
    if not actor.roles & roles:
        return Refusal.NOT_ENTITLED
    if case.state not in states:
        return Refusal.WRONG_STATE
    return _own_case(action, case, actor) or _second_person(action, case, actor) or _readiness(action, case)


def _own_case(action: Action, case: Case, actor: Actor) -> Refusal | None:
    """回避: of the whole run where it is decided as a whole, of the people concerned where it is about some."""
    if action in _DECIDING:
        concerned = case.about or case.subjects
    elif action in _RULING:
        concerned = case.about
    else:
        return None
    return Refusal.OWN_CASE if actor.id in concerned else None


def _second_person(action: Action, case: Case, actor: Actor) -> Refusal | None:
    """Who proposed does not decide; who brought the facts or the answers does not confirm them."""
    if action in (Action.CONFIRM, Action.APPROVE) and actor.id == case.proposer:
        return Refusal.PROPOSED_IT
    if action is not Action.CONFIRM:
        return None
    if actor.id in case.importers:
        return Refusal.IMPORTED_IT
    return Refusal.ANSWERED_IT if actor.id in case.answerers else None


def _readiness(action: Action, case: Case) -> Refusal | None:
    """Whether the run is far enough for it."""
    if action is Action.APPROVE:
        asked = case.about or case.to_approve
        return None if asked and asked <= case.to_approve else Refusal.NOTHING_TO_APPROVE
    if action not in (Action.PROPOSE, Action.CONFIRM):
        return None
    waiting = action is Action.CONFIRM and not case.to_approve <= case.approved
    reasons = {
        Refusal.NOT_TRIED: not case.tried,
        Refusal.CHANGED: case.changed,
        Refusal.BLOCKED: case.blocked,
        Refusal.NOT_APPROVED: waiting,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)
