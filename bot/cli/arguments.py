"""What several commands take, read the same way everywhere."""

from datetime import datetime
from zoneinfo import ZoneInfo

import typer


def moment(text: str | None, zone: ZoneInfo) -> datetime:
    """`--now`: an ISO date or moment; without an offset it is the branch's time. Exits 2 for anything else."""
    try:
        read = datetime.fromisoformat(text or "")
    except ValueError:
        raise typer.BadParameter(f"不是 ISO 时间:{text}", param_hint="--now") from None
    return read if read.tzinfo else read.replace(tzinfo=zone)
