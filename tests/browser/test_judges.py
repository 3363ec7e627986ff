"""The types of npm's @slack/types on every block case and on every message of the tests; no page is opened."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.browser import gallery_blocks
from tests.browser.gallery_forms import ASK, WHOLE, child, form
from tests.judges import typescript
from tests.judges.cases import Case, all_cases
from tests.judges.verdicts import Verdict
from tests.render.judges import SEEN

pytestmark = pytest.mark.browser
# Fields that Slack's pages name and these types do not.
BEHIND = ("card.subtext", "button.agent_prompt", "header.level", "rich_text_list.offset")


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Case, Verdict]]:
    cases = all_cases()
    asked = [(case.blocks, case.view) for case in cases]
    return list(zip(cases, typescript.judge_all(asked, tmp_path_factory.mktemp("types")), strict=True))


def test_the_types_take_what_the_workspace_takes(verdicts: list[tuple[Case, Verdict]]) -> None:
    wrong = [(case.name, said.why) for case, said in verdicts if case.taken and not said.taken]
    assert [name for name, _ in wrong if not name.startswith(BEHIND)] == [], wrong


def test_the_types_refuse_what_they_alone_are_said_to_refuse(verdicts: list[tuple[Case, Verdict]]) -> None:
    assert [case.name for case, said in verdicts if case.by == "types" and said.taken] == []
    alone = [case.name for case, said in verdicts if case.alone and not case.taken and not said.taken]
    assert [name for name in alone if not name.startswith(BEHIND)] == [], "say `by: types`"


def test_the_types_take_every_message_of_the_product_and_of_the_gallery(tmp_path: Path) -> None:
    assert pytest.main(["-q", "--no-header", "-p", "no:cacheprovider", "tests/render"]) == 0
    messages = [*SEEN.values(), *_gallery()]
    assert len(messages) > 50
    said = typescript.judge_all(messages, tmp_path)
    assert [
        (json.dumps(m, ensure_ascii=False)[:300], v.why) for m, v in zip(messages, said, strict=True) if not v.taken
    ] == []


def _gallery() -> list[tuple[list[Any], dict[str, Any] | None]]:
    names = ("ELEMENTS", "TABLES", "CHART", "PICTURES", "FEEDBACK", "RICH")
    views = [form(ASK), form(WHOLE), child(3)]
    return [(getattr(gallery_blocks, name), None) for name in names] + [(view["blocks"], view) for view in views]
