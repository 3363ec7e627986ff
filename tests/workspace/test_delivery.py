"""Socket Mode and HTTP: retries, one socket of N, signatures. Written against docs.slack.dev/apis/events-api."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import NotDelivered, Workspace, WorkspaceThread

from .apps import sync_app
from .conftest import make_seed
from .raw import RawSocket, with_workspace


def test_hello_tells_the_number_of_connections_and_the_app() -> None:
    async def story(workspace: Workspace) -> None:
        first, second = await RawSocket.connect(workspace), await RawSocket.connect(workspace)
        assert first.hello["type"] == "hello"
        assert second.hello["num_connections"] == 2
        assert second.hello["connection_info"] == {"app_id": "A1"}
        await first.close()
        await second.close()

    with_workspace(story)


def test_a_socket_address_is_good_for_one_socket_only() -> None:
    async def story(workspace: Workspace) -> None:
        async with aiohttp.ClientSession() as session:
            headers = {"Authorization": "Bearer xapp-test"}
            async with session.post(f"{workspace.api_url}apps.connections.open", headers=headers) as response:
                url = (await response.json())["url"]
            async with session.ws_connect(url):
                with pytest.raises(aiohttp.WSServerHandshakeError):
                    await session.ws_connect(url)

    with_workspace(story)


def test_an_unacked_event_comes_again_with_its_retry_number_and_the_same_event_id() -> None:
    async def story(workspace: Workspace) -> None:
        raw = await RawSocket.connect(workspace)
        saying = asyncio.create_task(workspace.say("U1", "喂"))
        tries = [await raw.next() for _ in range(3)]
        await raw.ack(tries[-1])
        await saying
        assert [(t["retry_attempt"], t["retry_reason"]) for t in tries] == [(0, ""), (1, "timeout"), (2, "timeout")]
        assert len({t["payload"]["event_id"] for t in tries}) == 1
        assert len({t["envelope_id"] for t in tries}) == 3
        assert not tries[0]["accepts_response_payload"]
        await raw.close()

    with_workspace(story)


def test_after_three_retries_nobody_tries_again() -> None:
    async def story(workspace: Workspace) -> None:
        raw = await RawSocket.connect(workspace)
        with pytest.raises(NotDelivered) as failed:
            await workspace.say("U1", "喂")
        assert failed.value.reason == "timeout"
        assert [(await raw.next())["retry_attempt"] for _ in range(4)] == [0, 1, 2, 3]
        await raw.close()

    with_workspace(story, patience=0.05)


def test_each_envelope_goes_to_one_socket_of_several() -> None:
    async def story(workspace: Workspace) -> None:
        sockets = [await RawSocket.connect(workspace) for _ in range(3)]
        got: list[list[str]] = [[] for _ in sockets]

        async def take(raw: RawSocket, into: list[str]) -> None:
            while True:
                envelope = await raw.next()
                into.append(envelope["payload"]["event"]["text"])
                await raw.ack(envelope)

        takers = [asyncio.create_task(take(*pair)) for pair in zip(sockets, got, strict=True)]
        for n in range(9):
            await workspace.say("U1", str(n))
        assert sorted(text for each in got for text in each) == [str(n) for n in range(9)]
        assert all(got)
        for taker in takers:
            taker.cancel()
        for raw in sockets:
            await raw.close()

    with_workspace(story)


def test_an_event_whose_socket_drops_before_the_ack_goes_to_another() -> None:
    async def story(workspace: Workspace) -> None:
        first, second = await RawSocket.connect(workspace), await RawSocket.connect(workspace)
        saying = asyncio.create_task(workspace.say("U1", "喂"))
        waiting = {asyncio.create_task(raw.next()): raw for raw in (first, second)}
        done, left = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        await waiting[done.pop()].close()
        remaining = left.pop()
        envelope = await remaining
        assert (envelope["retry_attempt"], envelope["retry_reason"]) == (1, "socket_closed")
        await waiting[remaining].ack(envelope)
        await saying
        await waiting[remaining].close()

    with_workspace(story, patience=5)


def test_a_command_is_not_sent_twice() -> None:
    async def story(workspace: Workspace) -> None:
        raw = await RawSocket.connect(workspace)
        with pytest.raises(NotDelivered, match="operation_timeout"):
            await workspace.slash("U1", "/echo x")
        envelope = await raw.next()
        assert envelope["type"] == "slash_commands"
        assert envelope["accepts_response_payload"]
        assert "retry_attempt" not in envelope
        await raw.ack(envelope)
        saying = asyncio.create_task(workspace.say("U1", "下一个"))
        following = await raw.next()
        assert following["type"] == "events_api"
        await raw.ack(following)
        await saying
        await raw.close()

    with_workspace(story, patience=0.1)


def test_a_refresh_makes_the_app_reconnect_and_lose_nothing(workspace: WorkspaceThread) -> None:
    heard: list[str] = []

    def listen(app: Any) -> None:
        @app.event("message")
        def message(event: dict[str, Any]) -> None:
            heard.append(event["text"])

    with sync_app(workspace, listen):
        workspace.say("U1", "一")
        workspace.disconnect()
        workspace.say("U1", "二")
        workspace.wait_for(lambda: heard == ["一", "二"])


def test_a_payload_can_be_handed_over_as_it_stands(workspace: WorkspaceThread) -> None:
    seen: list[Any] = []

    def listen(app: Any) -> None:
        @app.event("message")
        def message(body: dict[str, Any], context: Any, request: Any) -> None:
            seen.append((body["event_id"], request.headers.get("x-slack-retry-num")))

    event = {"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "text": "又来", "ts": "1.000001"}
    payload = {"type": "event_callback", "team_id": "T1", "api_app_id": "A1", "event_id": "Ev1", "event": event}
    with sync_app(workspace, listen):
        workspace.inject(payload)
        workspace.inject(payload, retry_num=1, retry_reason="timeout")
        workspace.wait_for(lambda: len(seen) == 2)
    assert seen == [("Ev1", ["0"]), ("Ev1", ["1"])]


# -- HTTP ---------------------------------------------------------------------------------------------------------


class HttpApp:
    """A web server of the app's side in its own loop; `answer` decides about each request."""

    def __init__(self, answer: Callable[[web.Request], Any]) -> None:
        self.answer = answer
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        self.target = asyncio.run_coroutine_threadsafe(self.start(), self.loop).result(5)

    async def start(self) -> str:
        app = web.Application()
        app.router.add_post("/slack/events", self.take)
        self.runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self.runner.setup()
        site = web.TCPSite(self.runner, "127.0.0.1", 0)
        await site.start()
        port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        return f"http://127.0.0.1:{port}/slack/events"

    async def take(self, request: web.Request) -> web.StreamResponse:
        self.requests.append((dict(request.headers), await request.read()))
        response: web.StreamResponse = await self.answer(request)
        return response

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self.runner.cleanup(), self.loop).result(5)
        self.loop.call_soon_threadsafe(self.loop.stop)


