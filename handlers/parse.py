"""Slack payload -> typed request. None for what is not for us; Malformed, naming the field, for what cannot be read."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain.access import Surface
from bot.domain.period import Period
from bot.errors import UnknownPeriod
from bot.services.origin import Origin
from handlers import ids
from handlers.requests import (
    Appraise,
    CloseQuestion,
    ConfirmLedger,
    DecideOnAccess,
    DecideOnReminder,
    DropLedger,
    ExplainFigure,
    ExportStanding,
    HandOver,
    HrReply,
    Malformed,
    PressSession,
    Question,
    RateAnswer,
    RateSession,
    RemindLater,
    Request,
    RequestLink,
    RevokeFeed,
    SendWorkbook,
    ShowHome,
    ShowPrompts,
    ShowStanding,
    ShowTraining,
    Teach,
)

Payload = Mapping[str, Any]

_TEAM = re.compile(r"[TE][A-Z0-9]{0,30}")
_USER = re.compile(r"[UW][A-Z0-9]{0,30}")
_CHANNEL = re.compile(r"[CDG][A-Z0-9]{0,30}")
_TS = re.compile(r"[0-9]{1,12}\.[0-9]{1,9}")
_TOKEN = re.compile(r"[\x21-\x7e]{1,200}")
_RULE_KEY = re.compile(r"[a-z0-9_.]{1,60}")
_PERSON = re.compile(r"[^\x00-\x1f]{1,60}")
_SESSION = re.compile(r"[^\x00-\x1f]{1,60}")
_RATED = re.compile(r"[123]\|(?:useful|clear)\|[^\x00-\x1f]{1,60}")
_FILE = re.compile(r"F[A-Z0-9]{1,30}")
_STEP = re.compile(r"[a-z]{4,8} [0-9]{4}(Q[1-4])?")
_BATCH = re.compile(r"[1-9][0-9]{0,8}")
_RATING = re.compile(r"useful|useless")
_TEACHING = re.compile(r"teach\|([1-9][0-9]{0,8})")
_DROP = re.compile(r"[0-9a-f]{32}")
_LEDGERS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".et", ".ods", ".csv", ".txt")
_MOST_FILES = 10
_LONGEST = 4_000
"""Characters of a question; nobody asks in more."""
_ANSWERED_SUBTYPES = (None, "file_share", "thread_broadcast")
"""Everything else (edits, deletions, joins, bots) is told, not asked."""


def message(body: Payload) -> Request | None:
    """A direct message, by a person, as first written."""
    event = _dict(body, "event")
    if event.get("channel_type") != "im" or not _by_a_person(event):
        return None
    thread = _optional(event, "thread_ts", _TS)
    return _drop_or_question(body, event, Surface.DM, thread)


def hr_reply(body: Payload, hr_channel: str | None) -> Request | None:
    """What a person writes in a thread of HR's channel; of other channels nothing is kept."""
    event = _dict(body, "event")
    thread = _optional(event, "thread_ts", _TS)
    if hr_channel is None or event.get("channel") != hr_channel or thread is None or not _by_a_person(event):
        return None
    question = _question(body, event, Surface.CHANNEL, thread)
    return HrReply(key=question.key, origin=question.origin, text=question.text) if question.text else None


def mention(body: Payload) -> Request | None:
    """A mention in a channel; it is answered in a thread, never at the top."""
    event = _dict(body, "event")
    if not _by_a_person(event):
        return None
    thread = _optional(event, "thread_ts", _TS) or _id(event, "ts", _TS)
    return _drop_or_question(body, event, Surface.CHANNEL, thread)


def home_opened(body: Payload) -> Request | None:
    """The Home tab, or the Messages tab of the same app."""
    event = _dict(body, "event")
    user, key = _id(event, "user", _USER), f"event:{_id(body, 'event_id', _TOKEN)}"
    if event.get("tab") == "home":
        return ShowHome(key=key, origin=Origin(team=_own_team(body), user=user, surface=Surface.HOME))
    if event.get("tab") != "messages":
        return None
    channel = _id(event, "channel", _CHANNEL)
    return ShowPrompts(key=key, origin=Origin(team=_own_team(body), user=user, surface=Surface.DM, channel=channel))


