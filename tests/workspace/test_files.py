"""Files: dropped by people, uploaded by apps, read by whoever is where they stand."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.workspace import WorkspaceThread
from tests.workspace.apps import client, sync_app
from tests.workspace.conftest import make_seed


def with_file_scopes(manifest: dict[str, Any]) -> None:
    manifest["oauth_config"]["scopes"]["bot"] += ["files:read", "files:write"]


@pytest.fixture
def open_workspace() -> Callable[[], WorkspaceThread]:
    return lambda: WorkspaceThread(make_seed(with_file_scopes), patience=1.5, retry_delays=(0, 0.05, 0.1))


def fetched(url: str, token: str) -> bytes:
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request) as answer:
        return bytes(answer.read())


def test_a_dropped_file_is_told_as_a_file_share_and_can_be_fetched_with_the_token(open_workspace: Any) -> None:
    heard: list[dict[str, Any]] = []

    def listen(app: Any) -> None:
        @app.event("message")
        def hear(event: dict[str, Any]) -> None:
            heard.append(event)

    with open_workspace() as workspace, sync_app(workspace, listen):
        workspace.drop_file("U1", "台账.xlsx", b"PK-bytes")
        (event,) = workspace.wait_for(lambda: heard)
        assert event["subtype"] == "file_share" and event["channel_type"] == "im"
        (told,) = event["files"]
        assert (told["name"], told["size"], told["user"]) == ("台账.xlsx", 8, "U1")
        assert fetched(told["url_private_download"], "xoxb-test") == b"PK-bytes"
        assert client(workspace).files_info(file=told["id"])["file"]["id"] == told["id"]
        assert b"PK-bytes" not in fetched(told["url_private_download"], "xoxb-other"), "a page to log in, as at Slack"


def test_an_app_uploads_by_the_second_way_of_slack_s_own_library(open_workspace: Any) -> None:
    with open_workspace() as workspace:
        slack: WebClient = client(workspace)
        slack.files_upload_v2(filename="a.xlsx", content=b"abc", channel=workspace.dm_id("U1"), initial_comment="给你")
        (message,) = workspace.dm("U1")
        assert message["text"] == "给你" and message["files"][0]["name"] == "a.xlsx"
        assert workspace.file(message["files"][0]["id"]) == b"abc"


def test_uploads_that_slack_would_refuse(open_workspace: Any) -> None:
    with open_workspace() as workspace:
        slack: WebClient = client(workspace)
        for call, code in (
            (lambda: slack.files_getUploadURLExternal(filename="a", length=0), "invalid_arguments"),
            (lambda: slack.files_getUploadURLExternal(filename="a", length=10**10), "file_upload_size_restricted"),
            (lambda: slack.files_completeUploadExternal(files=[{"id": "F1"}]), "file_not_found"),
            (lambda: slack.files_info(file="F9"), "file_not_found"),
        ):
            with pytest.raises(SlackApiError, match=code):
                call()
        told = slack.files_getUploadURLExternal(filename="a", length=3)
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(told["upload_url"], data=b"four")


def test_without_the_scopes_there_are_no_files(workspace: WorkspaceThread) -> None:
    slack = client(workspace)
    with pytest.raises(SlackApiError, match="missing_scope"):
        slack.files_getUploadURLExternal(filename="a", length=3)
    with pytest.raises(SlackApiError, match="missing_scope"):
        slack.files_info(file="F1")


def test_only_those_who_are_where_it_stands_may_read_it_on_the_page(open_workspace: Any) -> None:
    with open_workspace() as workspace, sync_app(workspace, lambda app: app.event("message")(lambda ack: ack())):
        workspace.drop_file("U1", "a.csv", b"x")
        number = workspace.dm("U1")[0]["files"][0]["id"]
        with urllib.request.urlopen(f"{workspace.url}page/files/{number}?as=U1") as mine:
            assert mine.read() == b"x" and "attachment" in mine.headers["Content-Disposition"]
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{workspace.url}page/files/{number}?as=U2")


def test_a_file_of_a_form_is_kept_and_only_a_picture_is_drawn_in_the_page(open_workspace: Any) -> None:
    drawn = {
        "图.png": b"\x89PNG\r\n\x1a\n",
        "页.svg": b"<svg onload='alert(1)'/>",
        "页.html": b"<script>alert(1)</script>",
    }
    with open_workspace() as workspace:
        for name, content in drawn.items():
            url = f"{workspace.url}page/upload?as=U1&name={urllib.parse.quote(name)}"
            with urllib.request.urlopen(url, data=content) as answer:
                file = json.load(answer)["file"]
            assert (file["name"], workspace.file(file["id"])) == (name, content)
            assert fetched(file["url_private"], "xoxb-test") == content
            shown = f"{workspace.url}page/files/{file['id']}?as=U1&show=1"
            if name.endswith(".png"):
                with urllib.request.urlopen(shown) as picture:
                    assert picture.headers["Content-Type"] == "image/png"
                    assert "sandbox" in picture.headers["Content-Security-Policy"]
            else:
                with pytest.raises(urllib.error.HTTPError, match="415"):
                    urllib.request.urlopen(shown)
