"""Slack's agent pane: prompts by role, a status while an answer takes long, a title for a thread. Everything works
without it: where Slack refuses one of these, nothing is said (https://docs.slack.dev/ai/developing-agents)."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Protocol

from bot.domain.access import Surface
from bot.errors import BotError
from bot.questions.understanding import Understanding
from bot.render.renderer import Renderer
from bot.services.origin import Directory, Mail, Sent
from bot.services.ports import Clock
from bot.services.prompting import Prompting
from handlers.requests import Question, Request, ShowPrompts

InThread = Callable[..., Awaitable[Any]]

_LONGEST_TITLE = 40
_MOST_TITLED = 10_000


class Pane(Protocol):
    """The messenger, as far as the pane goes: each call says whether Slack took it."""

    async def suggest_prompts(self, channel: str, title: str, prompts: list[dict[str, str]]) -> bool: ...

    async def set_status(self, channel: str, thread: str, status: str) -> bool: ...

    async def set_title(self, channel: str, thread: str, title: str) -> bool: ...


class AgentDesk:
    """What the pane shows beside the answers."""

    def __init__(
        self,
        *,
        pane: Pane,
        prompting: Prompting,
        understanding: Understanding,
        directory: Directory,
        renderer: Renderer,
        clock: Clock,
        in_thread: InThread,
        slow: float = 0.7,
    ) -> None:
        """`slow`: after so many seconds without an answer the status is set."""
        self._pane = pane
        self._prompting = prompting
        self._understanding = understanding
        self._titled: dict[tuple[str, str], None] = {}
        self._directory = directory
        self._renderer = renderer
        self._clock = clock
        self._in_thread = in_thread
        self._slow = slow

    async def __call__(self, request: ShowPrompts, mail: Mail) -> Sent:
        """The messages tab was opened."""
        known = await self._directory.known(request.origin)
        names = await self._in_thread(lambda: self._prompting(known()))
        title, prompts = self._renderer.prompts(names)
        await self._pane.suggest_prompts(request.origin.channel or "", title, prompts)
        return Sent.DONE

    async def beside(self, request: Request, answering: Awaitable[Sent]) -> Sent:
        """The answer, with a status when it is slow, and the thread's title after it."""
        thread = request.origin.thread
        if not isinstance(request, Question) or request.origin.surface is not Surface.DM or thread is None:
            return await answering
        waiting = asyncio.create_task(self._say_slow(request, thread))
        try:
            sent = await answering
        finally:
            waiting.cancel()
        with suppress(BotError):
            await self._name(request, thread)
        return sent

    async def _say_slow(self, request: Request, thread: str) -> None:
        await asyncio.sleep(self._slow)
        await self._pane.set_status(request.origin.channel or "", thread, self._renderer.agent_status())

    async def _name(self, request: Question, thread: str) -> None:
        """Once a thread, by what was asked first, without its figures; after a restart anew."""
        channel = request.origin.channel or ""
        if (channel, thread) in self._titled:
            return
        if len(self._titled) >= _MOST_TITLED:
            self._titled.pop(next(iter(self._titled)))
        self._titled[channel, thread] = None
        title = self._understanding.without_figures(request.text, self._clock.now().date())[:_LONGEST_TITLE]
        if title:
            await self._pane.set_title(channel, thread, title)
