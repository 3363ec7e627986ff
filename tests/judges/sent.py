"""Every message, answer and view that the product has sent in a test, before all judges."""

from __future__ import annotations

from collections.abc import Iterable

from bot.workspace import Call
from tests.judges import peer, sdk


def judge_sent(calls: Iterable[Call]) -> int:
    """How many of these calls bore blocks; each judge that knows the blocks takes them, and at least one does."""
    judged = 0
    for call in calls:
        view = call.args.get("view")
        blocks = view["blocks"] if isinstance(view, dict) else call.args.get("blocks")
        if not blocks or not call.response.get("ok"):
            continue
        surface = view["type"] if isinstance(view, dict) else "message"
        verdicts = [sdk.judge(blocks, view), peer.judge(blocks, surface, view)]
        assert all(verdict.taken for verdict in verdicts), (call.method, verdicts)
        assert any(verdict.knows for verdict in verdicts), (call.method, verdicts)
        judged += 1
    return judged
