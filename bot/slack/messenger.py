"""The wire to Slack's Web API: one shared session, no post sent twice, rate limits waited for."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.services.origin import Page
from bot.slack.addresses import trusted
from bot.slack.logs import quiet_logger
from bot.slack.problems import Refused, Unknown

Json = dict[str, Any]
Part = tuple[str, int]
"""A mark and the number of the page: which part of which answer."""

EVENT_TYPE = "ladder_answer"
TIMEOUT = 10.0
_FILE_TIMEOUT = aiohttp.ClientTimeout(total=120)
METHODS = (
    "assistant.threads.setStatus",
    "assistant.threads.setSuggestedPrompts",
    "assistant.threads.setTitle",
    "auth.test",
    "chat.postEphemeral",
    "chat.postMessage",
    "chat.update",
    "conversations.history",
    "conversations.open",
    "conversations.replies",
    "files.completeUploadExternal",
    "files.getUploadURLExternal",
    "files.info",
    "users.info",
    "users.lookupByEmail",
    "views.publish",
)
"""Everything that is called; the manifest's scopes come from here."""

_AMBIGUOUS = {"fatal_error", "internal_error", "service_unavailable", "request_timeout"}
_READS = {"auth.test", "conversations.history", "conversations.open", "conversations.replies", "users.info"}
_READS |= {"users.lookupByEmail", "views.publish", "chat.update", "files.info", "files.getUploadURLExternal"}
"""May be repeated: they change nothing, or the same to the same."""
_CLOCKS_DIFFER = timedelta(minutes=10)
_MOST_TRIES = 5
_MOST_PAGES = 5


@dataclass(frozen=True, slots=True)
class Identity:
    """Who we are at Slack."""

    team: str
    user: str
    bot: str


def web_client(token: str, base_url: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """slack_sdk opens a connection for each call unless given a session, and tries posts again unless told not to."""
    base = base_url if base_url.endswith("/") else f"{base_url}/"
    client = AsyncWebClient(token=token, base_url=base, session=session, retry_handlers=[], logger=quiet_logger())
    if is_local(base):
        client.proxy = None
    return client


def open_session(traces: list[aiohttp.TraceConfig] | None = None) -> aiohttp.ClientSession:
    """One for all calls; slack_sdk leaves the time-out to a session that it is given."""
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT), trace_configs=traces)


def post_trace(reach: Callable[[str], None]) -> aiohttp.TraceConfig:
    """Calls `reach` with `connected` and `bytes_sent` on the way of each post: tests end the process there."""
    trace = aiohttp.TraceConfig()

    async def starts(_: object, context: Any, told: aiohttp.TraceRequestStartParams) -> None:
        context.post = told.url.path.endswith("chat.postMessage")

    async def connected(_: object, context: Any, __: object) -> None:
        if context.post:
            reach("connected")

    async def sent(_: object, context: Any, __: object) -> None:
        if context.post:
            reach("bytes_sent")

    trace.on_request_start.append(starts)
    trace.on_connection_reuseconn.append(connected)
    trace.on_connection_create_end.append(connected)
    trace.on_request_chunk_sent.append(sent)
    return trace


def is_local(url: str) -> bool:
    """slack_sdk sends everything through HTTPS_PROXY, what stays on this machine too, and knows no NO_PROXY."""
    return urlsplit(url).hostname in ("127.0.0.1", "::1", "localhost")


