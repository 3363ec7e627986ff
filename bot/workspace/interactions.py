"""What people do with what the app shows: press, pick, submit, close. https://docs.slack.dev/interactivity"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.workspace import payloads
from bot.workspace.acts import Acts
from bot.workspace.answers import LIFETIME
from bot.workspace.methods.views import check_view, push, swap
from bot.workspace.problems import NotDelivered, Refused, SlackError
from bot.workspace.state import Conversation, Json, ReplyUrl, World
from bot.workspace.view_state import elements, enter, faults_of_inputs, fill_state


@dataclass(frozen=True)
class SubmitReceipt:
    """What a submission led to: errors by block_id (the form stays), or the ack's body."""

    errors: dict[str, str] = field(default_factory=dict)
    ack_body: Json = field(default_factory=dict)


class Interactions:
    """Each waits for the app's ack and raises NotDelivered without one; Refused when there is nothing to press."""

    def __init__(self, acts: Acts) -> None:
        self.acts = acts
        self.world: World = acts.world
        self._entered: dict[tuple[str, str], Json] = {}

    async def press(
        self, user: str, channel: str, ts: str, action_id: str, *, value: Any = None, block_id: str | None = None
    ) -> None:
        """Use an element of a message. `value` is the option, date or text chosen, or tells like buttons apart."""
        place = self.acts.place(user, channel)
        message = self._visible(user, place, ts)
        block, element = _find(message.get("blocks", []), action_id, value, block_id)
        holder = {"blocks": message["blocks"]}
        fill_state(holder, self._entered.get((user, ts), {}))
        enter(holder, {block["block_id"]: {action_id: value}})
        self._entered[user, ts] = holder["state"]["values"]
        target = ReplyUrl(user, place.id, self.world.clock() + LIFETIME, ts, message.get("thread_ts"))
        url = f"{self.acts.base_url}respond/{self.world.reply_url(target)}"
        source = payloads.from_message(place, message, holder["state"]["values"], url)
        await self._act(user, block, element, value, source)

    async def press_home(self, user: str, action_id: str, value: Any = None, block_id: str | None = None) -> None:
        """Use an element of one's Home tab."""
        view = self.world.homes.get(user)
        if view is None:
            raise Refused("no_home", "主页还没有内容。")
        await self._press_view(user, view, action_id, value, block_id)

    async def press_modal(self, user: str, action_id: str, value: Any = None, block_id: str | None = None) -> None:
        """Use an element of the topmost modal."""
        await self._press_view(user, self._top(user), action_id, value, block_id)

    async def submit(self, user: str, values: Mapping[str, Any] | None = None) -> SubmitReceipt:
        """Fill in (`{block_id: {action_id: value}}` or `{action_id: value}`) and submit the topmost modal.

        What Slack's own form would refuse comes back as errors without a word to the app.
        """
        view = self._top(user)
        enter(view, values or {})
        errors = faults_of_inputs(view)
        if errors:
            return SubmitReceipt(errors)
        body = await self._ask(payloads.view_submission(self.world, user, view))
        return self._follow(user, view, body)

    async def close(self, user: str, everything: bool = False) -> None:
        """Close the topmost modal, or the whole stack; views with notify_on_close tell the app."""
        stack = self.world.stacks.get(user, [])
        gone = stack[::-1] if everything or (stack and stack[-1]["clear_on_close"]) else stack[-1:]
        self.world.stacks[user] = stack[: len(stack) - len(gone)]
        self.world.changes.note()
        for view in gone:
            if view["notify_on_close"]:
                await self._ask(payloads.view_closed(self.world, user, view, len(gone) == len(stack) > 1))

    async def _press_view(self, user: str, view: Json, action_id: str, value: Any, block_id: str | None) -> None:
        block, element = _find(view["blocks"], action_id, value, block_id)
        enter(view, {block["block_id"]: {action_id: value}})
        await self._act(user, block, element, value, payloads.from_view(view))

    async def _act(self, user: str, block: Json, element: Json, value: Any, source: Json) -> None:
        told = payloads.action(self.world, block, element, value)
        await self._ask(payloads.block_actions(self.world, user, [told], source))

    async def _ask(self, payload: Json) -> Json:
        if not self.world.manifest.interactivity:
            raise Refused("interactivity_off", "应用没有开启交互功能(interactivity)。")
        try:
            return await self.acts.announcer.delivery.ask("interactive", payload)
        except NotDelivered as failed:
            raise NotDelivered(failed.reason, f"操作没有成功,请再试一次({failed.reason})") from None

    def _follow(self, user: str, view: Json, body: Json) -> SubmitReceipt:
        """Do what the ack of a submission asks for: errors, update, push, clear, or close this one view."""
        wanted = body.get("response_action")
        if wanted == "errors":
            return self._errors(view, body)
        try:
            if wanted == "update":
                swap(self.world, view, check_view(body.get("view"), "modal"))
            elif wanted == "push":
                push(self.world, user, check_view(body.get("view"), "modal"))
        except SlackError as refused:
            raise NotDelivered(refused.code, f"应用返回的表单被拒绝:{refused.code}") from None
        if wanted == "clear":
            self.world.stacks[user] = []
        elif wanted is None:
            self.world.stacks[user] = [v for v in self.world.stacks.get(user, []) if v["id"] != view["id"]]
        self.world.changes.note()
        return SubmitReceipt({}, body)

    def _errors(self, view: Json, body: Json) -> SubmitReceipt:
        """Errors must name input blocks of the view; Slack shows a general failure for any other."""
        errors = body.get("errors") or {}
        inputs = {b["block_id"] for b in view["blocks"] if b["type"] == "input"}
        if not errors or not set(errors) <= inputs:
            raise NotDelivered("invalid_errors", "应用返回的错误没有对应的输入项。")
        return SubmitReceipt(dict(errors), body)

    def _top(self, user: str) -> Json:
        stack = self.world.stacks.get(user)
        if not stack:
            raise Refused("no_modal", "没有打开的表单。")
        return stack[-1]

    def _visible(self, user: str, place: Conversation, ts: str) -> Json:
        hidden = (m for u, m in place.ephemerals if u == user and m["ts"] == ts)
        message = place.messages.get(ts) or next(hidden, None)
        if message is None:
            raise Refused("message_not_found", "找不到这条消息。")
        return message


def _find(blocks: list[Json], action_id: str, value: Any, block_id: str | None) -> tuple[Json, Json]:
    """The element meant; where several share an action_id, the block or the button's value tells them apart."""
    alike = [(b, e) for b, e in elements(blocks) if e["action_id"] == action_id and block_id in (None, b["block_id"])]
    exact = [(b, e) for b, e in alike if value is not None and e.get("value") == value]
    if not alike:
        raise Refused("action_not_found", "这个按钮已经不在了。")
    return (exact or alike)[0]
