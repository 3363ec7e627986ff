"""Settings, from the environment and a `.env` file (contract.md, "The interface"). Secrets never reach a log."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import user_data_path
from pydantic import AliasChoices, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.render.veil import ClientNames, Figures


def default_database_url() -> str:
    """An SQLite file in the user's data folder."""
    return f"sqlite:///{Path(user_data_path('ladder', appauthor=False)) / 'ladder.sqlite3'}"


class Settings(BaseSettings):
    """Prefix `LADDER_`; Slack's own names for what Slack gives. `pydantic.ValidationError` for what cannot be read."""

    model_config = SettingsConfigDict(env_prefix="LADDER_", env_file=".env", extra="ignore", populate_by_name=True)

    database_url: str = Field(default_factory=default_database_url)
    timezone: str = "Asia/Shanghai"
    slack_bot_token: SecretStr | None = Field(None, validation_alias=AliasChoices("SLACK_BOT_TOKEN"))
    slack_app_token: SecretStr | None = Field(None, validation_alias=AliasChoices("SLACK_APP_TOKEN"))
    slack_signing_secret: SecretStr | None = Field(None, validation_alias=AliasChoices("SLACK_SIGNING_SECRET"))
    slack_api_url: str = Field("https://slack.com/api/", validation_alias=AliasChoices("SLACK_API_URL"))
    metrics_port: int | None = None
    public_url: str | None = None
    """Where the bot's HTTP port is reached from outside: private calendars are fetched there."""
    hr_contact: str = "人力资源部"
    """Whom an answer names where a person must help."""
    hr_channel: str | None = None
    """The id of HR's channel on Slack: 转人工 posts there, and replies in its threads reach the asker."""
    inbox_lease_seconds: float = 20.0
    """How long an unanswered delivery stays with the process that took it before another may take it over."""
    outbox_grace_seconds: float = 70.0
    """How long a message whose outcome is unknown waits before it is looked for: a time-out and a minute."""
    outbox_per_minute: int = 60
    """How many reminders are sent a minute at most."""
    lock_wait_seconds: float = 30.0
    """How long an import or another writer waits for the one before; then it is refused with the reason."""
    client_names: ClientNames = ClientNames.FULL
    """How clients are named in Slack."""
    figures: Figures = Figures.FULL
    """Whether figures of the ledger go to Slack."""
    signing_key: Path | None = None
    """A file with an Ed25519 private key in PEM, by which finalised appraisals are signed; unsigned without."""
    log_level: str = "INFO"

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError(f"no such time zone: {name}") from None
        return name

    @property
    def zone(self) -> ZoneInfo:
        """The branch's time zone."""
        return ZoneInfo(self.timezone)


class SystemClock:
    """The only place that reads the machine's clock; implements `services.ports.Clock`."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone

    def now(self) -> datetime:
        """Aware, in the branch's time zone."""
        return datetime.now(self._zone)


class FixedClock:
    """A clock that stands still: `--now`, and tests."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        """Always the same moment."""
        return self._now
