"""`ladder run` on the sample's day, in a process that a test can kill: `python -m tests.handlers.run_branch_bot`."""

import asyncio

from bot.config import Settings
from bot.wiring import build, run_bot
from tests.handlers.branch import branch_clock

if __name__ == "__main__":
    asyncio.run(run_bot(build(Settings(_env_file=None), branch_clock()), None))
