"""Where the bot's token may go."""

from urllib.parse import urlsplit


def trusted(url: str, base_url: str) -> bool:
    """Whether a file's address is the API's own host, or, for Slack itself, its host of files over TLS."""
    file, api = urlsplit(url), urlsplit(base_url)
    if (file.scheme, file.netloc) == (api.scheme, api.netloc):
        return True
    own = api.hostname == "slack.com" or (api.hostname or "").endswith(".slack.com")
    return own and file.scheme == "https" and file.netloc == "files.slack.com"
