"""What people do with what the app shows: press, pick, submit, close. https://docs.slack.dev/interactivity"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.workspace import payloads
from bot.workspace.actor import visible_message
from bot.workspace.acts import Acts
from bot.workspace.answers import LIFETIME
from bot.workspace.choices import chosen, given_values
from bot.workspace.input_faults import faults_of_inputs
from bot.workspace.methods.views import check_view, push, swap
from bot.workspace.problems import NotDelivered, Refused, SlackError
from bot.workspace.state import Json, ReplyUrl, World
from bot.workspace.suggestions import all_options, check_options, check_query
from bot.workspace.view_state import elements, enter, fill_state


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
        self._offered: dict[str, dict[tuple[str, str], list[Json]]] = {}

    async def press(
        self, user: str, channel: str, ts: str, action_id: str, *, value: Any = None, block_id: str | None = None
    ) -> None:
        """Use an element of a message. `value` is the option, date or text chosen, or tells like buttons apart."""
        place = self.acts.place(user, channel)
        message = visible_message(place, user, ts)
        block, element = _find(message.get("blocks", []), action_id, value, block_id)
        value = self._chosen(user, block, element, value)
        holder = {"blocks": message["blocks"]}
        fill_state(holder, self.world.entered.get((user, ts), {}))
        enter(holder, {block["block_id"]: {action_id: value}})
        self.world.entered[user, ts] = holder["state"]["values"]
        self.world.changes.note()
        target = ReplyUrl(user, place.id, self.world.clock() + LIFETIME, ts, message.get("thread_ts"))
        url = f"{self.acts.base_url}respond/{self.world.reply_url(target)}"
        source = payloads.from_message(place, message, holder["state"]["values"], url)
        await self._act(user, block, element, value, source)

    async def press_home(self, user: str, action_id: str, value: Any = None, block_id: str | None = None) -> None:
        """Use an element of one's Home tab."""
        await self._press_view(user, self._home(user), action_id, value, block_id)

    async def press_modal(self, user: str, action_id: str, value: Any = None, block_id: str | None = None) -> None:
        """Use an element of the topmost modal."""
        await self._press_view(user, self._top(user), action_id, value, block_id)

    async def suggest(
        self,
        user: str,
        action_id: str,
        typed: str,
        *,
        where: str = "modal",
        channel: str | None = None,
        ts: str = "",
        block_id: str | None = None,
    ) -> Json:
        """Type into a select that asks the app: `{"options": […]}` or `{"option_groups": […]}`.

        `where` is modal, home, or message (`channel` and `ts` say which). What came may then be chosen by its value.
        """
        if where == "message":
            place = self.acts.place(user, channel)
            message = visible_message(place, user, ts)
            blocks, source = message.get("blocks", []), payloads.from_message(place, message, {}, "")
        else:
            view = self._home(user) if where == "home" else self._top(user)
            blocks, source = view["blocks"], payloads.from_view(view)
        block, element = _find(blocks, action_id, None, block_id)
        check_query(element, typed)
        body = check_options(
            await self.acts.ask(payloads.block_suggestion(self.world, user, block, element, typed, source=source))
        )
        # What came for earlier words stays good: one of several may have been taken from it.
        self._offered.setdefault(user, {}).setdefault((block["block_id"], action_id), []).extend(all_options(body))
        return body

    async def submit(self, user: str, values: Mapping[str, Any] | None = None) -> SubmitReceipt:
        """Fill in (`{block_id: {action_id: value}}` or `{action_id: value}`) and submit the topmost modal.

        What Slack's own form would refuse comes back as errors without a word to the app.
        """
        view = self._top(user)
        enter(view, given_values(self.world, user, view, values or {}, self._offered.get(user, {})))
        errors = faults_of_inputs(view)
        if errors:
            return SubmitReceipt(errors)
        body = await self.acts.ask(payloads.view_submission(self.world, user, view, self._reply_urls(user, view)))
        return self._follow(user, view, body)

    async def close(self, user: str, everything: bool = False) -> None:
        """Close the topmost modal, or the whole stack; views with notify_on_close tell the app."""
        stack = self.world.stacks.get(user, [])
        gone = stack[::-1] if everything or (stack and stack[-1]["clear_on_close"]) else stack[-1:]
        self.world.stacks[user] = stack[: len(stack) - len(gone)]
        self.world.changes.note()
        for view in gone:
            if view["notify_on_close"]:
                await self.acts.ask(payloads.view_closed(self.world, user, view, len(gone) == len(stack) > 1))

    async def _press_view(self, user: str, view: Json, action_id: str, value: Any, block_id: str | None) -> None:
        block, element = _find(view["blocks"], action_id, value, block_id)
        value = self._chosen(user, block, element, value)
        enter(view, {block["block_id"]: {action_id: value}})
        await self._act(user, block, element, value, payloads.from_view(view))

    async def _act(self, user: str, block: Json, element: Json, value: Any, source: Json) -> None:
        """Tell the app, unless the element is an input's: https://docs.slack.dev/reference/block-kit/blocks/input-block

        What is entered there waits for the submission, but with `dispatch_action`.
        """
        if block["type"] == "input" and not block.get("dispatch_action"):
            self.world.changes.note()
            return
        told = payloads.action(self.world, block, element, value)
        await self.acts.ask(payloads.block_actions(self.world, user, [told], source))

    def _chosen(self, user: str, block: Json, element: Json, value: Any) -> Any:
        return chosen(self.world, user, block, element, value, offered=self._offered.get(user, {}))

    def _reply_urls(self, user: str, view: Json) -> list[Json]:
        """One for each conversation chosen where the element asks for it (`response_url_enabled`)."""
        urls = []
        for block, element in elements(view["blocks"]):
            state = view["state"]["values"].get(block["block_id"], {}).get(element["action_id"], {})
            channel = state.get("selected_conversation") or state.get("selected_channel")
            if element.get("response_url_enabled") and channel:
                target = ReplyUrl(user, channel, self.world.clock() + LIFETIME)
                url = f"{self.acts.base_url}respond/{self.world.reply_url(target)}"
                named = {"block_id": block["block_id"], "action_id": element["action_id"], "channel_id": channel}
                urls.append(named | {"response_url": url})
        return urls

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
            self.world.mistakes.of_call("view_submission", {"error": refused.code, **refused.facts})
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
        told = isinstance(errors, dict) and all(isinstance(words, str) for words in errors.values())
        if not told or not errors or not set(errors) <= inputs:
            self.world.mistakes.of_call("view_submission", {"error": "invalid_errors"})
            raise NotDelivered("invalid_errors", "应用返回的错误没有对应的输入项。")
        return SubmitReceipt(dict(errors), body)

    def _top(self, user: str) -> Json:
        stack = self.world.stacks.get(user)
        if not stack:
            raise Refused("no_modal", "没有打开的表单。")
        return stack[-1]

    def _home(self, user: str) -> Json:
        view = self.world.homes.get(user)
        if view is None:
            raise Refused("no_home", "主页还没有内容。")
        return view


def _find(blocks: list[Json], action_id: str, value: Any, block_id: str | None) -> tuple[Json, Json]:
    """The element meant; where several share an action_id, the block or the button's value tells them apart."""
    alike = [(b, e) for b, e in elements(blocks) if e["action_id"] == action_id and block_id in (None, b["block_id"])]
    exact = [(b, e) for b, e in alike if value is not None and e.get("value") == value]
    if not alike:
        raise Refused("action_not_found", "这个按钮已经不在了。")
    return (exact or alike)[0]
