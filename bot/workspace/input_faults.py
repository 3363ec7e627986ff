"""What Slack's own form refuses before it submits: a needed input left empty, a text too long, no number or address."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.workspace.state import Json


def faults_of_inputs(view: Json) -> dict[str, str]:
    """What Slack's client itself refuses before it submits, by block_id, in the page's words."""
    faults = {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        element = block["element"]
        state = view["state"]["values"].get(block["block_id"], {}).get(element["action_id"], {})
        value = next((v for k, v in state.items() if k != "type"), None)
        if value in (None, "", []):
            if not block.get("optional"):
                faults[block["block_id"]] = "请填写此项"
        elif isinstance(value, str) and (fault := _length_fault(element, value)):
            faults[block["block_id"]] = fault
    return faults


def _length_fault(element: Json, value: str) -> str:
    if len(value) < element.get("min_length", 0):
        return f"至少 {element['min_length']} 个字"
    if len(value) > element.get("max_length", 3000):
        return f"最多 {element.get('max_length', 3000)} 个字"
    if element["type"] == "number_input":
        return _number_fault(element, value)
    pattern, words = _SHAPES.get(element["type"], (_ANYTHING, ""))
    return "" if pattern.fullmatch(value) else words


_ANYTHING = re.compile(".*", re.DOTALL)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_SHAPES = {
    "email_text_input": (re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+"), "请填写邮箱地址"),
    "url_text_input": (re.compile(r"https?://[^\s/]+\S*"), "请填写以 http:// 或 https:// 开头的网址"),
}


def _number_fault(element: Json, value: str) -> str:
    if not _NUMBER.fullmatch(value):
        return "请填写数字"
    number = Decimal(value)
    if not element.get("is_decimal_allowed") and number != number.to_integral_value():
        return "请填写整数"
    low, high = element.get("min_value"), element.get("max_value")
    if (low is not None and number < Decimal(low)) or (high is not None and number > Decimal(high)):
        return f"请填写 {low or '…'} 到 {high or '…'} 之间的数"
    return ""
