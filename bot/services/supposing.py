"""From the clients as they were said to the clients that the person has; an unknown one is taken as new."""

from collections.abc import Iterable, Sequence

from bot.domain.ledger import ManagedClient
from bot.domain.what_if import Change
from bot.questions.clients import Known, find_clients
from bot.questions.question import SaidChange
from bot.services.outcomes import ClarifyInPrivate

MOST = 3


def changes_of(
    said: Iterable[SaidChange], clients: Iterable[ManagedClient], text: str, which: str
) -> tuple[Change, ...] | ClarifyInPrivate:
    """The changes by client number. Where a name fits several clients they are asked back: `which` is the question,
    and each choice is the text with that client's whole name in it."""
    known = [Known(line.figures.client, line.name) for line in clients]
    changes = []
    for one in said:
        found = find_clients(one.client, known)
        if len(found) > 1:
            return _which(one.client, found, text, which)
        number = found[0].number if found else one.client
        changes.append(
            Change(client=number, measure=one.measure, amount=one.amount, becomes=one.becomes, since=one.since)
        )
    return tuple(changes)


def _which(said: str, found: Sequence[Known], text: str, which: str) -> ClarifyInPrivate:
    choices = tuple(text.replace(said, client.name) for client in found[:MOST] if said in text)
    clients = tuple((client.name, client.number) for client in found[:MOST])
    return ClarifyInPrivate(question=which, choices=choices or tuple(name for name, _ in clients), clients=clients)
