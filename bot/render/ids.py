"""Action ids of everything that can be pressed. Handlers take them from here; a value names things, never a figure."""

EXPLAIN = "explain_figure"
"""怎么算的. Value: `figure_value(…)`."""
LEFT_OUT = "left_out_clients"
"""未计入的客户. Value: `figure_value(…)`."""
EXPORT = "export_standing"
"""导出. Value: `figure_value` with a grade's key in place of the rule's."""
LINK_ME = "request_link"
"""申请绑定. No value."""
LEDGER_CONFIRM = "ledger_confirm"
"""确认入库. Value: the id of the dry run."""
LEDGER_BLANK = "ledger_blank"
"""空白模板. No value."""
LEDGER_EXAMPLE = "ledger_example"
"""示例. No value."""
ACCESS_CONFIRM = "access_confirm"
"""确认 of changes of access. Value: the number of the batch that brought them."""
ACCESS_REFUSE = "access_refuse"
"""驳回. Value: the same."""
APPRAISAL_STEP = "appraisal_step"
"""A step of an appraisal. Value: the step and the period (`trial 2026Q3`)."""
HOME_REFRESH = "home_refresh"
"""Builds the Home anew. No value."""
ASK_CHOICE = "ask_choice"
"""One of a clarification's choices, each in a block of its own. The question to ask is the button's own text."""

REMIND_LATER = "remind_later"
"""稍后提醒. Value: the number of the outbox's row."""
SESSION_JOIN = "session_join"
"""报名, 候补, 接受. Value: the session's 编号, as of the three below."""
SESSION_LEAVE = "session_leave"
"""请假, 放弃, 退出候补."""
SESSION_CALENDAR = "session_calendar"
"""加日历."""
SESSION_CANCEL = "session_cancel"
"""确认取消, HR's."""
SESSION_RATE = tuple(f"session_rate_{n}" for n in range(1, 4))
"""The answers after a session. Value: `<answer>|<question>|<编号>`."""
FEED_REVOKE = "feed_revoke"
"""撤销日历地址. No value."""

REMIND_AGAIN = "remind_again"
"""再发. Value: the same."""
REMIND_WITHDRAW = "remind_withdraw"
"""撤回. Value: the same."""
HAND_OVER = "hand_over"
"""转人工. Value: the number of the kept question."""
FEEDBACK = "feedback"
"""有用 and 没用. Value: which of them."""
TEACH = "teach_phrase"
"""The clause that answers a kept question. Value: the clause's id; the block's id names the question."""
CLOSE_QUESTION = "close_question"
"""关闭. Value: the number of the kept question."""
ASK_MORE = tuple(f"ask_more_{n}" for n in range(1, 6))
"""What a card offers to ask next: an action id may stand in a block once. The question is the button's own text."""


def teaching_block(number: int) -> str:
    """The id of the block in which a clause is chosen for that question."""
    return f"teach|{number}"


def figure_value(person: str, period: object, rule_key: str) -> str:
    """`<person>|<period>|<rule key>`: which figure a button speaks of."""
    return f"{person}|{period}|{rule_key}"


def parse_figure(value: str) -> tuple[str, str, str]:
    """The three parts of `figure_value`; only a staff number may hold a bar. ValueError for less."""
    person, period, rule_key = value.rsplit("|", 2)
    return person, period, rule_key
