"""`make fuzz-questions`: random and mutated messages; each gets an answer or a reason, and none raises.

Emoji, control characters, right-to-left marks, markup, 40,000 characters, words of ours in any order, questions with
letters dropped, doubled and swapped, follow-ups on whatever was said before; no answer says a figure that its clauses do not.
"""

import argparse
import random
import time
from collections.abc import Iterator

from tests.conversations.questions import cases
from tests.conversations.test_fuzz import MARKS, TEXTS, WORDS, hold

LONG = (40_000, 12_000, 4_000)
SCRIPTS = (
    "一二三四级存款贷款",
    "abcdefgh '?!.",
    "0123456789亿万元.,",
    "\u202e\u200b\u0000\ufeff\u2066",
    "😀🏦🎉👩‍💻",
    "<>&*_~`|@#",
    "עבריתعربي",
    "ㄅㄆㄇかなカナ한글",
)


def messages(seed: int, how_many: int) -> Iterator[str]:
    """The same for the same seed."""
    dice = random.Random(seed)
    questions = [*TEXTS, *(str(turn) for case in cases("dev") for turn in case.get("turns", [case.get("ask")]))]
    for number in range(how_many):
        if number % 500 == 0:
            yield dice.choice([*WORDS, *SCRIPTS]) * (dice.choice(LONG) // 4)
        elif number % 3 == 0:
            yield "".join(dice.choice(dice.choice(SCRIPTS)) for _ in range(dice.randint(0, 60)))
        elif number % 3 == 1:
            yield dice.choice(("", " ", "、", ",")).join(dice.choice(WORDS) for _ in range(dice.randint(1, 8)))
        else:
            yield mutated(dice.choice(questions), dice)


def mutated(text: str, dice: random.Random) -> str:
    """A question with up to six things done to it."""
    letters = list(text)
    for _ in range(dice.randint(1, 6)):
        place = dice.randint(0, len(letters))
        what = dice.choice(("drop", "double", "swap", "mark", "word", "digit"))
        if what == "drop":
            del letters[place : place + dice.randint(1, 3)]
        elif what == "double":
            letters[place:place] = letters[place : place + 2]
        elif what == "swap":
            letters[place : place + 2] = reversed(letters[place : place + 2])
        else:
            pool = {"mark": MARKS, "word": WORDS, "digit": list("0123456789零两十百千万亿")}[what]
            letters[place:place] = list(dice.choice(pool))
    return "".join(letters)


def main() -> None:
    """Prints how many were asked; an exception names its seed and number."""
    options = argparse.ArgumentParser(prog="make fuzz-questions")
    options.add_argument("--messages", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    began = time.perf_counter()
    for number, text in enumerate(messages(chosen.seed, chosen.messages)):
        try:
            hold(text)
        except Exception as fault:
            raise SystemExit(f"seed {chosen.seed}, message {number}: {text[:200]!r}: {fault!r}") from fault
    print(f"{chosen.messages} messages, none raised; {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
