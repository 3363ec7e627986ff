"""What becomes of the connection to the app, as slack_sdk's own Socket Mode clients meet it.

https://docs.slack.dev/apis/events-api/using-socket-mode
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.aiohttp import SocketModeClient as AsyncSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Workspace, WorkspaceThread

from .apps import client, let_go
from .raw import RawSocket, with_workspace

Heard = list[SocketModeRequest]


@contextmanager
def sync_client(workspace: WorkspaceThread, heard: Heard) -> Iterator[None]:
    socket = SocketModeClient("xapp-test", web_client=client(workspace, "xapp-test"), ping_interval=0.2)

    def take(socket_client: Any, request: SocketModeRequest) -> None:
        heard.append(request)
        socket_client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))

    socket.socket_mode_request_listeners.append(take)
    socket.connect()
    try:
        yield
    finally:
        let_go(socket)


@contextmanager
def async_client(workspace: WorkspaceThread, heard: Heard) -> Iterator[None]:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()

    async def take(socket_client: Any, request: SocketModeRequest) -> None:
        heard.append(request)
        await socket_client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))

    async def start() -> AsyncSocketModeClient:
        web = AsyncWebClient(token="xapp-test", base_url=workspace.api_url)
        socket = AsyncSocketModeClient("xapp-test", web_client=web, ping_interval=0.2)
        socket.socket_mode_request_listeners.append(take)
        await socket.connect()
        return socket

    socket = asyncio.run_coroutine_threadsafe(start(), loop).result(10)
    try:
        yield
    finally:
        asyncio.run_coroutine_threadsafe(socket.close(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)


@pytest.fixture(params=[sync_client, async_client], ids=["sync", "async"])
def listening(request: pytest.FixtureRequest, workspace: WorkspaceThread) -> Iterator[tuple[WorkspaceThread, Heard]]:
    heard: Heard = []
    with request.param(workspace, heard):
        workspace.wait_for(lambda: workspace.workspace.hub.sockets)
        yield workspace, heard


def texts(heard: Heard) -> list[str]:
    return [r.payload["event"]["text"] for r in heard]


def break_and_wait(workspace: WorkspaceThread, harm: Callable[[], None]) -> None:
    """Do harm to the open socket and wait until the client has come back by itself."""
    before = list(workspace.workspace.hub.sockets)
    harm()
    workspace.wait_for(lambda: [s for s in workspace.workspace.hub.sockets if s not in before], timeout=20)


def test_a_dropped_socket_is_opened_anew_and_nothing_is_lost(listening: tuple[WorkspaceThread, Heard]) -> None:
    workspace, heard = listening
    workspace.say("U1", "一")
    break_and_wait(workspace, workspace.drop_sockets)
    workspace.say("U1", "二")
    workspace.wait_for(lambda: texts(heard) == ["一", "二"])


def test_a_half_open_socket_is_noticed_by_its_pings_and_the_event_comes_again(
    listening: tuple[WorkspaceThread, Heard],
) -> None:
    workspace, heard = listening
    break_and_wait(workspace, workspace.leave_sockets_half_open)
    workspace.say("U1", "还在吗")
    workspace.wait_for(lambda: texts(heard)[-1:] == ["还在吗"])
    assert workspace.look(lambda: len(workspace.workspace.hub.sockets)) <= 2


def test_before_a_refresh_comes_a_warning_and_after_it_another_socket(listening: tuple[WorkspaceThread, Heard]) -> None:
    workspace, heard = listening
    break_and_wait(workspace, lambda: workspace.disconnect("warning"))  # slack_sdk comes anew at the warning already
    workspace.say("U1", "一")
    break_and_wait(workspace, lambda: workspace.disconnect("refresh_requested"))
    workspace.say("U1", "二")
    workspace.wait_for(lambda: list(dict.fromkeys(texts(heard))) == ["一", "二"])


def test_an_event_whose_ack_is_lost_comes_again_with_the_same_id(listening: tuple[WorkspaceThread, Heard]) -> None:
    workspace, heard = listening
    workspace.lose_acks(1)
    workspace.say("U1", "喂")
    workspace.wait_for(lambda: len(heard) == 2)
    assert [(r.retry_attempt, r.retry_reason) for r in heard] == [(0, ""), (1, "timeout")]
    assert len({r.payload["event_id"] for r in heard}) == 1
    assert [(h.retry.num, h.failed) for h in workspace.handed] == [(0, ""), (1, "")]


def test_ten_sockets_and_no_more() -> None:
    async def story(workspace: Workspace) -> None:
        sockets = [await RawSocket.connect(workspace) for _ in range(10)]
        assert sockets[-1].hello["num_connections"] == 10
        with pytest.raises(SlackApiError, match="too_many_websockets"):
            await AsyncWebClient(token="xapp-test", base_url=workspace.api_url).apps_connections_open(
                app_token="xapp-test"
            )
        for socket in sockets:
            await socket.close()

    with_workspace(story)


def test_the_time_of_every_ack_is_kept(workspace: WorkspaceThread) -> None:
    async def story(workspace: Workspace) -> None:
        raw = await RawSocket.connect(workspace)
        saying = asyncio.create_task(workspace.say("U1", "喂"))
        envelope = await raw.next()
        await asyncio.sleep(0.1)
        await raw.ack(envelope)
        await saying
        (handed,) = workspace.handed
        assert (handed.kind, handed.failed) == ("events_api", "") and handed.seconds >= 0.1
        await raw.close()

    with_workspace(story, patience=3)
