"""What the workspace refuses in blocks and views: both sides of each limit, and other judges of the same cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.workspace import WorkspaceThread
from bot.workspace.block_check import faults_in, faults_in_view
from bot.workspace.block_rules import MOST_BLOCKS, SHAPES, TABLES, VIEWS
from bot.workspace.rules import Rule
from tests.judges import peer, sdk
from tests.judges.cases import Case, all_cases, entries
from tests.workspace.apps import client

CASES = all_cases()
TAKEN = [case for case in CASES if case.taken]
REFUSED = [case for case in CASES if not case.taken]
SHARED = ("action_id", "block_id", "placeholder")
"""Fields that have one rule in all elements or blocks; it is tried in some of them."""
ASIDE = {
    ("auth_provider.name", "least"), ("auth_provider.description", "least"), ("auth_provider.connected_identity", "least"),
    ("auth_provider.connected_context", "least"), ("card.actions", "least"), ("filter.include", "most"),
    ("dispatch_action_config.trigger_actions_on", "most"),
}  # fmt: skip
"""Bounds that follow from the kind: an empty text object, an empty list, as many words as there are."""


def ours(case: Case) -> list[str]:
    return faults_in(case.blocks, case.surface) if case.view is None else faults_in_view(case.view)


def others(case: Case) -> list[Any]:
    return [sdk.judge(case.blocks, case.view), peer.judge(case.blocks, case.surface, case.view)]


@pytest.mark.parametrize("case", TAKEN, ids=lambda case: case.name)
def test_what_is_within_the_limits_is_taken_here_and_by_another_judge(case: Case) -> None:
    assert ours(case) == []
    verdicts = others(case)
    assert case.alone or any(verdict.taken and verdict.knows for verdict in verdicts), verdicts


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_what_is_beyond_them_is_refused_with_its_place_and_by_another_judge_or_a_page(case: Case) -> None:
    faults = ours(case)
    assert any(fault.endswith(f"[json-pointer:{case.at}]") for fault in faults), faults
    alone = all(verdict.taken for verdict in others(case))
    assert case.alone or alone == (case.by == "types"), "say `alone`, or `by: types`, where no other judge refuses"


def test_no_two_cases_are_called_the_same() -> None:
    names = [case.name for case in CASES]
    assert len(names) == len(set(names))


def test_every_limit_of_the_tables_has_a_case_on_both_sides() -> None:
    tried = {(entry["limit"].replace(".element.", "."), bound) for entry in entries() if "limit" in entry for bound in ("most", "least") if bound in entry}  # fmt: skip
    missing = {limit for limit in _limits() if limit not in tried and not limit[0].endswith(SHARED)}
    assert missing == ASIDE


def _limits() -> Iterator[tuple[str, str]]:
    """Every bound of every field, by `type.field`. Lists of `each` are counted apart."""
    shapes = {kind: shape for table in TABLES.values() for kind, shape in table.items()} | SHAPES | VIEWS
    for kind, shape in shapes.items():
        for name, rule in shape.fields.items():
            yield from _bounds(f"{kind}.{name}", rule)


def _bounds(name: str, rule: Rule) -> Iterator[tuple[str, str]]:
    if rule.most:
        yield name, "most"
    if rule.kind in ("text", "typed_list", "objects", "texts") and rule.least:
        yield name, "least"
    if rule.each and rule.kind != "rows":
        yield f"{name}.each", "most"


@pytest.mark.parametrize(("surface", "most"), [("message", 50), ("home", 100), ("modal", 100)])
def test_a_surface_has_its_own_number_of_blocks(surface: str, most: int) -> None:
    assert MOST_BLOCKS[surface] == most


def test_blocks_in_an_attachment_are_held_to_the_same_with_their_place(workspace: WorkspaceThread) -> None:
    web, divider = client(workspace), {"type": "divider"}
    web.chat_postMessage(channel="C1", text="好", attachments=[{"blocks": [divider]}])
    with pytest.raises(SlackApiError) as refused:
        web.chat_postMessage(channel="C1", text="好", attachments=[{}, {"blocks": [divider, {"type": "header"}]}])
    answer = refused.value.response
    assert answer["error"] == "invalid_attachments"
    (told,) = answer["response_metadata"]["messages"]
    assert told.startswith("[ERROR] ") and told.endswith("[json-pointer:/attachments/1/blocks/1]")


@pytest.mark.parametrize("nonsense", ["x", {"type": "divider"}, [None], ["x"], [[]], [{"type": []}]])
def test_nonsense_is_refused_and_never_breaks_the_judge(nonsense: Any) -> None:
    assert faults_in(nonsense, "message")
    assert faults_in_view({"type": "home", "blocks": nonsense})
