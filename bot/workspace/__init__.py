"""A Slack on this machine: for people in a browser (`ladder demo`) and for tests. Knows nothing of the bot.

An unmodified slack-bolt app connects to `Workspace.api_url` with the seed's tokens:

    with WorkspaceThread(seed) as slack:
        app = App(client=WebClient(token=seed.bot_token, base_url=slack.api_url))
        ...                                     # listeners; a SocketModeHandler with seed.app_token
        slack.say("U1", "hello")                # returns when the app has acked the event
        slack.wait_for(lambda: len(slack.dm("U1")) == 2)
        assert "figures" not in slack.seen_by("U2").texts()

Inside an event loop use Workspace, whose methods of the same names are coroutines where a person acts (`people`).
What goes wrong on demand is in `faults` and `controls`; `calls` and `handed` are what went over the wire, both ways;
`mistakes` are what the app has done wrong (`keep_private` says what only some people may be shown).
"""

from bot.workspace.acts import SlashReceipt
from bot.workspace.delivery import Handed
from bot.workspace.faults import Fault
from bot.workspace.interactions import SubmitReceipt
from bot.workspace.methods import Call
from bot.workspace.mistakes import Mistake
from bot.workspace.problems import NotDelivered, Refused
from bot.workspace.seed import Seed, SeedChannel, SeedUser
from bot.workspace.seen import Seen
from bot.workspace.server import Workspace
from bot.workspace.thread import WorkspaceThread

__all__ = [
    "Call",
    "Fault",
    "Handed",
    "Mistake",
    "NotDelivered",
    "Refused",
    "Seed",
    "SeedChannel",
    "SeedUser",
    "Seen",
    "SlashReceipt",
    "SubmitReceipt",
    "Workspace",
    "WorkspaceThread",
]
