"""Slack user -> member of staff: by HR's link, else by an e-mail address that exactly one person has."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.domain.access import Asker, Surface
from bot.domain.people import Person
from bot.services.origin import Origin
from bot.services.ports import Clock, UnitOfWork
from bot.slack.messenger import Messenger
from bot.slack.problems import IdentityUnavailable, Refused, Unknown

InThread = Callable[..., Awaitable[Any]]

_KEPT = timedelta(minutes=3)
"""How long a deactivated account may still be taken for an active one."""
_MOST_KEPT = 5_000


@dataclass(frozen=True, slots=True)
class Account:
    """What users.info says of somebody, as far as it matters here."""

    member: bool
    """A full, active member of our own team: no guest, no stranger, no bot."""
    email: str | None
    zone: str | None = None
    """The user's own time zone, by its name."""


class StaffDirectory:
    """Implements `services.origin.Directory`. Links and staff are read anew each time, Slack's word is kept briefly."""

    def __init__(self, messenger: Messenger, store: UnitOfWork, team: str, clock: Clock, in_thread: InThread) -> None:
        self._messenger = messenger
        self._store = store
        self._team = team
        self._clock = clock
        self._in_thread = in_thread
        self._accounts: dict[str, tuple[datetime, Account]] = {}

    async def known(self, origin: Origin) -> Callable[[], Asker]:
        """A link does not make a guest a member: whoever is none gets the rules."""
        return partial(self._asker, origin, await self._account(origin))

    async def asker(self, origin: Origin) -> Asker:
        """Slack's word and the store's together."""
        asker: Asker = await self._in_thread(await self.known(origin))
        return asker

    async def mentioned(self, users: Sequence[str]) -> dict[str, str]:
        """Members of our own team only; who cannot be looked up is nobody."""
        found = {}
        for user in users:
            with suppress(IdentityUnavailable):
                asker = await self.asker(Origin(team=self._team, user=user, surface=Surface.DM))
                if asker.person:
                    found[user] = asker.person.id
        return found

    async def may_be_linked(self, origin: Origin) -> bool:
        """A member of our own team."""
        return (await self._account(origin)).member

    async def accounts(self, people: Sequence[str]) -> dict[str, str]:
        """Only accounts that would be known as that person if they wrote to us, so that nothing goes astray."""
        found: dict[str, str] = {}
        for person in people:
            users, email = await self._in_thread(self._reached_by, person)
            if email:
                with suppress(Refused, Unknown):
                    users.append(str((await self._messenger.user_by_email(email))["id"]))
            for user in users:
                if user not in found.values() and person not in found and await self._is(user, person):
                    found[person] = user
        return found

    async def reach(self, person: str) -> tuple[str, str | None] | None:
        """The Slack user who would be known as that person, and their time zone; None: there is none.
        IdentityUnavailable where Slack cannot be asked: nobody is gone because of that."""
        users, email = await self._in_thread(self._reached_by, person)
        if email:
            try:
                users.append(str((await self._messenger.user_by_email(email))["id"]))
            except Refused as refused:
                if refused.code != "users_not_found":
                    raise IdentityUnavailable from refused
            except Unknown as unknown:
                raise IdentityUnavailable from unknown
        for user in users:
            origin = Origin(team=self._team, user=user, surface=Surface.DM)
            account = await self._account(origin)
            asker: Asker = await self._in_thread(self._asker, origin, account)
            if asker.person and asker.person.id == person:
                return user, account.zone
        return None

    async def _is(self, user: str, person: str) -> bool:
        known = await self.mentioned([user])
        return known.get(user) == person

    def _reached_by(self, person: str) -> tuple[list[str], str | None]:
        """Accounts linked to the person, and the address."""
        with self._store.read() as view:
            links = view.links.of_person(person)
            staff = view.people.get(person)
        return [link.user_id for link in links if link.team_id == self._team], staff.email if staff else None

    async def _account(self, origin: Origin) -> Account:
        if origin.team != self._team:
            return Account(member=False, email=None)
        now = self._clock.now()
        until, account = self._accounts.get(origin.user, (now, None))
        if account and now < until:
            return account
        try:
            account = read_account(await self._messenger.user(origin.user), self._team)
        except (Refused, Unknown) as problem:
            raise IdentityUnavailable from problem
        if len(self._accounts) >= _MOST_KEPT:
            self._accounts.clear()
        self._accounts[origin.user] = (now + _KEPT, account)
        return account

    def _asker(self, origin: Origin, account: Account) -> Asker:
        person = self._match(origin, account) if account.member else None
        return Asker(person, person.id if person else f"slack:{origin.team}/{origin.user}")

    def _match(self, origin: Origin, account: Account) -> Person | None:
        with self._store.read() as view:
            if link := view.links.get(origin.team, origin.user):
                return view.people.get(link.person)
            found = view.people.by_email(account.email) if account.email else []
        active = [person for person in found if person.active]
        return active[0] if len(active) == 1 else None


def read_account(user: Mapping[str, Any], team: str) -> Account:
    """What is missing counts against membership where Slack always says it, and an unconfirmed address is none."""
    barred = ("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger", "is_workflow_bot")
    member = user.get("team_id") == team and not any(user.get(mark) for mark in barred)
    profile = user.get("profile")
    email = profile.get("email") if isinstance(profile, Mapping) else None
    confirmed = user.get("is_email_confirmed") is not False
    known = isinstance(email, str) and email.strip() and confirmed
    zone = user.get("tz")
    return Account(member, str(email).strip() if known else None, zone if isinstance(zone, str) else None)
