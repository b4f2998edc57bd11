"""A device with passkeys, made of keys and bytes (Web Authentication, section 6), which can also lie."""

import hashlib
import html
import json
import re
import secrets
from base64 import urlsafe_b64encode
from struct import pack

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, WITH_KEY = 1, 4, 64


def options_on(page: str) -> dict:
    """What a page asks the browser's devices for."""
    found = re.search(r'data-options="([^"]+)"', page)
    assert found, page
    return json.loads(html.unescape(found.group(1)))


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


class SoftDevice:
    """One passkey. A test can set what it says: the origin, whether its owner was there, how often it was used."""

    def __init__(self, origin: str = "http://localhost") -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential = secrets.token_bytes(16)
        self.origin = origin
        self.flags = PRESENT | VERIFIED
        self.uses = 0
        self.counts = False

    def _client_data(self, kind: str, options: dict) -> bytes:
        said = {"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _says(self, more: bytes = b"", flags: int = 0) -> bytes:
        host = hashlib.sha256(b"localhost").digest()
        self.uses = self.uses + 1 if self.counts else 0
        return host + bytes([self.flags | flags]) + pack(">I", self.uses) + more

    def create(self, options: dict) -> str:
        """The answer that registers the key."""
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        attested = bytes(16) + pack(">H", len(self.credential)) + self.credential + cbor2.dumps(public)
        made = {"fmt": "none", "attStmt": {}, "authData": self._says(attested, WITH_KEY)}
        return self._answer(
            clientDataJSON=_text(self._client_data("webauthn.create", options)),
            attestationObject=_text(cbor2.dumps(made)),
        )

    def get(self, options: dict) -> str:
        """The answer that signs in."""
        data, said = self._client_data("webauthn.get", options), self._says()
        signature = self.key.sign(said + hashlib.sha256(data).digest(), ec.ECDSA(SHA256()))
        return self._answer(clientDataJSON=_text(data), authenticatorData=_text(said), signature=_text(signature))

    def _answer(self, **response: str) -> str:
        named = _text(self.credential)
        return json.dumps({"id": named, "rawId": named, "type": "public-key", "response": response})
