"""复算: an exported snapshot judged anew, anywhere: no store is needed, and what was changed is named."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.appraisal_result import appraise
from bot.domain.appraisal_signing import Signed
from bot.domain.appraisal_snapshot import Line, canonical, digest, facts_from, line_of, run_digest, state_from
from bot.domain.judge import Known
from bot.domain.period import Period
from bot.domain.rulebook import Rulebook
from bot.domain.standing import judge_standing
from bot.services.appraisal_ports import Signer

ReadRulebook = Callable[[str, Mapping[str, str]], Rulebook]
"""A rulebook from its files' texts. A BotError or ValueError for what is none."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not agree: `where` names the person and the part of it (`1001/person/exam`, `head/batch`)."""

    where: str
    kind: str
    """changed (an input or the head is not what was sealed), recomputed (the inputs give another result), digest,
    signature, damaged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What a recomputation came to."""

    people: int
    digest: str
    """Of what was recomputed."""
    sealed: str
    """What the snapshot says."""
    signed: bool | None
    """None: nobody signed."""
    faults: tuple[Fault, ...]

    @property
    def same(self) -> bool:
        """Byte for byte."""
        return not self.faults and self.digest == self.sealed


def seals_of(value: Any, depth: int = 2) -> Any:
    """A digest of each part, two levels down: what names the very input that was changed."""
    if depth == 0 or not isinstance(value, dict):
        return digest(canonical(value))[:16]
    return {key: seals_of(part, depth - 1) for key, part in value.items()}


def replay(snapshot: Mapping[str, Any], read: ReadRulebook, signer: Signer) -> Replayed:
    """Recomputes every line from its inputs and the rulebook inside, and says what does not agree."""
    try:
        return _replay(snapshot, read, signer)
    except (KeyError, TypeError, ValueError, AttributeError):
        sealed = str(snapshot.get("digest", ""))
        return Replayed(people=0, digest="", sealed=sealed, signed=None, faults=(Fault("file", "damaged"),))


def _replay(snapshot: Mapping[str, Any], read: ReadRulebook, signer: Signer) -> Replayed:
    head, faults = snapshot["head"], list(_changed("head", snapshot["head"], snapshot["head_seals"]))
    period = Period.parse(head["period"])
    state = state_from(head, period.as_of)
    rulebook = read(head["rulebook"]["version"], head["rulebook"]["files"])
    seals, known = [], Known()
    for entry in snapshot["lines"]:
        person, inputs = entry["person"], entry["inputs"]
        faults += _changed(person, inputs, entry["seals"])
        facts, said = facts_from(inputs, period, state)
        standing = judge_standing(rulebook, facts, known)
        line = line_of(standing, facts, said, appraise(standing, said))
        if line.result != canonical(entry["result"]):
            faults.append(Fault(f"{person}/result", "recomputed"))
        seals.append((person, line.seal))
        if line.seal != entry["seal"] and not any(f.where.startswith(f"{person}/") for f in faults):
            faults.append(Fault(f"{person}/inputs", "changed"))
    found = run_digest(canonical(head), seals)
    return _told(snapshot, found, len(seals), faults, signer)


def _told(snapshot: Mapping[str, Any], found: str, people: int, faults: list[Fault], signer: Signer) -> Replayed:
    sealed, signed = snapshot["digest"], None
    if snapshot.get("signature"):
        signed = signer.verify(sealed, Signed(snapshot["signature"], snapshot["public_key"]))
        if not signed:
            faults.append(Fault("file/signature", "signature"))
    if found != sealed and not faults:
        faults.append(Fault("file/digest", "digest"))
    return Replayed(people=people, digest=found, sealed=sealed, signed=signed, faults=tuple(faults))


def _changed(where: str, value: Any, seals: Any) -> list[Fault]:
    """The parts whose seal does not fit, by path; a part that is missing or new as well."""
    if not isinstance(seals, dict) or not isinstance(value, dict):
        return [] if seals_of(value, 0) == seals else [Fault(where, "changed")]
    found: list[Fault] = []
    for key in sorted(value.keys() | seals.keys()):
        if key not in value or key not in seals:
            found.append(Fault(f"{where}/{key}", "changed"))
        else:
            found += _changed(f"{where}/{key}", value[key], seals[key])
    return found


def entry_of(line: Line) -> dict[str, Any]:
    """One person's entry of an export."""
    inputs = json.loads(line.inputs)
    return {
        "person": line.person,
        "inputs": inputs,
        "result": json.loads(line.result),
        "seal": line.seal,
        "seals": seals_of(inputs),
    }
