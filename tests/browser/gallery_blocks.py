"""Blocks of every kind that a message or Home may hold, as a plain app writes them."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
HOSTILE = "<script>window.hit=1</script><img src=x onerror=window.hit=1> <!channel>"
ESCAPED = HOSTILE.replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str) -> Json:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    """A mrkdwn text object."""
    return {"type": "mrkdwn", "text": text}


def option(value: str, words: str, note: str = "") -> Json:
    """An option of a select, radio group or menu."""
    return {"text": plain(words), "value": value} | ({"description": plain(note)} if note else {})


CONFIRM = {"title": plain("确认删除?"), "text": plain("这条消息会消失"), "confirm": plain("删"), "deny": plain("不删")}
GRADES = [option("second", "二级"), option("third", "三级"), option("fourth", "四级")]
ELEMENTS: list[Json] = [
    {"type": "section", "text": mrkdwn(f"*要点* {ESCAPED}"),
     "accessory": {"type": "overflow", "action_id": "more", "options": [option("a", "复制"), option("b", "收起")]}},
    {"type": "actions", "block_id": "buttons", "elements": [
        {"type": "button", "text": plain("登记"), "action_id": "open", "value": "ask", "style": "primary"},
        {"type": "button", "text": plain("全部输入"), "action_id": "open_all", "value": "whole"},
        {"type": "button", "text": plain("删除"), "action_id": "drop", "style": "danger", "confirm": CONFIRM},
        {"type": "button", "text": plain("不应答"), "action_id": "silent"},
        {"type": "button", "text": plain("官网"), "action_id": "link", "url": "https://example.test/"}]},
    {"type": "actions", "block_id": "choices", "elements": [
        {"type": "static_select", "action_id": "grade", "placeholder": plain("选等级"), "options": GRADES},
        {"type": "users_select", "action_id": "user", "placeholder": plain("选人")},
        {"type": "conversations_select", "action_id": "conversation", "placeholder": plain("选会话")},
        {"type": "channels_select", "action_id": "channel", "placeholder": plain("选频道")},
        {"type": "datepicker", "action_id": "date", "placeholder": plain("选日期"), "initial_date": "2026-09-30"},
        {"type": "timepicker", "action_id": "time", "placeholder": plain("选时间")},
        {"type": "datetimepicker", "action_id": "moment"}]},
    {"type": "section", "text": mrkdwn("关注的等级"), "accessory": {
        "type": "multi_static_select", "action_id": "grades", "placeholder": plain("可选几级"), "options": GRADES}},
    {"type": "section", "text": mrkdwn("提醒方式"), "accessory": {
        "type": "radio_buttons", "action_id": "way", "options": [option("dm", "私信"), option("none", "不提醒")]}},
    {"type": "section", "text": mrkdwn("查客户"), "accessory": {
        "type": "external_select", "action_id": "outside", "placeholder": plain("输入客户名"), "min_query_length": 1}},
]  # fmt: skip

ANSWER: list[Json] = [
    {"type": "input", "block_id": "wish", "label": plain("想要的提醒"),
     "element": {"type": "plain_text_input", "action_id": "wish"}},
    {"type": "actions", "elements": [{"type": "button", "text": plain("记下"), "action_id": "keep"}]},
]  # fmt: skip


def _cell(value: str | int) -> Json:
    if isinstance(value, int):
        return {"type": "raw_number", "value": value, "text": f"{value:,}"}
    return {"type": "raw_text", "text": value}


_ROWS = [("客户", "日均存款"), ("江州陶瓷", 3100), ("滨江物流", 640), ("南门粮油", 12500), ("北苑纺织", 90),
         ("丁桥建材", 430), (HOSTILE, 1)]  # fmt: skip
TABLES: list[Json] = [
    {"type": "data_table", "caption": "户数明细", "rows": [[_cell(c) for c in row] for row in _ROWS]},
    {"type": "table", "rows": [[_cell("项目"), _cell("结果")], [_cell("存款"), _cell("达标")]]},
]
_POINTS = [{"label": "一季", "value": 40}, {"label": "二季", "value": 55}, {"label": "三季", "value": 69}]
_AXIS = {"categories": ["一季", "二季", "三季"], "x_label": "季度"}
CHART: list[Json] = [
    {"type": "data_visualization", "title": "存款按季", "chart": {
        "type": "bar", "axis_config": _AXIS, "series": [{"name": "存款", "data": _POINTS}]}},
    {"type": "data_visualization", "title": "走势", "chart": {
        "type": "line", "axis_config": _AXIS, "series": [{"name": "存款", "data": _POINTS}]}},
    {"type": "data_visualization", "title": "构成", "chart": {"type": "pie", "segments": _POINTS}},
]  # fmt: skip
PICTURES: list[Json] = [
    {"type": "image", "title": plain("本机的图"), "alt_text": "工作区的图标", "image_url": "http://HOST/page/icon.svg"},
    {"type": "image", "alt_text": "取不到的图", "image_url": "http://HOST/page/none.png"},
    {"type": "video", "title": plain("培训录像"), "title_url": "https://example.test/watch", "alt_text": "培训录像",
     "video_url": "https://example.test/embed", "thumbnail_url": "https://example.test/t.png"},
]  # fmt: skip
FEEDBACK: list[Json] = [
    {"type": "section", "text": mrkdwn("你离二级还差存款")},
    {"type": "context_actions", "elements": [
        {"type": "feedback_buttons", "action_id": "rate", "positive_button": {"text": plain("有用"), "value": "good"},
         "negative_button": {"text": plain("没用"), "value": "bad"}},
        {"type": "icon_button", "action_id": "trash", "icon": "trash", "text": plain("移除"), "value": "x"}]},
]  # fmt: skip
MARKDOWN = f"""# 本季要点
存款 **还差 600 万**,见 `第十一条` 和[办法](https://example.test/rules)。

- 第一条
- 第二条 {HOSTILE}

| 项目 | 结果 |
| --- | --- |
| 贷款 | *未达标* |

[坏链接](javascript:window.hit=1)"""
RICH: list[Json] = [
    {"type": "markdown", "text": MARKDOWN},
    {"type": "rich_text", "elements": [
        {"type": "rich_text_section", "elements": [
            {"type": "text", "text": "粗", "style": {"bold": True}}, {"type": "text", "text": " 与 "},
            {"type": "text", "text": "码", "style": {"code": True}}, {"type": "user", "user_id": "W1"},
            {"type": "link", "url": "javascript:window.hit=1", "text": "坏链接"}, {"type": "emoji", "name": "tada"}]},
        {"type": "rich_text_list", "style": "ordered", "elements": [
            {"type": "rich_text_section", "elements": [{"type": "text", "text": n}]} for n in ("第一", "第二")]},
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "办法原文"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": HOSTILE}]}]},
]  # fmt: skip
