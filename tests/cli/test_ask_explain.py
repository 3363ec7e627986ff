"""`ladder ask --explain`: what was recognised, the candidates with their scores, why one won or none did."""

import json
from datetime import date

from bot.questions.explain import Explanation
from bot.render.explanation import explain
from tests.conversations.branch import UNDERSTANDING
from tests.render.samples import WORDS


def explained(text: str) -> Explanation:
    return UNDERSTANDING.explain(text, tuple, date(2026, 10, 9))


def test_it_names_each_word_and_what_it_was_taken_for() -> None:
    told = json.loads(json.dumps(explained("二级货款要多少").to_json()))
    assert {"written": "2级", "means": ["grade:second"], "how": "exact", "score": 1.0} in told["recognised"]
    assert {"written": "货款", "means": ["aspect:loans"], "how": "near", "score": 0.85} in told["recognised"]
    assert told["question"] == {
        "kind": "rule",
        "language": "zh",
        "grades": ["second"],
        "aspects": ["loans"],
        "form": "open",
    }


def test_candidates_stand_in_their_order_with_their_scores() -> None:
    candidates = explained("二级的存款利率是多少").candidates
    assert [c.step for c in candidates][:2] == ["out_of_scope", "rule"]
    assert all(0 <= c.score <= 1 for c in candidates)


def test_it_says_why_it_refuses() -> None:
    refused = explained("二级快递贷款要多少")
    assert refused.refused
    assert refused.strange == ("快递",)
    assert "不认识的部分超过上限" in explain(WORDS, refused)


def test_in_words_the_winner_stands_last() -> None:
    assert explain(WORDS, explained("二级要多少贷款")).splitlines()[-1].startswith("采用:{kind: rule")