@pytest.fixture
def serve() -> Iterator[Callable[[Callable[[web.Request], Any]], HttpApp]]:
    running: list[HttpApp] = []

    def start(answer: Callable[[web.Request], Any]) -> HttpApp:
        running.append(HttpApp(answer))
        return running[-1]

    yield start
    for app in running:
        app.close()


def http_workspace(target: str) -> WorkspaceThread:
    return WorkspaceThread(make_seed(), http_target=target, patience=1.5, retry_delays=(0, 0.01, 0.01))


async def challenge_or_none(request: web.Request) -> web.Response | None:
    if request.content_type == "application/json":
        body = await request.json()
        if body["type"] == "url_verification":
            return web.json_response({"challenge": body["challenge"]})
    return None


def test_a_bolt_app_over_http_answers_events_commands_and_checks_the_signature(serve: Any) -> None:
    async def bolt(request: web.Request) -> web.StreamResponse:
        response: web.StreamResponse = await to_aiohttp_response(
            await app.async_dispatch(await to_bolt_request(request))
        )
        return response

    http = serve(bolt)
    with http_workspace(http.target) as workspace:
        app = AsyncApp(client=AsyncWebClient(token="xoxb-test", base_url=workspace.api_url), signing_secret="s3cret")

        @app.event("message")
        async def message(say: Any) -> None:
            await say("收到")

        @app.command("/echo")
        async def command(ack: Any, command: dict[str, Any]) -> None:
            await ack({"response_type": "in_channel", "text": command["text"]})

        workspace.say("U1", "喂")
        workspace.wait_for(lambda: [m["text"] for m in workspace.dm("U1")] == ["喂", "收到"])
        workspace.slash("U1", "/echo 大家好", channel="C1")
        assert [m["text"] for m in workspace.messages("C1")] == ["大家好"]
    kinds = [headers["Content-Type"] for headers, _ in http.requests]
    assert kinds[0] == "application/json"
    assert kinds[-1].startswith("application/x-www-form-urlencoded") or "application/x-www-form-urlencoded" in kinds