class Messenger:
    """Calls Slack. Every method raises Refused or Unknown and nothing else."""

    def __init__(self, client: AsyncWebClient, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._client = client
        self._sleep = sleep
        self._direct: dict[str, str] = {}

    async def whoami(self) -> Identity:
        """The team and bot user that the token belongs to."""
        found = await self._call("auth.test")
        return Identity(found["team_id"], found["user_id"], found.get("bot_id", ""))

    async def post(self, channel: str, page: Page, thread: str | None, part: Part) -> str:
        """Once: a post of unknown outcome is not repeated here. The message's ts."""
        mark, number = part
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"mark": mark, "part": number}}
        where = {"thread_ts": thread} if thread else {}
        quiet = {"unfurl_links": False, "unfurl_media": False}
        content = {**_content(page), "metadata": metadata, **quiet, **where}
        return str((await self._call("chat.postMessage", channel=channel, **content)).get("ts", ""))

    async def update(self, channel: str, ts: str, page: Page) -> None:
        """Another content for a message of ours."""
        await self._call("chat.update", channel=channel, ts=ts, **_content(page))

    async def file(self, number: str) -> Json:
        """files.info."""
        found: Json = (await self._form("files.info", file=number))["file"]
        return found

    async def download(self, url: str, most: int) -> bytes:
        """A private file. Refused: foreign_address (the token goes to nobody else), not_a_file, too_large."""
        if not trusted(url, self._client.base_url):
            raise Refused("download", "foreign_address")
        return await self._over_http("download", self._read(url, most))

    async def upload(self, channel: str, name: str, content: bytes, comment: str, *, title: str) -> None:
        """In two steps; the address that takes the bytes is Slack's, and gets no token."""
        told = await self._form("files.getUploadURLExternal", filename=name, length=str(len(content)))
        await self._over_http("upload", self._send(str(told["upload_url"]), content))
        files = [{"id": told["file_id"], "title": title}]
        await self._call("files.completeUploadExternal", files=files, channel_id=channel, initial_comment=comment)

    async def _read(self, url: str, most: int) -> bytes:
        """Redirects lead to a page to log in: not followed, and no file."""
        header = {"Authorization": f"Bearer {self._client.token}"}
        how: Json = {"headers": header, "allow_redirects": False, "timeout": _FILE_TIMEOUT, "proxy": self._client.proxy}
        async with self._session.get(url, **how) as answer:
            if answer.status != 200 or answer.content_type == "text/html":
                raise Refused("download", "not_a_file")
            content = b""
            async for piece in answer.content.iter_chunked(1 << 16):
                content += piece
                if len(content) > most:
                    raise Refused("download", "too_large")
            return content

    async def _send(self, url: str, content: bytes) -> bytes:
        async with self._session.post(url, data=content, timeout=_FILE_TIMEOUT, proxy=self._client.proxy) as answer:
            if answer.status != 200:
                raise Refused("upload", "not_taken")
            return b""

    async def _over_http(self, method: str, work: Awaitable[bytes]) -> bytes:
        try:
            return await work
        except (aiohttp.ClientError, TimeoutError, OSError) as fault:
            raise Unknown(method, type(fault).__name__) from None

    @property
    def _session(self) -> aiohttp.ClientSession:
        assert self._client.session, "web_client gives every client one"
        return self._client.session

    async def post_ephemeral(self, channel: str, user: str, page: Page, thread: str | None) -> None:
        """Seen by one, and not kept."""
        where = {"thread_ts": thread} if thread else {}
        await self._call("chat.postEphemeral", channel=channel, user=user, **_content(page), **where)

    async def publish(self, user: str, view: Mapping[str, Any]) -> None:
        """The App Home of that user."""
        await self._call("views.publish", user_id=user, view=view)

    async def direct(self, user: str) -> str:
        """The direct message with that user; its id never changes."""
        if user not in self._direct:
            self._direct[user] = (await self._call("conversations.open", users=user))["channel"]["id"]
        return self._direct[user]

    async def user(self, user: str) -> Json:
        """users.info."""
        found: Json = (await self._form("users.info", user=user))["user"]
        return found

    async def user_by_email(self, email: str) -> Json:
        """users.lookupByEmail."""
        found: Json = (await self._form("users.lookupByEmail", email=email))["user"]
        return found

    async def parts_posted(self, channel: str, thread: str | None, since: datetime) -> dict[Part, str]:
        """The marks on messages there since then, with the message's ts."""
        posted = [(_part(message), message) async for message in self._since(channel, thread, since)]
        return {part: str(message.get("ts", "")) for part, message in posted if part}

    async def files_shared(self, channel: str, since: datetime) -> set[str]:
        """The names of files that apps have shared there since then."""
        messages = [message async for message in self._since(channel, None, since) if message.get("bot_id")]
        return {str(file.get("name")) for message in messages for file in message.get("files") or ()}

    async def suggest_prompts(self, channel: str, title: str, prompts: list[dict[str, str]]) -> bool:
        """Above the composer of an agent. Without `thread_ts`, with which the call would silently do nothing."""
        return await self._took(
            "assistant.threads.setSuggestedPrompts", channel_id=channel, title=title, prompts=prompts
        )

    async def set_status(self, channel: str, thread: str, status: str) -> bool:
        """Until the next message there."""
        return await self._took("assistant.threads.setStatus", channel_id=channel, thread_ts=thread, status=status)

    async def set_title(self, channel: str, thread: str, title: str) -> bool:
        """Of a thread in an agent's list."""
        return await self._took("assistant.threads.setTitle", channel_id=channel, thread_ts=thread, title=title)

    async def _took(self, method: str, **body: Any) -> bool:
        """An ornament: a workspace whose plan has no agents refuses it, and nothing is lost."""
        try:
            await self._call(method, **body)
        except (Refused, Unknown):
            return False
        return True

    async def written_before(self, channel: str, thread: str | None, ts: str, user: str) -> str:
        """The last words of that person before the message `ts` in a direct message."""
        method = "conversations.replies" if thread else "conversations.history"
        where = {"channel": channel, "latest": ts, "limit": "20"} | ({"ts": thread} if thread else {})
        try:
            found = (await self._form(method, **where))["messages"]
        except (Refused, Unknown):
            return ""
        own = [m for m in found if m.get("user") == user and not m.get("bot_id") and str(m.get("ts", "")) < ts]
        return str(max(own, key=lambda m: str(m["ts"]))["text"]) if own else ""

    async def _since(self, channel: str, thread: str | None, since: datetime) -> AsyncIterator[Json]:
        """Messages from some minutes earlier on: our clock may be ahead of Slack's."""
        method = "conversations.replies" if thread else "conversations.history"
        oldest = (since - _CLOCKS_DIFFER).timestamp()
        where: Json = {"channel": channel, "oldest": f"{oldest:.6f}", "include_all_metadata": "true"}
        where |= {"ts": thread} if thread else {}
        cursor = ""
        for _ in range(_MOST_PAGES):
            answer = await self._form(method, **where, limit="200", **({"cursor": cursor} if cursor else {}))
            for message in answer["messages"]:
                yield message
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    async def _call(self, method: str, **body: Any) -> Json:
        return await self._try(method, {"json": body})

    async def _form(self, method: str, **fields: str) -> Json:
        """Reading methods take no JSON at Slack."""
        return await self._try(method, {"data": fields})

    async def _try(self, method: str, body: Json) -> Json:
        """A rate limit is waited for (nothing was done then); a read is tried once more, a post never."""
        again = method in _READS
        for _ in range(_MOST_TRIES):
            try:
                answer = await self._client.api_call(method, **body)
                data: Any = answer.data
                return data if isinstance(data, dict) else {}
            except SlackApiError as error:
                wait = _rate_limit(error)
                if wait is None:
                    raise _problem(method, error) from None
                await self._sleep(wait)
            except (aiohttp.ClientError, TimeoutError, OSError) as fault:
                if not again:
                    raise Unknown(method, type(fault).__name__) from None
                again = False
        raise Unknown(method, "ratelimited")


