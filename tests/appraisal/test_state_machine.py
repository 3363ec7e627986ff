"""Every action in every state by every role, against a table written by hand; random sequences keep what was promised."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.appraisal import Action, Actor, Case, Refusal, State, refusal
from bot.domain.people import Role

HR = {Role.HR_CLERK, Role.HR_REVIEWER}
LED = {Role.LEADING_GROUP}
ALL = set(State)
BEFORE, AFTER = {State.OPEN, State.PROPOSED}, {State.FINALISED, State.PUBLISHED}
TABLE: dict[Action, tuple[set[State], set[Role]]] = {
    Action.OPEN: (ALL, HR),
    Action.CHECK: (ALL, HR),
    Action.STATUS: (ALL, HR | LED),
    Action.ANSWER: (BEFORE, HR),
    Action.OVERRIDE: (BEFORE, HR),
    Action.TRIAL: (BEFORE, HR),
    Action.PROPOSE: ({State.OPEN}, {Role.HR_CLERK}),
    Action.APPROVE: ({State.PROPOSED}, LED),
    Action.REJECT: ({State.PROPOSED}, LED | {Role.HR_REVIEWER}),
    Action.CONFIRM: ({State.PROPOSED}, {Role.HR_REVIEWER}),
    Action.PUBLISH: (AFTER, HR),
    Action.RULE: (AFTER, HR),
    Action.REPLAY: (AFTER, HR | LED | {Role.AUDIT}),
    Action.EXPORT: (AFTER, HR | LED),
}
READY = Case(subjects=frozenset({"1001", "1002"}), proposer="3001", tried=True, to_approve=frozenset({"1001"}))


def approved(case: Case) -> Case:
    return replace(case, approved=case.to_approve)


@pytest.mark.parametrize(("action", "state", "role"), list(product(Action, State, [*Role, None])))
def test_every_action_in_every_state_by_every_role(action: Action, state: State, role: Role | None) -> None:
    actor = Actor("4001", frozenset({role} if role else ()))
    found = refusal(action, approved(replace(READY, state=state)), actor)
    states, roles = TABLE[action]
    if role not in roles:
        assert found is Refusal.NOT_ENTITLED
    elif state not in states:
        assert found is Refusal.WRONG_STATE
    else:
        assert found is None


EVERYTHING = frozenset(Role)


@pytest.mark.parametrize(
    ("action", "case", "who", "why"),
    [
        (Action.PROPOSE, READY, "1001", Refusal.OWN_CASE),
        (Action.CONFIRM, READY, "1002", Refusal.OWN_CASE),
        (Action.APPROVE, replace(READY, about=frozenset({"1001"})), "1001", Refusal.OWN_CASE),
        (Action.REJECT, replace(READY, about=frozenset({"1001"})), "1001", Refusal.OWN_CASE),
        (Action.ANSWER, replace(READY, about=frozenset({"1001"})), "1001", Refusal.OWN_CASE),
        (Action.OVERRIDE, replace(READY, about=frozenset({"1001"})), "1001", Refusal.OWN_CASE),
        (Action.RULE, replace(READY, about=frozenset({"1001"})), "1001", Refusal.OWN_CASE),
        (Action.CONFIRM, READY, "3001", Refusal.PROPOSED_IT),
        (Action.APPROVE, replace(READY, about=frozenset({"1001"})), "3001", Refusal.PROPOSED_IT),
        (Action.CONFIRM, replace(READY, importers=frozenset({"4001"})), "4001", Refusal.IMPORTED_IT),
        (Action.CONFIRM, replace(READY, answerers=frozenset({"4001"})), "4001", Refusal.ANSWERED_IT),
        (Action.PROPOSE, replace(READY, tried=False), "4001", Refusal.NOT_TRIED),
        (Action.PROPOSE, replace(READY, changed=True), "4001", Refusal.CHANGED),
        (Action.CONFIRM, replace(READY, changed=True), "4001", Refusal.CHANGED),
        (Action.PROPOSE, replace(READY, blocked=True), "4001", Refusal.BLOCKED),
        (Action.CONFIRM, replace(READY, blocked=True), "4001", Refusal.BLOCKED),
        (Action.CONFIRM, READY, "4001", Refusal.NOT_APPROVED),
        (Action.CONFIRM, approved(READY), "4001", None),
        (Action.APPROVE, replace(READY, about=frozenset({"1002"})), "4001", Refusal.NOTHING_TO_APPROVE),
        (Action.APPROVE, replace(READY, to_approve=frozenset()), "4001", Refusal.NOTHING_TO_APPROVE),
        (Action.APPROVE, READY, "4001", None),
    ],
)
def test_who_may_not_though_the_role_would_do(action: Action, case: Case, who: str, why: Refusal | None) -> None:
    states, _ = TABLE[action]
    state = State.PROPOSED if State.PROPOSED in states and action is not Action.PROPOSE else sorted(states)[0]
    assert refusal(action, replace(case, state=state), Actor(who, EVERYTHING)) is why


WHO = [
    Actor("3001", frozenset({Role.HR_CLERK})),
    Actor("3002", frozenset({Role.HR_REVIEWER})),
    Actor("3003", frozenset({Role.HR_CLERK, Role.HR_REVIEWER})),
    Actor("3101", frozenset({Role.LEADING_GROUP})),
    Actor("1001", frozenset({Role.HR_REVIEWER, Role.LEADING_GROUP, Role.MANAGER})),
]
SEQUENCE = st.lists(st.tuples(st.sampled_from(list(Action)), st.sampled_from(WHO)), max_size=40)


def after(case: Case, action: Action, actor: Actor) -> Case:
    """The world as the services make it, in small."""
    match action:
        case Action.TRIAL:
            return replace(case, state=State.OPEN, tried=True, changed=False, proposer=None)
        case Action.ANSWER:
            answerers = case.answerers | {actor.id}
            return replace(case, state=State.OPEN, changed=True, proposer=None, answerers=answerers)
        case Action.PROPOSE:
            return replace(case, state=State.PROPOSED, proposer=actor.id)
        case Action.APPROVE:
            return approved(case)
        case Action.REJECT:
            return replace(case, state=State.OPEN, proposer=None, changed=True)
        case Action.CONFIRM:
            return replace(case, state=State.FINALISED)
        case Action.PUBLISH:
            return replace(case, state=State.PUBLISHED)
    return case


@settings(max_examples=300)
@given(SEQUENCE)
def test_no_order_of_steps_gets_round_the_second_person(steps: list[tuple[Action, Actor]]) -> None:
    case, confirmer, sealed = replace(READY, tried=False, proposer=None), None, None
    for action, actor in steps:
        about = frozenset({"1001"}) if action in (Action.APPROVE, Action.ANSWER) else frozenset()
        if refusal(action, replace(case, about=about), actor):
            continue
        was, case = case, after(case, action, actor)
        if action is Action.APPROVE:
            assert actor.id != "1001"
        if action is Action.CONFIRM:
            confirmer, sealed = actor, replace(case, state=State.PUBLISHED)
            assert was.approved == was.to_approve
            assert actor.id not in {was.proposer, *was.answerers, *was.subjects}
        if sealed:
            assert replace(case, state=State.PUBLISHED) == sealed
    assert (confirmer is None) == (case.state in (State.OPEN, State.PROPOSED))
