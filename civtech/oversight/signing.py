"""Signing where the audit log ends, with an Ed25519 key that no one who only has the database knows."""

import base64
import binascii
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

KEY_LETTERS = 32
NOT_A_KEY = "AUDIT_SIGNING_KEY must be an Ed25519 key. Make one with: flask audit new-key"


class NotAKey(ValueError):
    """A text that is no Ed25519 key."""


def private_key(text: str) -> Ed25519PrivateKey:
    """Read a private key: 32 bytes in base64, or PEM. Raise `NotAKey` for anything else."""
    try:
        if "-----BEGIN" in text:
            key = serialization.load_pem_private_key(text.replace("\\n", "\n").encode(), password=None)
            if isinstance(key, Ed25519PrivateKey):
                return key
            raise NotAKey(NOT_A_KEY)
        return Ed25519PrivateKey.from_private_bytes(base64.b64decode(text, validate=True))
    except (ValueError, TypeError, binascii.Error) as error:
        raise NotAKey(NOT_A_KEY) from error


def new_key() -> str:
    """Make a private key, in base64."""
    return base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()


def public_key(pem: str) -> Ed25519PublicKey:
    """Read a public key from PEM, or raise `NotAKey`."""
    try:
        key = serialization.load_pem_public_key(pem.encode())
    except (ValueError, TypeError) as error:
        raise NotAKey("This is not a public key in PEM format.") from error
    if not isinstance(key, Ed25519PublicKey):
        raise NotAKey("This is not an Ed25519 key.")
    return key


def pem_of(key: Ed25519PublicKey) -> str:
    """Write a public key as PEM."""
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def id_of(key: Ed25519PublicKey) -> str:
    """Return what a checkpoint calls the key: the beginning of the SHA-256 of its 32 bytes."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:KEY_LETTERS]


def sign(words: str, key: Ed25519PrivateKey) -> str:
    """Return the signature of `words`, in base64."""
    return base64.b64encode(key.sign(words.encode())).decode()


def is_signed(words: str, signature: str, key: Ed25519PublicKey) -> bool:
    """Whether the key made this signature."""
    try:
        key.verify(base64.b64decode(signature, validate=True), words.encode())
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True
