"""Second opinions on every message that a test makes: slack_sdk's own validators, and the local workspace's rules."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from slack_sdk.models.blocks import Block

from bot.render.message import Message
from bot.workspace.block_check import faults_in, faults_in_view, text_length

MOST_TEXT = 13_200


def judge(message: Message) -> Message:
    """The message itself, when both judges take it."""
    blocks = list(message.blocks)
    assert message.text
    parsed = Block.parse_all(blocks)
    assert len(parsed) == len(blocks) and all(type(block) is not Block for block in parsed)
    for block in parsed:
        block.validate_json()
    assert faults_in(json.loads(json.dumps(blocks)), "message") == []
    assert text_length(blocks) <= MOST_TEXT
    no_control_sequence(message)
    return message


def judge_home(view: dict[str, Any]) -> Message:
    """A Home view as a message to read, when both judges take it."""
    assert faults_in_view(json.loads(json.dumps(view))) == []
    for block in Block.parse_all(view["blocks"]):
        block.validate_json()
    return Message("Home", tuple(view["blocks"]))


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
    """What travels with a message unseen: values and ids."""
    if isinstance(tree, dict):
        yield from (tree[key] for key in ("value", "action_id", "block_id") if key in tree)
        for value in tree.values():
            yield from hidden_strings(value)
    elif isinstance(tree, (list, tuple)):
        for item in tree:
            yield from hidden_strings(item)
