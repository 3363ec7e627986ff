"""Payloads become requests, nothing, or Malformed: never another exception, and never an id that Slack does not give."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.access import Surface
from handlers import parse
from handlers.requests import Malformed, Question, Request, from_json
from tests.handlers.branch import OWN, QUESTION, TEAM, message_event, press_event

READERS = (
    parse.message,
    parse.mention,
    parse.home_opened,
    parse.grade,
    parse.explain_figure,
    parse.left_out_clients,
    parse.export_standing,
    parse.ask_choice,
    parse.ask_more,
    parse.request_link,
    parse.home_refresh,
    parse.appraise,
    parse.confirm_ledger,
    parse.confirm_access,
    parse.refuse_access,
    parse.blank_ledger,
)
COMMAND = {
    "command": "/grade",
    "team_id": TEAM,
    "user_id": OWN,
    "channel_id": "C0EAST",
    "trigger_id": "1.2",
    "text": "",
}
SAMPLES: tuple[dict[str, Any], ...] = (
    message_event("D1", OWN, QUESTION),
    press_event(OWN, "D1", "explain_figure", "1001|2026Q3|second.a"),
    COMMAND,
)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path] * bool(path) + [place for key, part in inner for place in _places(part, (*path, key))]


@given(st.data(), st.sampled_from(SAMPLES), JUNK)
def test_one_field_of_junk_breaks_nothing(data: st.DataObject, sample: dict[str, Any], junk: Any) -> None:
    body = copy.deepcopy(sample)
    *way, last = data.draw(st.sampled_from(_places(body)))
    holder = body
    for key in way:
        holder = holder[key]
    holder[last] = junk
    for reader in READERS:
        try:
            request = reader(body)
        except Malformed:
            continue
        if request is not None:
            assert from_json(request.to_json()) == request
            assert request.origin.user.isalnum() and request.key.isprintable()


def test_words_are_read_as_they_were_written() -> None:
    event = message_event("C0EAST", OWN, "<@U0LADDER>  存款 &gt; 5 &amp;&amp; 贷款 &lt; 3 &amp;gt;")
    request = parse.mention(event)
    assert isinstance(request, Question)
    assert request.text == "存款 > 5 && 贷款 < 3 &gt;"


def test_a_mention_s_answer_belongs_in_a_thread() -> None:
    event = message_event("C0EAST", OWN, QUESTION)
    top = parse.mention(event)
    below = parse.mention(message_event("C0EAST", OWN, QUESTION, thread_ts="1.5"))
    assert top and below
    assert top.origin.thread == event["event"]["ts"] and below.origin.thread == "1.5"
    assert top.origin.surface is Surface.CHANNEL


@pytest.mark.parametrize(
    "change",
    [
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "bot_message"},
        {"subtype": "channel_join"},
        {"bot_id": "B1"},
        {"edited": "1"},
        {"user": "USLACKBOT"},
        {"channel_type": "channel"},
    ],
    ids=str,
)
def test_what_is_no_question(change: dict[str, str]) -> None:
    assert parse.message(message_event("D1", OWN, QUESTION, **change)) is None


def test_the_same_message_in_two_events_has_one_key() -> None:
    first, second = message_event("D1", OWN, QUESTION, ts="1.5"), message_event("D1", OWN, QUESTION, ts="1.5")
    assert first["event_id"] != second["event_id"]
    assert _key(first) == _key(second) != _key(message_event("D1", OWN, QUESTION, ts="1.6"))


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "1", "null", '{"kind": "Question"}', '{"kind": "Nothing", "origin": {}}']
)
def test_a_stored_request_of_another_version(text: str) -> None:
    with pytest.raises(Malformed):
        from_json(text)


def _key(event: dict[str, Any]) -> str:
    request: Request | None = parse.message(event)
    assert request
    return request.key