def grade(body: Payload) -> Request:
    """`/grade` and what stands behind it."""
    channel = _id(body, "channel_id", _CHANNEL)
    origin = Origin(
        team=_id(body, "team_id", _TEAM),
        user=_id(body, "user_id", _USER),
        channel=channel,
        surface=Surface.DM if channel.startswith("D") else Surface.EPHEMERAL,
    )
    return ShowStanding(key=_trigger(body), origin=origin, words=_text(body))


def appraise(body: Payload) -> Request:
    """`/appraise` and what stands behind it."""
    asked = grade(body)
    return Appraise(key=asked.key, origin=asked.origin, words=_text(body))


def training(body: Payload) -> Request:
    """`/training` and what stands behind it."""
    asked = grade(body)
    return ShowTraining(key=asked.key, origin=asked.origin, words=_text(body))


def join_session(body: Payload) -> Request:
    """报名, 候补, 接受."""
    return _session(body, "join")


def leave_session(body: Payload) -> Request:
    """请假, 放弃, 退出候补."""
    return _session(body, "leave")


def session_file(body: Payload) -> Request:
    """加日历."""
    return _session(body, "calendar")


def cancel_session(body: Payload) -> Request:
    """确认取消."""
    return _session(body, "cancel")


def rate_session(body: Payload) -> Request:
    """An answer after a session."""
    answer, question, session = _value(body, _RATED).split("|", 2)
    return RateSession(
        key=_trigger(body), origin=_pressed_at(body), session=session, question=question, answer=int(answer)
    )


def revoke_feed(body: Payload) -> Request:
    """撤销地址."""
    return RevokeFeed(key=_trigger(body), origin=_pressed_at(body))


def confirm_ledger(body: Payload) -> Request:
    """确认入库."""
    return ConfirmLedger(key=_trigger(body), origin=_pressed_at(body), drop=_value(body, _DROP))


def confirm_access(body: Payload) -> Request:
    """确认."""
    return _decision(body, confirm=True)


def refuse_access(body: Payload) -> Request:
    """驳回."""
    return _decision(body, confirm=False)


def blank_ledger(body: Payload) -> Request:
    """空白模板."""
    return SendWorkbook(key=_trigger(body), origin=_pressed_at(body), example=False)


def example_ledger(body: Payload) -> Request:
    """示例."""
    return SendWorkbook(key=_trigger(body), origin=_pressed_at(body), example=True)


def explain_figure(body: Payload) -> Request:
    """怎么算的."""
    return _figure(body, left_out_only=False)


def left_out_clients(body: Payload) -> Request:
    """未计入的客户."""
    return _figure(body, left_out_only=True)


def export_standing(body: Payload) -> Request:
    """导出: in place of a rule the value names the card's grade."""
    asked = _figure(body, left_out_only=False)
    return ExportStanding(
        key=asked.key, origin=asked.origin, person=asked.person, period=asked.period, grade=asked.rule_key
    )


def ask_choice(body: Payload) -> Request:
    """One of a clarification's choices: the button's own words are the question."""
    words = _text(_dict(_action(body), "text"))
    origin = _pressed_at(body)
    kept = origin.surface in (Surface.DM, Surface.CHANNEL)
    edits = _id(_dict(body, "container"), "message_ts", _TS) if kept else None
    return Question(key=_trigger(body), origin=replace(origin, edits=edits), text=words)


def ask_more(body: Payload) -> Request:
    """A next step offered on a card: the button's own words are the question."""
    words = _text(_dict(_action(body), "text"))
    return Question(key=_trigger(body), origin=_pressed_at(body), text=words)


def hand_over(body: Payload) -> Request:
    """转人工."""
    return HandOver(key=_trigger(body), origin=_pressed_at(body), number=int(_value(body, _BATCH)))


