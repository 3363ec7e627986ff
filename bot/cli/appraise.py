"""`ladder appraise`: the steps of an appraisal, with the permissions of the person named by --as."""

import getpass
import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli import appraise_words as words
from bot.cli.output import say, say_json
from bot.cli.parts import parts
from bot.domain.access import Asker
from bot.services.appraisal_appeals import FileAppeal, RuleAppeal
from bot.services.appraisal_outcomes import AnswerQuestion, Confirm, Decide, OverrideCheck, Step
from bot.wiring import Parts

Period = Annotated[str, typer.Argument(metavar="期间", help="2026Q3 或 2026(年度)。")]
By = Annotated[str, typer.Option("--as", metavar="工号", help="办理的人。")]
Json = Annotated[bool, typer.Option("--json", help="一行 JSON。")]
People = Annotated[list[str] | None, typer.Option("--person", metavar="工号", help="只办这些人,可多次。")]


def register(app: typer.Typer) -> None:
    """Adds the group."""
    group = typer.Typer(help="季度与年度考核:开始、检查、评议、试算、提交、定稿、发布。", no_args_is_help=True)
    for name, command, told in (
        ("open", open_, "开始一期考核。"),
        ("check", check, "检查数据:拦截项与提醒,各由谁改、怎么改。"),
        ("override", override, "放行一项拦截,理由印在结果上。"),
        ("answer", answer, "回答由人评议的条件,或缺失的事实。"),
        ("trial", trial, "试算,可反复进行。"),
        ("propose", propose, "提交(经办)。"),
        ("approve", approve, "批准高级、一级(领导小组)。"),
        ("reject", reject, "驳回:领导小组对人,复核对整期。"),
        ("confirm", confirm, "定稿(另一名复核)。"),
        ("publish", publish, "发布结果;年度考核的等级变动记入人员。"),
        ("appeal", appeal, "对本人的结果申诉。"),
        ("appeals", appeals, "申诉清单(HR)。"),
        ("rule", rule, "裁定一项申诉;成立的另开更正考核。"),
        ("export", export, "导出为 .xlsx、.csv 或 .json。"),
        ("replay", replay, "复算:由定稿或导出的快照重新计算,逐字节核对。"),
        ("status", status, "进行到哪一步,卡在哪里,下一步由谁办。"),
    ):
        group.command(name, help=told)(command)
    app.add_typer(group, name="appraise")


def _step(joined: Parts, by: str, period: str) -> dict[str, Any]:
    """What all requests hold; the record names the operating-system user."""
    with joined.store.read() as view:
        asker = Asker(view.people.get(by), by)
    return {"asker": asker, "period": period, "via": f"cli:{getpass.getuser()}"}


def _told(as_json: bool, told: dict[str, Any], lines: list[str]) -> None:
    say_json(told) if as_json else say("\n".join(lines))


def open_(period: Period, by: By, as_json: Json = False) -> None:
    """A second open gives the run back."""
    joined = parts()
    opened = joined.appraisals.open(Step(**_step(joined, by, period)))
    told = {**words.run_json(opened.run), "again": opened.again, "people": opened.people, "batch": opened.batch}
    _told(as_json, told, [words.opened(opened)])


def check(period: Period, by: By, as_json: Json = False) -> None:
    """Exit 1 where something blocks."""
    joined = parts()
    checked = joined.appraisals.check(Step(**_step(joined, by, period)))
    _told(as_json, words.checked_json(checked), words.checked(checked))
    raise typer.Exit(1 if checked.blocking else 0)


def override(
    period: Period,
    check_key: Annotated[str, typer.Argument(metavar="检查")],
    item: Annotated[str, typer.Argument(metavar="对象", help="客户号、工号或日期,如检查所列。")],
    by: By,
    reason: Annotated[str, typer.Option(help="理由。")] = "",
    as_json: Json = False,
) -> None:
    """One finding."""
    joined = parts()
    request = OverrideCheck(**_step(joined, by, period), check=check_key, item=item, reason=reason)
    checked = joined.appraisals.override(request)
    _told(as_json, words.checked_json(checked), [f"已放行 {check_key} {item}。", *words.checked(checked)])


