"""Socket Mode: envelopes to Bolt, their acks back, and a new connection whenever one ends."""

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.logs import quiet_logger
from bot.slack.messenger import is_local
from bot.slack.problems import SlackUnavailable
from bot.slack.shape import well_formed

log = structlog.get_logger("ladder.socket")


class SocketLine(AsyncSocketModeHandler):
    """Bolt's own handler, but for payloads of no known shape and for the end: then nothing more is taken."""

    def __init__(self, app: AsyncApp, app_token: str, web_client: AsyncWebClient) -> None:
        super().__init__(app, app_token, logger=quiet_logger(), web_client=web_client)
        self._closing = False
        if is_local(web_client.base_url):
            self.client.proxy = None

    async def handle(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        """What is not acked while we end, Slack gives to another connection."""
        if self._closing:
            return
        if not well_formed(req.payload):
            log.warning("malformed envelope", kind=req.type)
            await client.send_socket_mode_response(SocketModeResponse(envelope_id=req.envelope_id))
            return
        await super().handle(client, req)  # type: ignore[arg-type]

    async def open(self) -> None:
        """Connects; a refused app token ends the program here, where slack_sdk would try for ever."""
        try:
            self.client.wss_uri = await self.client.issue_new_wss_url()
        except SlackApiError as error:
            raise SlackUnavailable(reason=f"apps.connections.open: {error.response.get('error')}") from None
        await self.client.connect()  # type: ignore[no-untyped-call]

    def take_no_more(self) -> None:
        """From now on envelopes are left to others."""
        self._closing = True

    async def close(self) -> None:
        """Lets go of the connection."""
        await self.client.close()  # type: ignore[no-untyped-call]

    async def connected(self) -> bool:
        """Whether a socket is open."""
        return await self.client.is_connected()
