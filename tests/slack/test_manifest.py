"""The manifest, the registry, the help and the README speak of the same things, and no scope is without a use."""

import ast
import json
import re
from pathlib import Path

import pytest

from bot.render import ids as rendered
from bot.slack.manifest import manifest, scopes
from bot.slack.messenger import METHODS
from bot.wiring import build_renderer
from bot.workspace.manifest import read_manifest
from handlers import ids, registry

ROOT = Path(__file__).resolve().parents[2]


def test_every_command_of_the_registry_stands_in_the_manifest() -> None:
    declared = read_manifest(manifest())
    assert set(declared.commands) == {command.name for command in registry.COMMANDS}
    assert declared.bot_events == set(registry.SUBSCRIPTIONS)
    assert declared.interactivity and declared.home_tab and declared.messages_tab


@pytest.mark.parametrize("command", registry.COMMANDS, ids=lambda command: command.name)
def test_every_command_has_a_listener_a_line_of_help_and_one_in_the_readme(command: registry.Command) -> None:
    name = command.name
    assert (ROOT / "handlers" / "commands" / f"{name.removeprefix('/')}.py").is_file()
    assert f"`{name}`" in (ROOT / "templates" / "conversation" / "help.j2").read_text(), "the help names it"
    assert name in (ROOT / "README.md").read_text(), "the README names it"
    assert re.fullmatch(r"/[a-z]{2,31}", name), "Slack takes small ASCII letters"


@pytest.mark.parametrize("action", ids.ACTIONS)
def test_every_action_has_a_listener_in_a_file_of_its_name(action: str) -> None:
    name = re.sub(r"_\d+$", "", action)  # buttons of one kind in a row are numbered
    assert (ROOT / "handlers" / "actions" / f"{name}.py").is_file()


def test_every_rendered_action_is_in_the_registry() -> None:
    constants = [v for k, v in vars(rendered).items() if k.isupper()]
    assert {name for v in constants for name in ([v] if isinstance(v, str) else v)} == set(ids.ACTIONS)


def test_no_method_is_called_that_the_list_of_methods_lacks() -> None:
    tree = ast.parse((ROOT / "bot" / "slack" / "messenger.py").read_text())
    named = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    called = {name for name in named if re.fullmatch(r"[a-z]+(\.[a-zA-Z]+)+", name)}
    assert called == set(METHODS)


def test_the_scopes_are_the_least() -> None:
    assert scopes() == [
        "app_mentions:read",
        "assistant:write",
        "channels:history",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "im:history",
        "im:write",
        "users:read",
        "users:read.email",
    ]


def test_over_http_the_address_stands_where_slack_wants_it() -> None:
    made = manifest("https://ladder.example/slack/events")
    assert json.dumps(made).count("https://ladder.example/slack/events") == 2 + len(registry.COMMANDS)
    assert made["settings"]["socket_mode_enabled"] is False


def test_every_note_and_error_that_is_named_has_words() -> None:
    renderer = build_renderer()
    for name, facts in (
        ("moved_to_dm", {}),
        ("late_apology", {}),
        ("link_requested", {}),
        ("link_howto", {}),
        ("link_wanted", {"user": "U1", "team": "T1"}),
    ):
        assert renderer.note(name, **facts).text
