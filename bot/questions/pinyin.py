"""Words typed in Latin letters by their sound: sanji daikuan is 三级贷款."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

_TOKEN = re.compile(r"(?<![a-z0-9'-])[a-z]{3,40}(?![a-z'-])")
DIGITS = dict(zip("123456789", ["yi", "er", "san", "si", "wu", "liu", "qi", "ba", "jiu"], strict=True))
_FOLDS = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_NG = re.compile(r"(?<=[aeio])ng(?![aeiou])")
_BETWEEN = re.compile(r"(?<=[㐀-鿿]) +| +(?=[㐀-鿿])")


class Pinyin:
    """Known words by how they sound; `sounds` are without tones, zh as z, ng as n."""

    def __init__(self, words: Iterable[str], latin: frozenset[str], sounds: Mapping[str, str]) -> None:
        """`latin`: words that are English, whatever they might sound like."""
        self._latin = latin
        self._words: dict[str, str] = {}
        for word in sorted(words, key=len):
            heard = "".join(DIGITS.get(c) or sounds.get(c, " ") for c in word)
            if len(word) > 1 and " " not in heard:
                self._words.setdefault(heard, word)
        self._longest = max(map(len, self._words), default=0)
        self._read = lru_cache(maxsize=256)(self._segment)

    def written_out(self, text: str) -> str:
        """The text with such words in characters; what is English, or no word of ours, stays."""
        if not _TOKEN.search(text):
            return text
        return _BETWEEN.sub("", _TOKEN.sub(lambda token: self._word(token[0]), text))

    def _word(self, token: str) -> str:
        return token if token in self._latin else self._read(token) or token

    def _segment(self, token: str) -> str | None:
        """The token cut into known words, the fewest."""
        for written, heard in _FOLDS:
            token = token.replace(written, heard)
        token = _NG.sub("n", token)
        best: list[tuple[str, ...] | None] = [()]
        for end in range(1, len(token) + 1):
            found = [
                (*best[start], word)  # type: ignore[misc]
                for start in range(max(0, end - self._longest), end)
                if best[start] is not None and (word := self._words.get(token[start:end]))
            ]
            best.append(min(found, key=len) if found else None)
        return "".join(best[-1]) if best[-1] else None
