"""The bot's token goes to Slack's own host of files, or to the API's own, and nowhere else."""

import pytest

from bot.slack.addresses import trusted

SLACK = "https://slack.com/api/"


@pytest.mark.parametrize(
    ("url", "base", "expected"),
    [
        ("https://files.slack.com/files-pri/T1-F1/download/a.xlsx", SLACK, True),
        ("http://files.slack.com/files-pri/T1-F1/a.xlsx", SLACK, False),
        ("https://files.slack.com.evil.example/a", SLACK, False),
        ("https://files.slack.com@evil.example/a", SLACK, False),
        ("https://files.slack.com:8443/a", SLACK, False),
        ("https://evil.example/files.slack.com", SLACK, False),
        ("http://127.0.0.1:4000/files-pri/T1-F1/a", "http://127.0.0.1:4000/api/", True),
        ("http://127.0.0.1:4001/files-pri/T1-F1/a", "http://127.0.0.1:4000/api/", False),
        ("https://files.slack.com/a", "https://slack.com.evil.example/api/", False),
        ("", SLACK, False),
    ],
)
def test_whether_a_file_s_address_gets_the_token(url: str, base: str, expected: bool) -> None:
    assert trusted(url, base) is expected
