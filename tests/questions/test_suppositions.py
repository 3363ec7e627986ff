"""What-if sentences that suppose nothing, and those with odd amounts."""

from datetime import date

import pytest

from bot.questions.suppositions import Suppositions
from tests.conversations.branch import PHRASES

TODAY = date(2026, 10, 15)


@pytest.mark.parametrize("text", ["", "如果", "如果甲公司再存呢", "再存", "万一"])
def test_a_sentence_without_an_amount_supposes_nothing(text: str) -> None:
    assert Suppositions(PHRASES.suppositions).changes(text, (), TODAY) == ()
