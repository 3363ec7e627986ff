"""Second opinions on every message that a test makes: the local workspace's rules, slack_sdk's models, slackblocks.

Each judge that knows the blocks must take them. The types of npm's @slack/types join them in `make browser`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bot.render.message import Message
from bot.workspace.block_check import faults_in, faults_in_view
from bot.workspace.block_text import text_length
from tests.judges import peer, sdk

MOST_TEXT = 13_200
SEEN: dict[str, tuple[list[Any], dict[str, Any] | None]] = {}
"""Every set of blocks judged so far, by its JSON: blocks, and the view if it is one."""


def judge(message: Message) -> Message:
    """The message itself, when all judges take it."""
    blocks = _plain(list(message.blocks))
    assert message.text
    assert faults_in(blocks, "message") == []
    assert text_length(blocks) <= MOST_TEXT
    _second_opinions(blocks, "message", None)
    no_control_sequence(message)
    return message


def judge_home(view: dict[str, Any]) -> Message:
    """A Home view as a message to read, when all judges take it."""
    assert faults_in_view(_plain(view)) == []
    _second_opinions(_plain(view["blocks"]), "home", _plain(view))
    return Message("Home", tuple(view["blocks"]))


def _second_opinions(blocks: list[Any], surface: str, view: dict[str, Any] | None) -> None:
    verdicts = [sdk.judge(blocks, view), peer.judge(blocks, surface, view)]
    assert all(verdict.taken for verdict in verdicts), verdicts
    assert any(verdict.knows for verdict in verdicts), verdicts
    SEEN[json.dumps([blocks, view], sort_keys=True)] = (blocks, view)


def _plain(tree: Any) -> Any:
    """As it travels: lists for tuples, nothing but JSON."""
    return json.loads(json.dumps(tree))


def no_control_sequence(message: Message) -> None:
    """Nothing that Slack would read as a mention, a link or a channel; every ampersand begins an escape."""
    for text in mrkdwn(message.blocks) | {message.text}:
        assert "<" not in text
        assert ">" not in "\n".join(line.removeprefix(">") for line in text.split("\n"))
        rest = text.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")
        assert "&" not in rest


def mrkdwn(tree: Any) -> set[str]:
    """All mrkdwn texts anywhere in the blocks."""
    if isinstance(tree, dict):
        own = {tree["text"]} if tree.get("type") == "mrkdwn" else set()
        return own.union(*(mrkdwn(value) for value in tree.values()))
    return set().union(*(mrkdwn(item) for item in tree)) if isinstance(tree, (list, tuple)) else set()


def hidden_strings(tree: Any) -> Iterator[str]:
    """What travels with a message unseen: values and ids. A chart's and a table's values are what is seen of them."""
    if isinstance(tree, dict) and tree.get("type") in ("data_visualization", "data_table"):
        return
    if isinstance(tree, dict):
        yield from (tree[key] for key in ("value", "action_id", "block_id") if key in tree)
        for value in tree.values():
            yield from hidden_strings(value)
    elif isinstance(tree, (list, tuple)):
        for item in tree:
            yield from hidden_strings(item)
