"""What the app offers Slack: commands and events, once. The manifest, the help and the README are held against it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command as Slack's composer completes it."""

    name: str
    description: str
    usage: str


GRADE = Command("/grade", "我的等级与差距", "[二级 | 帮助]")
APPRAISE = Command(
    "/appraise", "人力资源部:导入、考核、确认变动、处理提问", "[导入 | 状态 2026Q3 | 待确认 | 提问 | 提醒 | 帮助]"
)
TRAINING = Command("/training", "培训安排与我的学时", "[下周 | 学时 | 帮助]")
COMMANDS = (GRADE, APPRAISE, TRAINING)

MESSAGE = "message"
MENTION = "app_mention"
HOME_OPENED = "app_home_opened"
SUBSCRIPTIONS = ("message.im", "message.channels", "message.groups", MENTION, HOME_OPENED)
"""As a manifest names them; the payload of `message.im` calls itself `message`. Of channels only the
threads of HR's own are listened to."""
