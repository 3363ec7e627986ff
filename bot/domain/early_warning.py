"""Early warning: what of the grade held stood before an import and no longer stands after it. Only what crosses counts:
whoever was below before is told nothing anew."""

from bot.domain.judge import Finding
from bot.domain.standing import Standing
from bot.domain.verdict import Verdict


def crossed(before: Standing, after: Standing) -> tuple[Finding, ...]:
    """The findings of `after` that newly fail: the pass line, each indicator of the grade held, the quality rule.

    An amount crosses from met to failed; the quality rule breaks also where it was open before. Another grade held than
    before, or none, crosses nothing: what is asked is another."""
    held = after.person.grade
    if held is None or held != before.person.grade or held not in before.grades or held not in after.grades:
        return ()
    then, now = before.grades[held], after.grades[held]
    amounts = zip((then.pass_line, *then.indicators.parts), (now.pass_line, *now.indicators.parts), strict=False)
    fallen: list[Finding] = [
        found for was, found in amounts if was.verdict is Verdict.MET and found.verdict is Verdict.FAILED
    ]
    if now.quality and now.quality.verdict is Verdict.FAILED:
        was_failed = then.quality is not None and then.quality.verdict is Verdict.FAILED
        fallen += [] if was_failed else [now.quality]
    return tuple(fallen)
