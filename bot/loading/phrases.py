"""knowledge/phrases/ as one `Phrases` value. Strict: what is misspelt or missing is said with its file and key."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import yaml

from bot.questions.phrases import Choices, ChoicesByLanguage, Entry, Kind, Phrases, Scope, Sign, Topic

_KEYS = {
    Kind.GRADE: ("grades", {"key", "words"}, set()),
    Kind.ASPECT: ("aspects", {"key", "words"}, {"absorbs", "weak", "signs"}),
    Kind.TOPIC: (
        "topics",
        {"key", "words", "clauses", "say", "say_en"},
        {"absorbs", "weak", "readings", "signs", "grade"},
    ),
    Kind.SCOPE: ("scope", {"reason", "words", "nearest"}, {"strong", "when", "signs"}),
    Kind.INTENT: ("intents", {"key", "words"}, {"signs"}),
    Kind.PERIOD: ("periods", {"key", "words"}, set()),
}


class FaultyPhrases(ValueError):
    """What is wrong in knowledge/phrases/, all of it, one fault a line."""


def load_phrases(folder: Path) -> Phrases:
    """Every file of the folder. FaultyPhrases with all faults found."""
    faults: list[str] = []
    lists = {kind: list(_entries(folder, kind, faults)) for kind in _KEYS}
    if faults:
        raise FaultyPhrases("\n".join(faults))
    words = [(word, _entry(kind, n, found)) for kind, many in lists.items() for n, found in enumerate(many)
             for word in found["words"]]  # fmt: skip
    fillers = [(str(word), Entry(Kind.FILLER, "filler")) for word in _read(folder / "fillers.yaml")["words"]]
    spoken = _read(folder / "spoken.yaml")
    return Phrases(
        grades=tuple(found["key"] for found in lists[Kind.GRADE]),
        names={
            **{found["key"]: next(word for word in found["words"] if len(word) == 2) for found in lists[Kind.GRADE]},
            **{found["key"]: min(map(str, found["words"]), key=len) for found in lists[Kind.TOPIC]},
        },
        words=tuple((str(word), entry) for word, entry in [*words, *fillers]),
        topics={found["key"]: _topic(found) for found in lists[Kind.TOPIC]},
        scopes={str(n): _scope(n, found) for n, found in enumerate(lists[Kind.SCOPE])},
        choices=_choices(_read(folder / "choices.yaml")),
        characters={ord(pair[0]): pair[1] for pair in _read(folder / "characters.yaml")["pairs"].split()},
        scales=_tuples(spoken["scales"]),
        units=_tuples(spoken["units"]),
        counters=_tuples(spoken["counters"]),
        surnames=frozenset(_read(folder / "names.yaml")["surnames"].split()),
        signs=tuple(
            _sign(sign, _entry(kind, n, found))
            for kind, many in lists.items()
            for n, found in enumerate(many)
            for sign in found.get("signs", ())
        ),
        ordinary=_ordinary(_read(folder / "ordinary.yaml")),
        misspelt=frozenset(_read(folder / "shapes.yaml")["misspelt"]),
        shapes={c: group[0] for group in _read(folder / "shapes.yaml")["groups"].split() for c in group},
        step_signs=tuple(
            _sign(sign, Entry(Kind.INTENT, found["key"]))
            for found in _read(folder / "steps.yaml")
            for sign in found["signs"]
        ),
        suppositions=_tuples(_read(folder / "suppositions.yaml")),
        taught={str(one["ask"]): tuple(one["clauses"]) for one in _read(folder / "taught.yaml") or ()},
        sounds={c: sound for sound, many in _read(folder / "sounds.yaml").items() for c in many},
    )


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)


def _entries(folder: Path, kind: Kind, faults: list[str]) -> Iterator[dict[str, Any]]:
    name, required, allowed = _KEYS[kind]
    seen: set[str] = set()
    for found in _read(folder / f"{name}.yaml"):
        label = f"{name}.yaml: {found.get('key') or found.get('reason')}"
        faults += [f"{label}: no {key}" for key in sorted(required - found.keys())]
        faults += [f"{label}: unknown key {key}" for key in sorted(found.keys() - required - allowed)]
        if found.get("key") in seen:
            faults.append(f"{label}: twice")
        seen.add(found.get("key") or "")
        yield found
        seen.discard("")


def _entry(kind: Kind, number: int, found: Mapping[str, Any]) -> Entry:
    key = str(number) if kind is Kind.SCOPE else found["key"]
    return Entry(kind, key, frozenset(found.get("absorbs", ())), bool(found.get("weak", False)))


def _topic(found: Mapping[str, Any]) -> Topic:
    return Topic(
        key=found["key"],
        clauses=tuple(found["clauses"]),
        say=found["say"],
        say_en=found["say_en"],
        grade=found.get("grade"),
        readings=tuple(found.get("readings", ())),
    )


def _scope(number: int, found: Mapping[str, Any]) -> Scope:
    return Scope(
        key=str(number),
        reason=found["reason"],
        nearest=tuple(found["nearest"]),
        strong=found.get("strong", False),
        when=tuple(found.get("when", ())),
    )


def _ordinary(found: Mapping[str, str]) -> frozenset[str]:
    return frozenset(found["words"].split()) | frozenset(found["english"].split())


def _sign(written: str, entry: Entry) -> Sign:
    """`资格 & 谁/哪个小组`: groups parted by &, words by /."""
    groups = (tuple(word.strip() for word in group.split("/")) for group in written.split("&"))
    return Sign(entry, tuple(groups), written)


def _choices(found: Mapping[str, Any]) -> ChoicesByLanguage:
    """The keys of the English ones end in _en."""
    names = [field.name for field in fields(Choices)]
    zh = {name: found[name] for name in names}
    en = {name: found[f"{name}_en"] for name in names}
    return ChoicesByLanguage(
        zh=Choices(**{**zh, "vague": tuple(zh["vague"])}), en=Choices(**{**en, "vague": tuple(en["vague"])})
    )


def _tuples(table: Mapping[str, list[Any]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(str(word) for word in words) for key, words in table.items()}
