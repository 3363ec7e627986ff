"""What of names and figures leaves the bank: held over every outcome, Home and error that is worded."""

from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from bot.domain.ledger import Fault, Figures
from bot.domain.money import Currency
from bot.render.veil import ClientNames, Veil, band, quarters
from bot.render.veil import Figures as Shown
from bot.services.outcomes import Clarify
from bot.wiring import build_renderer
from tests.render.judges import judge
from tests.render.samples import ROOT
from tests.render.test_snapshots import HOMES, MESSAGES

FIGURE = re.compile(r"-?[\d,]+(?:\.\d+)?\s*[万亿]?(?:美)?元|[\d.]+%")
REGULATION = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "knowledge/rulebooks").rglob("*.yaml"))
BOUNDS = {text.replace(",", "") for text in FIGURE.findall(REGULATION)}


NAMES = {"甲公司", "乙公司", "丙公司", "丁公司"}
"""Of tests/render/samples.py."""


def names_in(thing: Any) -> set[str]:
    """Every client's name that an outcome holds, wherever."""
    if isinstance(thing, (Figures, Fault)):
        return {thing.client_name} if thing.client_name else set()
    if is_dataclass(thing):
        return set().union(*(names_in(getattr(thing, f.name)) for f in fields(thing)), set())
    if isinstance(thing, dict):
        return set().union(*(names_in(v) for v in thing.values()), set())
    return set().union(*map(names_in, thing), set()) if isinstance(thing, (tuple, list)) else set()


def sent(name: str, veil: Veil) -> tuple[str, Any]:
    """The bytes that would leave, and what they were made of."""
    renderer = build_renderer(veil)
    if name in HOMES:
        home = HOMES[name]()
        return json.dumps(renderer.home(home), ensure_ascii=False), home
    outcome = MESSAGES[name]()
    pages = [judge(page) for page in renderer.pages(outcome)]
    return json.dumps([[page.text, page.blocks] for page in pages], ensure_ascii=False), outcome


@pytest.mark.parametrize("names", [ClientNames.MASKED, ClientNames.NUMBER])
@pytest.mark.parametrize("name", [*MESSAGES, *HOMES])
def test_no_client_name_leaves(name: str, names: ClientNames) -> None:
    text, outcome = sent(name, Veil(names=names))
    assert [found for found in names_in(outcome) | NAMES if found in text] == []


@pytest.mark.parametrize("figures", [Shown.NONE, Shown.BAND])
@pytest.mark.parametrize("name", [*MESSAGES, *HOMES])
def test_no_figure_of_the_ledger_leaves(name: str, figures: Shown) -> None:
    """Bounds of the regulation are no secret; what is shown beside them in full is hidden, or a band."""
    shown = {text.replace(",", "") for text in FIGURE.findall(sent(name, Veil())[0])}
    text, _ = sent(name, Veil(figures=figures))
    left = {found.replace(",", "") for found in FIGURE.findall(text)}
    if figures is Shown.NONE:
        assert left <= BOUNDS
    else:
        assert {found for found in shown & left if not _is_step(found)} <= BOUNDS


def _is_step(text: str) -> bool:
    """1, 2, 5 with noughts behind, or a quarter of a hundred: where a band begins or ends."""
    return bool(re.fullmatch(r"-?[125]0*(万|亿)?(美)?元|(0|25|50|75|100)%", text))


def test_a_masked_name_keeps_one_character_and_the_number() -> None:
    client = Fault(MESSAGES["standing_quality_failed"]().faults[0].as_of, "C7", "甲公司", 0, 0, 0)  # type: ignore[attr-defined]
    veil = Veil(names=ClientNames.MASKED)
    assert veil.client("甲公司", client.client) == "甲＊＊(C7)"
    assert Veil(names=ClientNames.NUMBER).client("甲公司", "C7") == "C7"
    assert Veil(names=ClientNames.NUMBER).client("新来的", None) is None


@pytest.mark.parametrize(
    ("fen", "shown"),
    [
        (0, "不足 1万元"),
        (999_999, "不足 1万元"),
        (1_000_000, "1万元–2万元"),
        (600 * 1_000_000, "500万元–1,000万元"),
        (1_000 * 1_000_000, "1,000万元–2,000万元"),
        (6_900 * 1_000_000, "5,000万元–1亿元"),
        (Fraction(-30_000_000, 1), "-20万元–50万元"),
    ],
)
def test_a_band_counts_its_lower_step_in(fen: int, shown: str) -> None:
    assert band(fen, Currency.CNY, "不足 ") == shown


def test_a_percentage_is_told_in_quarters() -> None:
    assert [quarters(text) for text in ("0%", "24.9%", "25%", "92%", "100%", "1,200.5%")] == [
        *("0–25%", "0–25%", "25–50%", "75–100%", "≥100%", "≥100%")
    ]


def test_a_choice_between_clients_can_still_be_asked_by_number() -> None:
    asked = Clarify(question="哪一户?", choices=("如果甲公司一厂再存100万呢",), clients=(("甲公司一厂", "C9"),))
    for names in (ClientNames.MASKED, ClientNames.NUMBER):
        assert "如果C9再存100万呢" in build_renderer(Veil(names=names)).outcome(asked).plain()


def test_where_figures_stay_in_the_bank_the_answer_says_where_they_are() -> None:
    for figures in (Shown.BAND, Shown.NONE):
        message = build_renderer(Veil(figures=figures)).outcome(MESSAGES["standing_own"]())
        assert "本行电脑" in message.plain()
    assert "本行电脑" not in build_renderer().outcome(MESSAGES["standing_own"]()).plain()


@pytest.mark.parametrize(
    "path", sorted((ROOT / "templates").rglob("*.j2")), ids=lambda path: f"{path.parent.name}.{path.stem}"
)
def test_no_template_prints_a_client_past_the_veil(path: Path) -> None:
    """A client's name is printed by the filter `client`; `name` is for people, files and what was typed."""
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"client(_name)?\.?(client_)?name[^}]*\|\s*name\b", text)
    assert not re.search(r"\{\{[^}|]*\b(client\.name|client_name|deposit_avg|loan_avg|settlement_usd)\s*\}\}", text)


def test_without_a_setting_names_and_figures_are_there_to_be_found() -> None:
    held = {name: sent(name, Veil()) for name in MESSAGES}
    assert sum(any(found in text for found in names_in(outcome)) for text, outcome in held.values()) >= 8
    assert sum(bool({f.replace(",", "") for f in FIGURE.findall(text)} - BOUNDS) for text, _ in held.values()) >= 20