def rate(body: Payload) -> Request:
    """有用 and 没用."""
    ts = _id(_dict(body, "container"), "message_ts", _TS)
    good = _value(body, _RATING) == "useful"
    return RateAnswer(key=_trigger(body), origin=_pressed_at(body), good=good, ts=ts)


def teach(body: Payload) -> Request:
    """A clause chosen for a kept question."""
    action = _action(body)
    chosen, block = action.get("selected_option"), action.get("block_id")
    clause = chosen.get("value") if isinstance(chosen, Mapping) else None
    number = _TEACHING.fullmatch(block) if isinstance(block, str) else None
    if not isinstance(clause, str) or not _RULE_KEY.fullmatch(clause) or not number:
        raise Malformed("action value")
    return Teach(key=_trigger(body), origin=_pressed_at(body), number=int(number[1]), clause=clause)


def typed(body: Payload) -> str:
    """What stands in a field that looks for options; nothing for what is no text."""
    found = body.get("value")
    return found[:100].strip() if isinstance(found, str) else ""


def close_question(body: Payload) -> Request:
    """关闭."""
    return CloseQuestion(key=_trigger(body), origin=_pressed_at(body), number=int(_value(body, _BATCH)))


def appraisal_step(body: Payload) -> Request:
    """A step's button: the same as its words behind the command."""
    return Appraise(key=_trigger(body), origin=_pressed_at(body), words=_value(body, _STEP))


def remind_later(body: Payload) -> Request:
    """稍后提醒."""
    return RemindLater(key=_trigger(body), origin=_pressed_at(body, reply=True), number=int(_value(body, _BATCH)))


def remind_again(body: Payload) -> Request:
    """再发."""
    return _reminder(body, again=True)


def remind_withdraw(body: Payload) -> Request:
    """撤回."""
    return _reminder(body, again=False)


def _reminder(body: Payload, *, again: bool) -> Request:
    number = int(_value(body, _BATCH))
    return DecideOnReminder(key=_trigger(body), origin=_pressed_at(body), number=number, again=again)


def request_link(body: Payload) -> Request:
    """申请绑定."""
    return RequestLink(key=_trigger(body), origin=_pressed_at(body))


def home_refresh(body: Payload) -> Request:
    """The Home's own button."""
    return ShowHome(key=_trigger(body), origin=_pressed_at(body))


def _drop_or_question(body: Payload, event: Payload, surface: Surface, thread: str | None) -> Request:
    question = _question(body, event, surface, thread)
    files = _files(event, question.text)
    return DropLedger(key=question.key, origin=question.origin, files=files) if files else question


def _files(event: Payload, text: str) -> str:
    """Ids of files that a ledger may be in; of all files, where nothing was written beside them."""
    listed = event.get("files")
    files = [file for file in listed if isinstance(file, Mapping)] if isinstance(listed, list) else []
    ledgers = [file for file in files if str(file.get("name", "")).lower().endswith(_LEDGERS)]
    return ",".join(_id(file, "id", _FILE) for file in (ledgers or ([] if text else files))[:_MOST_FILES])


def _question(body: Payload, event: Payload, surface: Surface, thread: str | None) -> Question:
    """The key is the message's place, not the event: one message in two events is one question."""
    channel, ts = _id(event, "channel", _CHANNEL), _id(event, "ts", _TS)
    team = _optional(event, "user_team", _TEAM) or _optional(event, "team", _TEAM) or _own_team(body)
    origin = Origin(team=team, user=_id(event, "user", _USER), channel=channel, surface=surface, thread=thread)
    return Question(key=f"message:{_own_team(body)}:{channel}:{ts}", origin=origin, text=_words(body, event))


def _words(body: Payload, event: Payload) -> str:
    """Without the mention of ourselves."""
    text = _text(event)
    listed = body.get("authorizations")
    own = [_id(a, "user_id", _USER) for a in listed if isinstance(a, Mapping)] if isinstance(listed, list) else []
    for user in own:
        text = re.sub(rf"<@{user}(\|[^>]*)?>", " ", text)
    return text.strip()


