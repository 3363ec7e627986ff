"""The addresses of files: uploads by ticket, downloads by an app's token, and those of the page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import quote

from aiohttp import BodyPartReader, web

from bot.workspace.acts import Acts
from bot.workspace.files import MOST_BYTES, MOST_NAME, StoredFile, file_object, keep, may_read, share
from bot.workspace.problems import NotDelivered, Refused
from bot.workspace.state import World


class FileRoutes:
    """What to add to the server."""

    def __init__(self, acts: Acts) -> None:
        self._acts = acts
        self._world: World = acts.world
        self.downloads: list[tuple[str, int]] = []
        """(file id, status) of every download by an app so far."""

    def routes(self) -> list[web.RouteDef]:
        """Slack's own, and the page's."""
        return [
            web.post("/upload/v1/{ticket}", self.upload),
            web.get("/files-pri/{ref}/{name}", self.download),
            web.get("/files-pri/{ref}/download/{name}", self.download),
            web.get("/page/files/{id}", self.show),
            web.post("/page/drop", self.drop),
            web.post("/page/upload", self.put),
        ]

    async def upload(self, request: web.Request) -> web.Response:
        """The bytes as the body, or as one part of a form; the address is good once."""
        stored = self._world.files.get(self._world.upload_tickets.pop(request.match_info["ticket"], ""))
        if stored is None:
            raise web.HTTPNotFound
        content = await _form_part(request) if request.content_type.startswith("multipart/") else await request.read()
        if len(content) != stored.length:
            raise web.HTTPBadRequest(text="length_mismatch")
        stored.content = content
        return web.Response(text=f"OK - {len(content)}")

    async def download(self, request: web.Request) -> web.Response:
        """https://docs.slack.dev/reference/objects/file-object: without token or scope one is sent to log in."""
        stored = self._world.files.get(request.match_info["ref"].partition("-")[2])
        token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        seed = self._world.seed
        allowed = token == seed.bot_token and "files:read" in self._world.manifest.scopes
        if stored is None or not allowed or not may_read(self._world, stored, seed.bot_user_id):
            self.downloads.append((stored.id if stored else "", 302))
            raise web.HTTPFound(f"/?redir={quote(request.path)}")
        self.downloads.append((stored.id, 200))
        return _sent(stored)

    async def show(self, request: web.Request) -> web.Response:
        """A person's own browser."""
        stored = self._world.files.get(request.match_info["id"])
        if stored is None or not may_read(self._world, stored, request.query.get("as", "")):
            raise web.HTTPNotFound
        return _drawn(stored) if request.query.get("show") else _sent(stored)

    async def put(self, request: web.Request) -> web.Response:
        """A file chosen in a form, as the body; `{ok, file}`. The app may read it, as in the direct message."""
        user, name, content = request.query.get("as", ""), request.query.get("name", ""), await request.read()
        if user not in self._world.users or not 1 <= len(name) <= MOST_NAME or len(content) > MOST_BYTES:
            return web.json_response({"ok": False, "notice": "不能接收这个文件。", "reason": "no_file"})
        stored = keep(self._world, user, name, content)
        share(stored, self._world.direct_message(user))
        return web.json_response({"ok": True, "file": file_object(self._world, stored, self._acts.base_url)})

    async def drop(self, request: web.Request) -> web.Response:
        """Files dropped on the page, as one message: the body is one, or a form's parts; `{ok}` or `{ok, notice}`."""
        asked = request.query
        try:
            files, thread = await _dropped(request), asked.get("thread_ts") or None
            await self._acts.drop_files(asked.get("as", ""), files, asked.get("channel") or None, thread_ts=thread)
        except Refused as refused:
            return web.json_response({"ok": False, "notice": refused.words, "reason": refused.reason})
        except NotDelivered as failed:
            return web.json_response({"ok": False, "notice": failed.words, "reason": failed.reason, "sent": True})
        return web.json_response({"ok": True})


async def _dropped(request: web.Request) -> list[tuple[str, bytes]]:
    if not request.content_type.startswith("multipart/"):
        return [(request.query.get("name", ""), await request.read())]
    parts = [part async for part in _parts(request)]
    return [(part.filename or "", content) for part, content in parts]


async def _parts(request: web.Request) -> AsyncIterator[tuple[BodyPartReader, bytes]]:
    async for part in await request.multipart():
        if isinstance(part, BodyPartReader):
            yield part, bytes(await part.read(decode=False))


async def _form_part(request: web.Request) -> bytes:
    return next((content for _, content in [one async for one in _parts(request)]), b"")


def _sent(stored: StoredFile) -> web.Response:
    """As a download, whatever it holds: a page of somebody's must not run here."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(stored.name)}",
        "X-Content-Type-Options": "nosniff",
    }
    return web.Response(body=stored.content or b"", content_type="application/octet-stream", headers=headers)


def _drawn(stored: StoredFile) -> web.Response:
    """In the page, where its first bytes say that it is a picture without script (so no SVG)."""
    content = stored.content or b""
    kind = next((kind for begin, kind in _PICTURES.items() if content.startswith(begin)), None)
    if kind is None:
        raise web.HTTPUnsupportedMediaType
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}
    return web.Response(body=content, content_type=kind, headers=headers)


_PICTURES = {b"\x89PNG\r\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif", b"RIFF": "image/webp"}
MOST_BODY = MOST_BYTES + 1024 * 1024
"""What the server takes in one request: a file and what stands around it."""