def test_requests_are_signed_as_slack_signs_them(serve: Any) -> None:
    async def ok(request: web.Request) -> web.Response:
        return await challenge_or_none(request) or web.Response()

    http = serve(ok)
    with http_workspace(http.target) as workspace:
        workspace.slash("U1", "/echo 一 & 二")
    for headers, body in http.requests:
        base = b"v0:" + headers["X-Slack-Request-Timestamp"].encode() + b":" + body
        assert headers["X-Slack-Signature"] == "v0=" + hmac.new(b"s3cret", base, hashlib.sha256).hexdigest()
    form = parse_qs(http.requests[-1][1].decode())
    assert (form["command"], form["text"], form["api_app_id"]) == (["/echo"], ["一 &amp; 二"], ["A1"])


def test_a_failing_http_app_gets_three_retries_with_number_and_reason(serve: Any) -> None:
    async def broken(request: web.Request) -> web.Response:
        return await challenge_or_none(request) or web.Response(status=500)

    http = serve(broken)
    with http_workspace(http.target) as workspace, pytest.raises(NotDelivered) as failed:
        workspace.say("U1", "喂")
    assert failed.value.reason == "http_error"
    told = [(h.get("X-Slack-Retry-Num"), h.get("X-Slack-Retry-Reason")) for h, _ in http.requests[1:]]
    assert told == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]
    assert len({json.loads(body)["event_id"] for _, body in http.requests[1:]}) == 1


def test_an_http_app_can_ask_for_no_retries(serve: Any) -> None:
    async def broken(request: web.Request) -> web.Response:
        return await challenge_or_none(request) or web.Response(status=500, headers={"X-Slack-No-Retry": "1"})

    http = serve(broken)
    with http_workspace(http.target) as workspace, pytest.raises(NotDelivered):
        workspace.say("U1", "喂")
    assert len(http.requests) == 2


def test_an_address_that_does_not_return_the_challenge_gets_nothing(serve: Any) -> None:
    async def deaf(_: web.Request) -> web.Response:
        return web.Response(text="ok")

    http = serve(deaf)
    with http_workspace(http.target) as workspace, pytest.raises(NotDelivered) as failed:
        workspace.slash("U1", "/echo x")
    assert failed.value.reason == "url_verification"
    assert [json.loads(body)["type"] for _, body in http.requests] == ["url_verification"]


def test_an_event_may_be_acked_by_any_2xx_but_a_command_by_200_alone(serve: Any) -> None:
    """https://docs.slack.dev/apis/events-api#responding"""

    async def brief(request: web.Request) -> web.Response:
        return await challenge_or_none(request) or web.Response(status=204)

    http = serve(brief)
    with http_workspace(http.target) as workspace:
        workspace.say("U1", "喂")
        with pytest.raises(NotDelivered) as failed:
            workspace.slash("U1", "/echo x")
    assert failed.value.reason == "http_error"
    assert len(http.requests) == 3


def test_an_event_follows_two_redirects_and_no_more(serve: Any) -> None:
    async def away(request: web.Request) -> web.Response:
        known = await challenge_or_none(request)
        return known or web.Response(status=307, headers={"Location": str(request.url)})

    http = serve(away)
    with http_workspace(http.target) as workspace, pytest.raises(NotDelivered) as failed:
        workspace.say("U1", "喂")
    assert failed.value.reason == "too_many_redirects"