def _content(page: Page) -> Json:
    blocks: Sequence[Mapping[str, Any]] = page.blocks
    return {"text": page.text, "blocks": list(blocks)}


def _part(message: Json) -> Part | None:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    if metadata.get("event_type") != EVENT_TYPE or not message.get("bot_id"):
        return None
    mark, number = payload.get("mark"), payload.get("part")
    return (mark, number) if isinstance(mark, str) and isinstance(number, int) else None


def _rate_limit(error: SlackApiError) -> float | None:
    """Seconds to wait, where Slack asks for it."""
    status = getattr(error.response, "status_code", getattr(error.response, "status", 0))
    if status != 429 and _code(error) != "ratelimited":
        return None
    headers = getattr(error.response, "headers", None) or {}
    given = next((value for name, value in headers.items() if name.lower() == "retry-after"), "1")
    return float(given) if str(given).isdigit() else 1.0


def _problem(method: str, error: SlackApiError) -> Refused | Unknown:
    code = _code(error)
    return Unknown(method, code or "unreadable") if not code or code in _AMBIGUOUS else Refused(method, code)


def _code(error: SlackApiError) -> str:
    """Empty where the answer was no JSON of Slack's."""
    data = getattr(error.response, "data", None)
    return str(data.get("error") or "") if isinstance(data, dict) else ""