def answer(
    period: Period,
    person: Annotated[str, typer.Argument(metavar="工号")],
    item: Annotated[str, typer.Argument(metavar="事项", help="如 third.risk,或 last_year_loans、exam。")],
    said: Annotated[str, typer.Argument(metavar="yes|no")],
    by: By,
    note: Annotated[str, typer.Option(help="说明;否必须有。")] = "",
    as_json: Json = False,
) -> None:
    """Author and date are kept."""
    if said not in ("yes", "no"):
        raise typer.BadParameter("请写 yes 或 no", param_hint="yes|no")
    joined = parts()
    request = AnswerQuestion(**_step(joined, by, period), person=person, item=item, yes=said == "yes", note=note)
    tried = joined.appraisals.answer(request)
    _told(as_json, words.run_json(tried.run), ["已记录。请重新试算。"])


def trial(period: Period, by: By, as_json: Json = False) -> None:
    """JSON: the summary, and a line a person."""
    joined = parts()
    tried = joined.appraisals.trial(Step(**_step(joined, by, period)), _progress)
    _told(as_json, words.tried_json(tried), words.tried(tried, words.grade_names(joined)))


def _progress(count: int) -> None:
    """At a terminal alone."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r已试算 {count} 人")


def propose(period: Period, by: By, as_json: Json = False) -> None:
    """Freezes people and batch."""
    joined = parts()
    done = joined.appraisal_decisions.propose(Step(**_step(joined, by, period)))
    _told(as_json, words.done_json(done), [words.done(done, "已提交")])


def approve(period: Period, by: By, person: People = None, as_json: Json = False) -> None:
    """All that wait, or those named."""
    joined = parts()
    request = Decide(**_step(joined, by, period), people=tuple(person or ()))
    done = joined.appraisal_decisions.approve(request)
    _told(as_json, words.done_json(done), [words.done(done, f"已批准 {len(done.people)} 人")])


def reject(
    period: Period,
    by: By,
    person: People = None,
    reason: Annotated[str, typer.Option(help="理由。")] = "",
    as_json: Json = False,
) -> None:
    """The run is open again."""
    joined = parts()
    request = Decide(**_step(joined, by, period), people=tuple(person or ()), reason=reason)
    done = joined.appraisal_decisions.reject(request)
    _told(as_json, words.done_json(done), [words.done(done, "已驳回,考核重新打开")])


def confirm(
    period: Period,
    by: By,
    shown: Annotated[
        str | None, typer.Option(help="所见影响的摘要(status --json 的 shown);终端上不写会先显示。")
    ] = None,
    typed: Annotated[str | None, typer.Option(help="再次写明期间。")] = None,
    as_json: Json = False,
) -> None:
    """What was shown is what is confirmed: at a terminal the effect is shown and the period asked for."""
    joined = parts()
    step = _step(joined, by, period)
    if shown is None or typed is None:
        effect = joined.appraisal_decisions.effect(Step(**step))
        say(words.effect(effect), err=True)
        if not sys.stdin.isatty() and (shown or typed) is None:
            raise typer.BadParameter(f"请核对后加上 --shown {effect.shown} --typed {effect.run.period}")
        shown, typed = shown or effect.shown, typed or typer.prompt("请输入期间以定稿", err=True)
    done = joined.appraisal_decisions.confirm(Confirm(**step, shown=shown, typed=typed))
    _told(
        as_json, words.done_json(done), [words.done(done, "已定稿"), f"摘要 {done.run.digest}", words.signed(done.run)]
    )


def publish(period: Period, by: By, as_json: Json = False) -> None:
    """Again: nothing goes out twice."""
    joined = parts()
    done = joined.appraisal_publishing.publish(Step(**_step(joined, by, period)))
    _told(as_json, words.done_json(done), [words.done(done, f"已发布 {len(done.people)} 人的结果")])


def appeal(
    period: Period,
    by: By,
    text: Annotated[str, typer.Option(help="申诉的内容。")],
    kind: Annotated[str, typer.Option(help="attribution、amount、reading、other。")] = "other",
    item: Annotated[str, typer.Option(help="对哪一项,如 second.a。")] = "",
    as_json: Json = False,
) -> None:
    """One's own result alone."""
    joined = parts()
    filed = joined.appeals.file(FileAppeal(**_step(joined, by, period), kind=kind, item=item, text=text))
    _told(as_json, words.appeal_json(filed.appeal), [f"已受理,申诉编号 {filed.appeal.number}。"])


