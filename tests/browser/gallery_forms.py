"""Modals of the gallery: a short one, one with every input, and one to push on top."""

from __future__ import annotations

from typing import Any

from tests.browser.gallery_blocks import GRADES, mrkdwn, option, plain

Json = dict[str, Any]
ASK, WHOLE = "ask", "whole"


def _input(name: str, label: str, element: Json, **more: Any) -> Json:
    return {"type": "input", "block_id": name, "label": plain(label), "element": {"action_id": name, **element}, **more}


def form(name: str, note: str = "") -> Json:
    """`ask` is short; `whole` has one of every input."""
    blocks = _whole(note) if name == WHOLE else [_input("name", "客户名称", {"type": "plain_text_input"})]
    title, words = ("全部输入", "提交") if name == WHOLE else ("登记", "提交")
    return {
        "type": "modal", "callback_id": name, "title": plain(title), "submit": plain(words), "close": plain("取消"),
        "blocks": blocks,
    }  # fmt: skip


def child(number: int) -> Json:
    """A view to push; it offers to push another."""
    more = {"type": "button", "text": plain("再进一层"), "action_id": "push"}
    return {
        "type": "modal", "title": plain("下一层"), "close": plain("返回"), "blocks": [
            {"type": "section", "text": mrkdwn(f"上一层有 {number} 块")}, {"type": "actions", "elements": [more]}],
    }  # fmt: skip


def _whole(note: str) -> list[Json]:
    choices = [option("a", "甲", "第一个"), option("b", "乙")]
    push = {"type": "button", "text": plain("再进一层"), "action_id": "push"}
    update = {"type": "button", "text": plain("请应用改表"), "action_id": "update"}
    optional = {"optional": True}
    return [
        *([{"type": "section", "text": mrkdwn(note)}] if note else []),
        {"type": "actions", "elements": [push, update]},
        _input("name", "名称", {"type": "plain_text_input", "min_length": 2, "placeholder": plain("至少两个字")}),
        _input("number", "金额(万元)", {"type": "number_input", "is_decimal_allowed": False, "min_value": "1"}),
        _input("email", "邮箱", {"type": "email_text_input"}, **optional),
        _input("url", "网址", {"type": "url_text_input"}, **optional),
        _input("day", "日期", {"type": "datepicker"}, **optional),
        _input("time", "时间", {"type": "timepicker"}, **optional),
        _input("moment", "日期和时间", {"type": "datetimepicker"}, **optional),
        _input("radio", "单选", {"type": "radio_buttons", "options": choices}, **optional),
        _input("boxes", "多选", {"type": "checkboxes", "options": choices}, **optional),
        _input("grade", "等级", {"type": "static_select", "option_groups": [
            {"label": plain("常见"), "options": GRADES[:2]}, {"label": plain("其他"), "options": GRADES[2:]}]}, **optional),
        _input("grades", "几个等级", {"type": "multi_static_select", "options": GRADES, "max_selected_items": 2}, **optional),
        _input("users", "参加的人", {"type": "multi_users_select"}, **optional),
        _input("places", "通知到", {"type": "multi_conversations_select"}, **optional),
        _input("outside", "客户", {"type": "external_select", "min_query_length": 1}, **optional),
        _input("outside_many", "几个客户", {"type": "multi_external_select", "min_query_length": 1}, **optional),
        _input("rich", "说明", {"type": "rich_text_input"}, **optional, hint=plain("可以加粗、列表")),
        _input("files", "附件", {"type": "file_input", "filetypes": ["csv", "txt"], "max_files": 2}, **optional),
    ]  # fmt: skip
