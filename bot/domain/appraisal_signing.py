"""A signature over a digest."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signed:
    """Both in hexadecimal; Ed25519."""

    signature: str
    public_key: str