def appeals(period: Period, by: By, as_json: Json = False) -> None:
    """Those not ruled on first; JSON: one a line."""
    joined = parts()
    found = joined.appeals.listed(Step(**_step(joined, by, period)))
    for one in found:
        _told(as_json, words.appeal_json(one), [words.appeal(one, joined.clock.now())])
    if not found and not as_json:
        say("没有申诉。")


def rule(
    period: Period,
    number: Annotated[int, typer.Argument(metavar="编号")],
    outcome: Annotated[str, typer.Argument(metavar="结论", help="granted、partly、rejected、escalated。")],
    by: By,
    reason: Annotated[str, typer.Option(help="理由。")] = "",
    as_json: Json = False,
) -> None:
    """What is granted opens a correcting run."""
    joined = parts()
    request = RuleAppeal(**_step(joined, by, period), number=number, outcome=outcome, reason=reason)
    ruled = joined.appeals.rule(request)
    more = f"更正考核为第 {ruled.correction.number} 号。" if ruled.correction else ""
    _told(as_json, words.appeal_json(ruled.appeal), [f"申诉 {number}:{words.OUTCOMES[outcome]}。{more}"])


def export(
    period: Period,
    file: Annotated[Path, typer.Argument(metavar="文件", help="按后缀:.xlsx、.csv、.json。")],
    by: By,
) -> None:
    """JSON holds all that an auditor needs; `replay --file` recomputes it."""
    from bot.render.appraisal_files import as_csv, as_json, as_xlsx

    if file.suffix not in (".xlsx", ".csv", ".json"):
        raise typer.BadParameter("后缀应为 .xlsx、.csv 或 .json", param_hint="文件")
    joined = parts()
    exported = joined.appraisal_export.export(Step(**_step(joined, by, period)))
    rulebook = joined.shelf.on(date.fromisoformat(exported.snapshot["head"]["as_of"]))
    made = {".xlsx": lambda: as_xlsx(exported, rulebook), ".csv": lambda: as_csv(exported, rulebook)}
    file.write_bytes(made.get(file.suffix, lambda: as_json(exported))())
    say(f"已导出 {len(exported.names)} 人到 {file}。")


def replay(
    period: Annotated[str, typer.Argument(metavar="期间", help="用 --file 时可省略。")] = "",
    by: Annotated[str, typer.Option("--as", metavar="工号", help="办理的人;用 --file 时不需要。")] = "",
    file: Annotated[Path | None, typer.Option(help="ladder appraise export 写出的 JSON。")] = None,
    as_json: Json = False,
) -> None:
    """Exit 1 where anything differs; says what."""
    joined = parts()
    if file:
        try:
            snapshot = json.loads(file.read_text(encoding="utf-8-sig"))
        except (OSError, ValueError):
            raise typer.BadParameter(f"读不出:{file}", param_hint="--file") from None
        done = joined.appraisal_export.replay_file(snapshot)
    else:
        done = joined.appraisal_export.replay(Step(**_step(joined, by, period)))
    _told(as_json, words.replayed_json(done), words.replayed(done))
    raise typer.Exit(0 if done.same else 1)


def status(period: Period, by: By, as_json: Json = False) -> None:
    """JSON: with `shown`, the digest of the effect, while the run waits to be confirmed."""
    joined = parts()
    step = Step(**_step(joined, by, period))
    found = joined.appraisals.status(step)
    shown = joined.appraisal_decisions.effect(step).shown if found.run.state == "proposed" else None
    _told(as_json, {**words.status_json(found), "shown": shown}, words.status(found))