def _by_a_person(event: Payload) -> bool:
    """Bolt lets other bots' messages through; an edit of a mention comes as a mention."""
    if event.get("subtype") not in _ANSWERED_SUBTYPES or event.get("user") == "USLACKBOT":
        return False
    return not any(event.get(mark) for mark in ("bot_id", "bot_profile", "edited", "hidden"))


def _decision(body: Payload, *, confirm: bool) -> Request:
    batch = int(_value(body, _BATCH))
    return DecideOnAccess(key=_trigger(body), origin=_pressed_at(body), batch=batch, confirm=confirm)


def _session(body: Payload, does: str) -> Request:
    return PressSession(key=_trigger(body), origin=_pressed_at(body), session=_value(body, _SESSION), does=does)


def _value(body: Payload, pattern: re.Pattern[str]) -> str:
    value = _action(body).get("value")
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise Malformed("action value")
    return value


def _figure(body: Payload, *, left_out_only: bool) -> ExplainFigure:
    value = _action(body).get("value")
    try:
        person, period, rule_key = ids.parse_figure(value if isinstance(value, str) else "")
        Period.parse(period)
    except (ValueError, UnknownPeriod):
        raise Malformed("action value") from None
    if not (_PERSON.fullmatch(person) and _RULE_KEY.fullmatch(rule_key)):
        raise Malformed("action value")
    return ExplainFigure(
        key=_trigger(body),
        origin=_pressed_at(body, reply=True),
        person=person,
        period=period,
        rule_key=rule_key,
        left_out_only=left_out_only,
    )


def _pressed_at(body: Payload, *, reply: bool = False) -> Origin:
    """Whoever presses asks, whoever was asked for the message. `reply`: in the thread of the message pressed."""
    user, container = _dict(body, "user"), _dict(body, "container")
    team = _optional(user, "team_id", _TEAM) or _id(_dict(body, "team"), "id", _TEAM)
    who = _id(user, "id", _USER)
    if container.get("type") == "view":
        return Origin(team=team, user=who, surface=Surface.HOME)
    channel = _id(container, "channel_id", _CHANNEL)
    thread = _optional(container, "thread_ts", _TS)
    if container.get("is_ephemeral"):
        # Nothing can be a reply to a message that one person saw and Slack did not keep.
        return Origin(team=team, user=who, surface=Surface.EPHEMERAL, channel=channel, thread=thread)
    in_channel = not channel.startswith("D")
    if reply or in_channel:
        thread = thread or _id(container, "message_ts", _TS)
    surface = Surface.CHANNEL if in_channel else Surface.DM
    return Origin(team=team, user=who, surface=surface, channel=channel, thread=thread)


def _action(body: Payload) -> Payload:
    actions = body.get("actions")
    if not isinstance(actions, list) or not actions or not isinstance(actions[0], Mapping):
        raise Malformed("actions")
    return actions[0]


def _trigger(body: Payload) -> str:
    return f"trigger:{_id(body, 'trigger_id', _TOKEN)}"


def _own_team(body: Payload) -> str:
    return _id(body, "team_id", _TEAM)


def _dict(values: Payload, name: str) -> Payload:
    found = values.get(name)
    if not isinstance(found, Mapping):
        raise Malformed(name)
    return found


def _text(values: Payload) -> str:
    """Slack's three escapes undone; what cannot be stored as UTF-8 goes."""
    found = values.get("text") or ""
    if not isinstance(found, str):
        raise Malformed("text")
    readable = found[:_LONGEST].encode("utf-8", "ignore").decode().replace("\x00", "")
    return readable.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def _id(values: Payload, name: str, pattern: re.Pattern[str]) -> str:
    found = _optional(values, name, pattern)
    if found is None:
        raise Malformed(name)
    return found


def _optional(values: Payload, name: str, pattern: re.Pattern[str]) -> str | None:
    found = values.get(name)
    if found is None:
        return None
    if not isinstance(found, str) or not pattern.fullmatch(found):
        raise Malformed(name)
    return found
