"""Events, commands and interactions over HTTP, signed: https://docs.slack.dev/authentication/verifying-requests-from-slack"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
from urllib.parse import urlencode

import aiohttp

from bot.workspace.delivery import Retry, Unacked
from bot.workspace.state import Json


def signed(secret: str, body: bytes, at: int) -> dict[str, str]:
    """The two headers by which an app knows that a request is Slack's; `at` in seconds since the epoch."""
    base = b"v0:%d:" % at + body
    signature = "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(at), "X-Slack-Signature": signature}


class HttpLine:
    """Posts to one address of the app; `patience` is how many seconds it may take to answer."""

    def __init__(self, target: str, secret: str, token: str, patience: float) -> None:
        self.target = target
        self.patience = patience
        self._secret = secret
        self._token = token
        self._verified = ""
        self._session: aiohttp.ClientSession | None = None

    async def hand(self, kind: str, payload: Json, retry: Retry) -> Json:
        """Post once and return the answer's body; raises Unacked for anything but 200 (an event: 2xx) in time."""
        if self._verified != self.target:
            await self.verify()
        if kind == "events_api":
            return await self._post(json.dumps(payload, ensure_ascii=False).encode(), "application/json", retry, 299)
        fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload, ensure_ascii=False)}
        return await self._post(urlencode(fields).encode(), "application/x-www-form-urlencoded", retry)

    async def verify(self) -> None:
        """The url_verification handshake; raises Unacked when the challenge does not come back."""
        challenge = secrets.token_hex(16)
        asked = {"type": "url_verification", "token": self._token, "challenge": challenge}
        answer = await self._post(json.dumps(asked).encode(), "application/json", Retry())
        if challenge not in (answer.get("challenge"), answer.get("text")):
            raise Unacked("url_verification")
        self._verified = self.target

    async def close(self) -> None:
        """Close the pooled connections."""
        if self._session is not None:
            await self._session.close()

    async def _post(self, body: bytes, content_type: str, retry: Retry, last_good: int = 200) -> Json:
        headers = {"Content-Type": content_type, "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)"}
        # An app holds the stamp against its own clock, so real time, whatever the workspace's clock says.
        headers |= signed(self._secret, body, int(time.time()))
        if retry.num:
            headers |= {"X-Slack-Retry-Num": str(retry.num), "X-Slack-Retry-Reason": retry.reason}
        if self._session is None:
            self._session = aiohttp.ClientSession()
        timeout = aiohttp.ClientTimeout(total=self.patience)
        try:
            async with self._session.post(
                self.target, data=body, headers=headers, timeout=timeout, max_redirects=2
            ) as response:
                text = await response.text()
        except TimeoutError:
            raise Unacked("http_timeout") from None
        except aiohttp.TooManyRedirects:
            raise Unacked("too_many_redirects") from None
        except aiohttp.ClientSSLError:
            raise Unacked("ssl_error") from None
        except aiohttp.ClientError:
            raise Unacked("connection_failed") from None
        if not 200 <= response.status <= last_good:
            raise Unacked("http_error", final=response.headers.get("X-Slack-No-Retry") == "1")
        return _read(text, response.content_type)


def _read(text: str, content_type: str) -> Json:
    """An ack's body: an object, or plain words, which mean a message of those words."""
    if not text.strip():
        return {}
    if content_type == "application/json":
        try:
            value = json.loads(text)
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}
    return {"text": text}
