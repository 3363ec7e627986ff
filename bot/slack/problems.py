"""How a call to Slack fails."""

from bot.errors import BotError


class Refused(Exception):
    """Slack said no, with its own code: trying again changes nothing."""

    def __init__(self, method: str, code: str) -> None:
        super().__init__(f"{method}: {code}")
        self.method = method
        self.code = code


class Unknown(Exception):
    """Slack could not be reached, or broke off: nobody knows whether it did what was asked."""

    def __init__(self, method: str, cause: str) -> None:
        super().__init__(f"{method}: {cause}")
        self.method = method
        self.cause = cause


class IdentityUnavailable(BotError):
    """Slack does not say just now who somebody is; then nobody is taken for anybody. No facts."""

    code = "identity_unavailable"


class NoDirectMessage(BotError):
    """The answer belongs in the direct message, and Slack refuses one. No facts."""

    code = "no_direct_message"


class SlackUnavailable(BotError):
    """The bot cannot start: Slack refuses a token, or a scope is missing. Facts: reason (Slack's code)."""

    code = "slack_unavailable"
