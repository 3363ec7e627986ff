"""`ladder ask`: a question as that person, through the same services as Slack."""

import json
import secrets
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import structlog
import typer

from bot.cli.arguments import read_moment
from bot.cli.output import say, say_json
from bot.cli.parts import parts
from bot.domain.access import Asker, Surface
from bot.errors import BotError
from bot.questions.explain import Explanation
from bot.render.explanation import explain as render_explanation
from bot.render.message import Message
from bot.services.ask import Ask
from bot.services.placing import place
from bot.wiring import Parts, build_words

log = structlog.get_logger("ladder.ask")
_SURFACES = {"dm": Surface.DM, "channel": Surface.CHANNEL}


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("ask", help="以某人的身份提问,与 Slack 中相同。")(ask)


def ask(
    text: Annotated[str | None, typer.Argument(metavar="问题")] = None,
    as_person: Annotated[str | None, typer.Option("--as", metavar="工号", help="提问的人。")] = None,
    thread: Annotated[str | None, typer.Option(help="会话的标识,用于追问。")] = None,
    where: Annotated[str, typer.Option("--in", help="dm 或 channel。")] = "dm",
    now: Annotated[str | None, typer.Option(help="把时钟固定在这一刻(ISO)。")] = None,
    batch: Annotated[Path | None, typer.Option(help="每行一个问题的 JSONL 文件,- 为标准输入。")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="怎么理解的,为什么这样答或不答。")] = False,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Batch lines in: {"id","as","thread","in","text","now"}; out, in order, with kind, texts, clauses, visibility."""
    if (text is None) == (batch is None):
        raise typer.BadParameter("请给出一个问题,或用 --batch 文件")
    if where not in _SURFACES:
        raise typer.BadParameter("--in 只能是 dm 或 channel")
    asking = Asking(parts(now))
    if batch is not None:
        for answer in asking.answer_lines(_lines(batch)):
            say_json(answer)
        return
    asked = {"as": as_person, "thread": thread, "in": where, "text": text}
    if explain:
        explained = asking.explain(asked)
        say_json(explained.to_json()) if as_json else say(asking.explained(explained))
        return
    answer = asking.answer(asked)
    if as_json:
        say_json(answer)
        return
    say(answer["text"])
    if "private" in answer:
        say(f"── 私信 ──\n{answer['private']}")


def _lines(batch: Path) -> Iterable[str]:
    if str(batch) == "-":
        yield from sys.stdin
        return
    if not batch.is_file():
        raise typer.BadParameter(f"没有这个文件:{batch}")
    with batch.open(encoding="utf-8-sig") as lines:
        yield from lines


class Unreadable(Exception):
    """A line of a batch that is no question: said in its place, and the next one is answered."""

    def __init__(self, line_id: object, words: str) -> None:
        super().__init__(words)
        self.id = line_id
        self.words = words


class Asking:
    """Answers questions in the contract's form."""

    def __init__(self, joined: Parts) -> None:
        self._parts = joined
        self._renderer = joined.renderer

    def answer_lines(self, lines: Iterable[str]) -> Iterable[dict[str, Any]]:
        """One answer a line, in order; a line that cannot be read gets a reason, and the next one is answered."""
        for line in lines:
            if not line.strip():
                continue
            try:
                asked = _question(line)
                yield {"id": asked.get("id"), **self._answer_of_line(asked)}
            except Unreadable as fault:
                yield {"id": fault.id, "kind": "decline", "text": fault.words, "clauses": [], "visibility": "dm"}

    def _answer_of_line(self, asked: dict[str, Any]) -> dict[str, Any]:
        """The answer; where a mistake of ours stops it, the words that one reads on Slack, logged likewise."""
        try:
            return self.answer(asked)
        except Unreadable:
            raise
        except Exception as fault:  # told as a number, logged under it
            reference = secrets.token_hex(4).upper()
            log.error("unforeseen", reference=reference, exc_info=fault)
            told = self._renderer.error(None, reference)
            return {"kind": "decline", "text": told.plain(), "clauses": [], "visibility": "dm"}

    def answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        """`text` where it was asked; `private`, if anything goes there, to the direct message."""
        request = self._request(asked)
        surface = request.surface
        try:
            outcome = self._parts.ask(request)
        except BotError as error:
            told = self._renderer.error(error, "")
            return {"kind": "decline", "text": told.plain(), "clauses": [], "visibility": _visibility(surface)}
        placing = place(outcome, surface)
        words = _plain(self._renderer.pages(outcome))
        shown = (
            {"text": self._renderer.note("moved_to_dm").plain(), "private": words} if placing.moved else {"text": words}
        )
        return {"kind": outcome.kind, **shown, "clauses": list(outcome.clauses), "visibility": str(placing.visibility)}

    def explain(self, asked: dict[str, Any]) -> Explanation:
        """How the question is understood."""
        return self._parts.ask.explain(self._request(asked))

    def explained(self, explanation: Explanation) -> str:
        """The same in words."""
        return render_explanation(build_words(), explanation)

    def _request(self, asked: dict[str, Any]) -> Ask:
        surface = _SURFACES.get(str(asked.get("in") or "dm"), Surface.DM)
        asker, thread = self._asker(asked.get("as")), asked.get("thread")
        return Ask(asker=asker, text=asked["text"], surface=surface, now=self._now(asked), thread=thread)

    def _now(self, asked: dict[str, Any]) -> datetime:
        if not asked.get("now"):
            return self._parts.clock.now()
        try:
            return read_moment(str(asked["now"]), self._parts.settings.zone)
        except ValueError:
            raise Unreadable(asked.get("id"), f"时间写法不对:{asked['now']},应为 ISO 时间。") from None

    def _asker(self, person_id: object) -> Asker:
        """Somebody whom 人员 does not know gets the rules, as an unmatched Slack user does."""
        label = str(person_id or "")
        with self._parts.store.read() as view:
            return Asker(view.people.get(label) if label else None, label or "cli")


def _question(line: str) -> dict[str, Any]:
    """A line of a batch. Unreadable for what is no object with a text."""
    try:
        asked = json.loads(line)
    except ValueError:
        asked = None
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        found = asked.get("id") if isinstance(asked, dict) else None
        raise Unreadable(found, f"这一行不是带 text 的 JSON 问题:{line.strip()[:80]}")
    return asked


def _visibility(surface: Surface) -> str:
    return "thread" if surface is Surface.CHANNEL else "dm"


def _plain(pages: list[Message]) -> str:
    return "\n".join(page.plain() for page in pages)
