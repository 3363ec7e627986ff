"""The wire: what goes out, what is kept of an answer, and what an error means."""

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.slack.messenger import Messenger, open_session, web_client
from bot.slack.problems import Refused, Unknown
from bot.workspace import WorkspaceThread
from bot.workspace.faults import Fault
from tests.handlers.branch import OWN, branch_seed


@dataclass(frozen=True)
class Words:
    """A message of one section."""

    text: str = "标题"
    blocks: list[dict[str, Any]] = field(
        default_factory=lambda: [{"type": "section", "text": {"type": "mrkdwn", "text": "内容"}}]
    )

    def plain(self) -> str:
        return "内容"


@pytest.fixture
def workspace() -> Iterator[WorkspaceThread]:
    with WorkspaceThread(branch_seed()) as running:
        yield running


def _run(api_url: str, work: Callable[[Messenger], Awaitable[Any]], token: str = "xoxb-demo") -> Any:
    async def go() -> Any:
        session = open_session()
        try:
            return await work(Messenger(web_client(token, api_url, session)))
        finally:
            await session.close()

    return asyncio.run(go())


def test_a_message_carries_an_opaque_mark_that_can_be_found_again(workspace: WorkspaceThread) -> None:
    since = datetime.now(UTC) - timedelta(seconds=5)

    async def work(messenger: Messenger) -> Any:
        channel = await messenger.direct(OWN)
        await messenger.post(channel, Words(), None, ("abc", 0))
        await messenger.post(channel, Words(), None, ("abc", 1))
        top = await messenger.parts_posted(channel, None, since)
        later = await messenger.parts_posted(channel, None, datetime.now(UTC) + timedelta(minutes=20))
        return top, later

    top, later = _run(workspace.api_url, work)
    (first, _) = workspace.dm(OWN)
    assert set(top) == {("abc", 0), ("abc", 1)} and top["abc", 0] == first["ts"]
    assert later == {}
    assert first["metadata"] == {"event_type": "ladder_answer", "event_payload": {"mark": "abc", "part": 0}}


def test_a_mark_in_a_thread_is_found_in_the_thread(workspace: WorkspaceThread) -> None:
    since = datetime.now(UTC) - timedelta(seconds=5)

    async def work(messenger: Messenger) -> Any:
        channel = await messenger.direct(OWN)
        await messenger.post(channel, Words(), None, ("root", 0))
        ts = workspace.dm(OWN)[0]["ts"]
        await messenger.post(channel, Words(), ts, ("reply", 0))
        return await messenger.parts_posted(channel, ts, since)

    assert ("reply", 0) in _run(workspace.api_url, work)


def test_slack_s_refusal_bears_its_code(workspace: WorkspaceThread) -> None:
    with pytest.raises(Refused) as refused:
        _run(workspace.api_url, lambda m: m.post("C0TRADE", Words(), None, ("x", 0)))
    assert refused.value.code == "not_in_channel"
    with pytest.raises(Refused) as refused:
        _run(workspace.api_url, lambda m: m.whoami(), token="xoxb-wrong")
    assert refused.value.code == "invalid_auth"


@pytest.mark.parametrize("code", ["fatal_error", "internal_error", "service_unavailable", "request_timeout"])
def test_an_ambiguous_code_is_an_unknown_outcome(workspace: WorkspaceThread, code: str) -> None:
    workspace.fail(Fault("chat.postMessage", code))
    with pytest.raises(Unknown):
        _run(workspace.api_url, lambda m: m.post(workspace.dm_id(OWN), Words(), None, ("x", 0)))


def test_a_read_is_tried_once_more_when_the_connection_drops(workspace: WorkspaceThread) -> None:
    workspace.fail(Fault("users.info", reset=True))
    assert _run(workspace.api_url, lambda m: m.user(OWN))["id"] == OWN


def test_retry_after_is_honoured_to_the_second(workspace: WorkspaceThread) -> None:
    workspace.fail(Fault("chat.postMessage", "ratelimited", 429, retry_after=17), times=2)
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    async def go() -> None:
        session = open_session()
        messenger = Messenger(web_client("xoxb-demo", workspace.api_url, session), sleep)
        await messenger.post(workspace.dm_id(OWN), Words(), None, ("x", 0))
        await session.close()

    asyncio.run(go())
    assert waited == [17.0, 17.0]
    assert len(workspace.dm(OWN)) == 1


class RawServer:
    """Takes each request whole, then answers these bytes, or nothing, and hangs up."""

    def __init__(self, answer: bytes) -> None:
        self.requests = 0
        self._answer = answer
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/api/"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                head, _, body = connection.recv(65536).partition(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0] or 0)
                while len(body) < length:
                    body += connection.recv(65536)
                self.requests += 1
                connection.sendall(self._answer)

    def close(self) -> None:
        self._socket.close()


HTML = b"<html>upstream error</html>"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n{",
        b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(HTML) + HTML,
        b"HTTP/1.1 500 Oops\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\noops",
        b"no HTTP at all",
    ],
    ids=["nothing", "half an answer", "broken JSON", "a gateway's page", "plain text", "no HTTP"],
)
def test_a_post_goes_out_once_whatever_comes_back(answer: bytes) -> None:
    server = RawServer(answer)
    try:
        with pytest.raises(Unknown):
            _run(server.url, lambda m: m.post("D1", Words(), None, ("x", 0)))
        assert server.requests == 1
    finally:
        server.close()


def test_nobody_there_is_an_unknown_outcome_too() -> None:
    with pytest.raises(Unknown):
        _run("http://127.0.0.1:9/api/", lambda m: m.post("D1", Words(), None, ("x", 0)))
