"""What can go wrong in the user's eyes: a code that names a template, and the facts that the template words."""

from collections.abc import Mapping


class BotError(Exception):
    """A failure that the user is told about in words: `errors/<code>.j2`, filled with `facts`.

    `facts` must hold no private figure: they are logged, and shown on whatever surface the request came from.
    """

    code = "failed"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts: Mapping[str, object] = facts


class UnknownPeriod(BotError):
    """The text names no period (`2026Q3`, `2026`, or a date). Facts: text."""

    code = "unknown_period"


class NoRulebook(BotError):
    """No rulebook holds on that date (reading R26). Facts: as_of, first (the first date that one holds from)."""

    code = "no_rulebook"


class UnknownPerson(BotError):
    """No such staff number. Facts: person."""

    code = "unknown_person"


class UnknownGrade(BotError):
    """The rulebook has no such grade. Facts: grade."""

    code = "unknown_grade"


class UnknownRule(BotError):
    """The rulebook has no such rule: a button of an older card. Facts: rule."""

    code = "unknown_rule"


class NotAllowed(BotError):
    """The asker may not have this; the same words whether or not it exists. Facts: reason."""

    code = "not_allowed"


class NoFigures(BotError):
    """The ledger holds no figures up to that date. Facts: as_of."""

    code = "no_figures"


class UnknownBatch(BotError):
    """No such import batch, or it is withdrawn already. Facts: batch."""

    code = "unknown_batch"


class CannotUndo(BotError):
    """This batch is not one to withdraw. Facts: batch, other (a batch), reason (undo, confirmation, withdrawn,
    appraisal)."""

    code = "cannot_undo"


class NothingWaits(BotError):
    """No change of access of that batch waits for anybody. Facts: batch, by (who decided, or None), reason (none,
    confirmed, refused, superseded, withdrawn)."""

    code = "nothing_waits"


class SecondPersonNeeded(BotError):
    """Who brought a change of access does not confirm it. Facts: batch."""

    code = "second_person_needed"


class CannotConfirm(BotError):
    """The access would not fit the staff as they are now. Facts: batch, reason (supervisor, email), person, other."""

    code = "cannot_confirm"


class BackupRefused(BotError):
    """A backup could not be made or brought back. Facts: file, reason (missing, damaged, newer, differs, same_file,
    not_written)."""

    code = "backup_refused"


class StoreUnavailable(BotError):
    """The database cannot be reached, does not take what is written, or is a newer program's. Facts: reason
    (unreachable, busy, full, read_only, damaged, newer_schema)."""

    code = "store_unavailable"


class FileUnavailable(BotError):
    """A file cannot be read from Slack. Facts: reason (Slack's code)."""

    code = "file_unavailable"


class FileNotSent(BotError):
    """Slack did not take a file of ours. Facts: name."""

    code = "file_not_sent"


class FileTooLarge(BotError):
    """The files of one message are larger than what is read. Facts: most (MB)."""

    code = "file_too_large"


class DropGone(BotError):
    """What is to be confirmed is more than a day old, or its files are no longer those checked. No facts."""

    code = "drop_gone"


class AppraisalRefused(BotError):
    """A step of an appraisal is not to be had now. Facts: action, reason (bot.domain.appraisal.Refusal), period, state,
    people (staff numbers concerned)."""

    code = "appraisal_refused"


class NoAppraisal(BotError):
    """No run of that period has been opened, or the period is no quarter and no year. Facts: period."""

    code = "no_appraisal"


class ReasonNeeded(BotError):
    """An override, a no or a rejection without its reason. No facts."""

    code = "reason_needed"


class SigningKeyUnusable(BotError):
    """`LADDER_SIGNING_KEY` names no Ed25519 private key in PEM. Facts: file."""

    code = "signing_key_unusable"
