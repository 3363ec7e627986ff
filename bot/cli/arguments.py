"""What several commands take, read the same way everywhere."""

from datetime import datetime
from zoneinfo import ZoneInfo

import typer


def read_moment(text: str, zone: ZoneInfo) -> datetime:
    """An ISO date or moment; without an offset it is the branch's time. ValueError for anything else."""
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=zone)


def moment(text: str, zone: ZoneInfo) -> datetime:
    """`--now`. Exits 2 for what is no moment."""
    try:
        return read_moment(text, zone)
    except ValueError:
        raise typer.BadParameter(f"不是 ISO 时间:{text}", param_hint="--now") from None
