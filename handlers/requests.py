"""What Slack has asked of us, as typed values that survive a restart in the inbox."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from bot.domain.access import Surface
from bot.services.origin import Origin


class Malformed(ValueError):
    """A payload or a stored request that cannot be read; the words name the field, never its value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Base of all. `key` is the same for every delivery of one thing: the inbox knows it by that."""

    key: str
    origin: Origin

    def to_json(self) -> str:
        """For the inbox."""
        return json.dumps({"kind": type(self).__name__, **asdict(self)}, ensure_ascii=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Request):
    """A sentence: a direct message, a mention, a choice pressed."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowStanding(Request):
    """`/grade`: the caller's own standing; `words` are what stood behind the command."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainFigure(Request):
    """怎么算的, 未计入的客户: whoever presses asks."""

    person: str
    period: str
    rule_key: str
    left_out_only: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportStanding(Request):
    """导出: whoever presses asks."""

    person: str
    period: str
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowHome(Request):
    """App Home opened, or its button pressed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowPrompts(Request):
    """The messages tab opened: what may be asked is suggested."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLink(Request):
    """申请绑定: somebody whom nobody has matched to staff."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraise(Request):
    """`/appraise`; `words` are what stood behind the command."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowTraining(Request):
    """`/training`; `words` are what stood behind the command."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PressSession(Request):
    """A button under a session; `does` is join, leave, calendar or cancel."""

    session: str
    does: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RateSession(Request):
    """An answer after a session: 1 best, 3 worst."""

    session: str
    question: str
    answer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeFeed(Request):
    """撤销地址."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DropLedger(Request):
    """Files sent; `files` are their Slack ids, comma between them."""

    files: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmLedger(Request):
    """确认入库; `drop` is the id of the dry run."""

    drop: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideOnAccess(Request):
    """确认, or 驳回, of the changes of access that a batch has brought."""

    batch: int
    confirm: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SendWorkbook(Request):
    """空白模板, or 示例."""

    example: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver(Request):
    """转人工: the number of a kept question."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RateAnswer(Request):
    """有用, or 没用, of the answer in message `ts`."""

    good: bool
    ts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindLater(Request):
    """稍后提醒: the number of the outbox's row."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideOnReminder(Request):
    """再发, or 撤回, of a row of the outbox."""

    number: int
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Teach(Request):
    """The clause that answers a kept question."""

    number: int
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseQuestion(Request):
    """关闭 of a kept question."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HrReply(Request):
    """What was written in a thread of HR's channel."""

    text: str


_KINDS: dict[str, type[Request]] = {
    kind.__name__: kind
    for kind in (
        Question,
        ShowStanding,
        ExplainFigure,
        ExportStanding,
        ShowHome,
        ShowPrompts,
        RequestLink,
        Appraise,
        ShowTraining,
        PressSession,
        RateSession,
        RevokeFeed,
        DropLedger,
        ConfirmLedger,
        DecideOnAccess,
        SendWorkbook,
        HandOver,
        RateAnswer,
        RemindLater,
        DecideOnReminder,
        Teach,
        CloseQuestion,
        HrReply,
    )
}


def from_json(text: str) -> Request:
    """What `to_json` wrote; Malformed for what another version wrote."""
    try:
        stored: dict[str, Any] = json.loads(text)
        kind = _KINDS[stored.pop("kind")]
        origin = stored.pop("origin")
        return kind(origin=Origin(**{**origin, "surface": Surface(origin["surface"])}), **stored)
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise Malformed(f"stored request: {type(fault).__name__}") from None
