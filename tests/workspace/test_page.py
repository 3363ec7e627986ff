"""The page: only from this machine, no script but its own. People at work on it: tests/browser."""

from __future__ import annotations

import http.client
import json
from typing import Any

import pytest

from bot.workspace import WorkspaceThread


def ask(workspace: WorkspaceThread, path: str, body: Any = None, **headers: str) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", int(workspace.url.rsplit(":")[-1].strip("/")))
    sent = {"Content-Type": "application/json"} | headers
    connection.request("POST" if body else "GET", path, json.dumps(body) if body else None, sent)
    response = connection.getresponse()
    return response.status, dict(response.getheaders()), response.read().decode()


def test_the_page_allows_no_script_but_its_own(workspace: WorkspaceThread) -> None:
    status, headers, html = ask(workspace, "/")
    policy = headers["Content-Security-Policy"]
    assert status == 200
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "onclick" not in html
    assert "王芳" in html or "\\u738b\\u82b3" in html


@pytest.mark.parametrize("path", ["/", "/page/app.js", "/api/auth.test"])
@pytest.mark.parametrize("header", [{"Host": "evil.test"}, {"Origin": "http://evil.test"}, {"Origin": "null"}])
def test_a_foreign_host_or_origin_gets_nothing(workspace: WorkspaceThread, path: str, header: dict[str, str]) -> None:
    assert ask(workspace, path, **header)[0] == 403


def test_another_port_of_this_machine_is_foreign_too(workspace: WorkspaceThread) -> None:
    act = {"as": "U1", "act": "write", "channel": "C2", "text": "x"}
    assert ask(workspace, "/page/do", act, Origin="http://127.0.0.1:1")[0] == 403
    assert ask(workspace, "/page/do", act, **{"Content-Type": "text/plain"})[0] == 415
    assert ask(workspace, "/page/do", act, Origin=workspace.url.rstrip("/"))[0] == 200


@pytest.mark.parametrize("path", ["/page/nothing.js", "/page/..%2f..%2fpyproject.toml", "/page/page.html"])
def test_only_the_pages_own_files_are_served(workspace: WorkspaceThread, path: str) -> None:
    assert ask(workspace, path)[0] == 404


@pytest.mark.parametrize(
    "body", [{"as": "U1"}, {"as": "U1", "act": "fly"}, ["x"], {"as": "U1", "act": "write", "text": 1}]
)
def test_an_act_that_makes_no_sense_is_a_bad_request(workspace: WorkspaceThread, body: Any) -> None:
    assert ask(workspace, "/page/do", body)[0] == 400


def test_what_a_person_may_not_do_comes_back_as_a_notice(workspace: WorkspaceThread) -> None:
    for user, channel in (("U2", "G1"), ("U4", "C1"), ("U404", "C1")):
        act = {"as": user, "act": "write", "channel": channel, "text": "x"}
        status, _, text = ask(workspace, "/page/do", act)
        assert status == 200
        assert json.loads(text)["notice"]
