"""Block Kit's limits, held in one place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render import ids
from bot.render.blocks import SECTION, TooLong, actions, button, context, fields, header, quote, section, split
from bot.render.message import Message
from tests.render.judges import judge


def test_a_long_text_is_split_at_line_ends() -> None:
    lines = [f"第{n}行" + "字" * 90 for n in range(100)]
    made = section("\n".join(lines))
    assert len(made) > 1
    assert "\n".join(block["text"]["text"] for block in made).split("\n") == lines
    judge(Message.of("长文", made))


@given(st.lists(st.sampled_from(["&amp;", "&lt;", "字", "a", "\n"]), max_size=300), st.integers(8, 50))
def test_no_piece_is_too_long_and_no_escape_is_cut(pieces: list[str], limit: int) -> None:
    made = list(split("".join(pieces), limit))
    assert all(0 < len(piece) <= limit for piece in made)
    assert "".join(made).replace("\n", "") == "".join(pieces).replace("\n", "")
    for piece in made:
        assert "&" not in piece.replace("&amp;", "").replace("&lt;", "")


def test_rows_are_dealt_to_as_many_blocks_as_they_need() -> None:
    message = Message.of(
        "x",
        fields(f"f{n}" for n in range(23)),
        context(*(f"c{n}" for n in range(12))),
        actions(*(button(f"b{n}", f"a{n}", f"v{n}") for n in range(7))),
        header("题" * 200),
        quote("一\n二"),
    )
    assert [block["type"] for block in judge(message).blocks] == [
        *["section"] * 3,
        *["context"] * 2,
        *["actions"] * 2,
        "header",
        "section",
    ]


def test_no_text_makes_no_block() -> None:
    assert section("") == context("", "") == fields([]) == header("") == actions() == quote("") == []


def test_a_label_or_value_past_its_limit_is_refused() -> None:
    with pytest.raises(TooLong):
        button("长" * 76, "a")
    with pytest.raises(TooLong):
        button("a", "a", "v" * 2001)


def test_a_message_without_a_fallback_is_refused() -> None:
    with pytest.raises(ValueError, match="fallback"):
        Message.of("")


@given(st.lists(st.integers(1, SECTION), min_size=1, max_size=130))
def test_a_long_message_is_cut_into_several_that_slack_takes(lengths: list[int]) -> None:
    message = Message.of("x", *(section("字" * length) for length in lengths))
    pages = message.pages()
    assert [block for page in pages for block in page.blocks] == list(message.blocks)
    for page in pages:
        judge(page)


def test_a_figure_value_is_read_back() -> None:
    assert ids.parse_figure(ids.figure_value("10|01", "2026Q3", "second.a")) == ("10|01", "2026Q3", "second.a")
