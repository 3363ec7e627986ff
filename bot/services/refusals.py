"""Who may not: the same refusal for every use case that is one group's alone."""

from bot.domain.access import Asker, Matter, may
from bot.services.outcomes import Denied


def refusal(asker: Asker, matter: Matter) -> Denied | None:
    """What anybody gets who may not have the matter; None for who may."""
    return None if may(asker, matter) else Denied(unlinked=asker.person is None)
