"""Values are literal text: nothing that a client is called can ring a channel or break the layout."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from bot.render.mrkdwn import LONGEST_NAME, Mrkdwn, literal, one_line, plain
from bot.render.words import Words
from tests.render.samples import WORDS


def test_control_characters_are_escaped_and_marks_made_wide() -> None:
    assert literal("<!channel> & *b* `c` ~d~ _e_") == "&lt;!channel&gt; &amp; ＊b＊ ｀c｀ ～d～ ＿e＿"


def test_an_underscore_within_a_word_stays() -> None:
    assert literal("a_b 2_3") == "a_b 2_3"


def test_a_name_cannot_be_an_emoji_or_a_quote() -> None:
    assert literal(":skull: 12:30") == "：skull: 12:30"
    assert literal("> quoted") == "＞ quoted"


def test_what_a_template_made_is_not_escaped_twice() -> None:
    assert literal(Mrkdwn("*a* &amp; b")) == "*a* &amp; b"


@given(st.text())
def test_plain_text_gives_back_what_went_in_but_for_wide_marks(text: str) -> None:
    wide = str.maketrans("*~`_>:", "＊～｀＿＞：")
    assert plain(literal(text)).translate(wide) == text.translate(wide)


@given(st.text())
def test_a_name_is_one_short_line(text: str) -> None:
    line = one_line(text)
    assert line and len(line) <= LONGEST_NAME and line.isprintable() and len(line.splitlines()) == 1


def test_a_name_cannot_turn_the_reading_direction() -> None:
    assert one_line("甲\u202e公司\n\u2066乙\x1b") == "甲公司 乙"


def test_marks_are_undone_in_plain_text() -> None:
    assert plain("> *差* _600_ `x` &lt;a_b&gt;") == "差 600 x <a_b>"


def test_a_value_that_nobody_gave_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        WORDS.slots("conversation/clarify")


def test_lines_of_tags_alone_leave_no_blank_line(tmp_path: Path) -> None:
    (tmp_path / "a.j2").write_text(
        "{% block m %}\n{% if x %}\n  甲 {{ x }}\n{% endif %}\n乙\n{% endblock %}", encoding="utf-8"
    )
    assert Words(tmp_path).slots("a", x="<") == {"m": "甲 &lt;\n乙"}


def test_every_template_compiles_and_stands_in_a_folder_of_its_topic() -> None:
    for name in WORDS.templates():
        WORDS._compiled(name)
        assert "/" in name
