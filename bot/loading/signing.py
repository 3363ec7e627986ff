"""Ed25519 signatures over the digest of a finalised run, by the key in the file that `LADDER_SIGNING_KEY` names."""

from pathlib import Path

from bot.domain.appraisal_signing import Signed
from bot.errors import SigningKeyUnusable


class FileSigner:
    """Implements `services.ports.Signer`. Without a file nothing is signed, which every output says.

    Rotation: put another key into the file. Each run keeps the public key that it was signed with.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file

    def sign(self, digest: str) -> Signed | None:
        """SigningKeyUnusable where the file is no Ed25519 private key in PEM."""
        if self._file is None:
            return None
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        try:
            key = serialization.load_pem_private_key(self._file.read_bytes(), password=None)
        except (OSError, ValueError, TypeError):
            raise SigningKeyUnusable(file=str(self._file)) from None
        if not isinstance(key, Ed25519PrivateKey):
            raise SigningKeyUnusable(file=str(self._file))
        public = key.public_key().public_bytes_raw().hex()
        return Signed(key.sign(digest.encode()).hex(), public)

    def verify(self, digest: str, signed: Signed) -> bool:
        """Whether that public key's owner has signed that digest."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(signed.public_key))
            public.verify(bytes.fromhex(signed.signature), digest.encode())
        except (InvalidSignature, ValueError):
            return False
        return True
