"""Links to clips that cannot be guessed, altered or used by another session. Knows nothing of the web server."""

import base64
import hashlib
import hmac
import json
import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

from dfec_explore.errors import ClipError, DfecError

SECRET_BYTES = 32


class LinkRefused(DfecError):
    """A link to a clip is not valid, or no longer."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The link to the clip {reason}. Open the page again.")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class ClipReference:
    """What a link stands for: a clip by its public path in the annotation file, never by its place on disk.

    Attributes:
        source: source id.
        video: relative path as in the annotation file; to be resolved again when the link is used.
        kind: what is wanted of the clip: ``clip``, ``thumbnail``, ``filmstrip``.
    """

    source: str
    video: str
    kind: str = "clip"


class ClipSigner:
    """Makes and checks the tokens in the addresses of clips.

    A token is the reference and its expiry in readable form, and HMAC-SHA256 over them, the user and a hash of the
    session's cookie. It says nothing that the annotation file does not say.

    Args:
        secret: at least 32 random bytes; see ``load_or_create_secret``.
    """

    def __init__(self, secret: bytes) -> None:
        if len(secret) < SECRET_BYTES:
            raise ValueError(f"a secret of {len(secret)} bytes can be guessed; take at least {SECRET_BYTES}")
        self._secret = secret

    def sign(self, reference: ClipReference, *, user: str, session: str, expires: int) -> str:
        """Return a token of characters that are safe in a URL.

        Args:
            reference: the clip.
            user: who may use it; empty where nobody logs in.
            session: value of the session's cookie.
            expires: last second at which it is valid, in seconds since 1970.
        """
        payload = {"s": reference.source, "v": reference.video, "k": reference.kind, "e": expires}
        text = _url_safe(json.dumps(payload, separators=(",", ":")).encode("ascii"))
        return f"{text}.{self._signature(text, user, session)}"

    def verify(self, token: str, *, user: str, session: str, now: float) -> ClipReference:
        """Return what a token stands for.

        Args:
            token: as it came in.
            user: who asks for it.
            session: value of the session's cookie that came with it.
            now: seconds since 1970.

        Raises:
            LinkRefused: it was altered, belongs to another user or session, or has expired.
        """
        text, _, signature = token.partition(".")
        expected = self._signature(text, user, session)
        # Texts are compared, not decoded bytes: several texts can decode to the same bytes.
        if not hmac.compare_digest(signature.encode("utf-8", "replace"), expected.encode("ascii")):
            raise LinkRefused("is not valid here")
        payload = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if now > payload["e"]:
            raise LinkRefused("has expired")
        return ClipReference(payload["s"], payload["v"], payload["k"])

    def _signature(self, text: str, user: str, session: str) -> str:
        cookie = hashlib.sha256(session.encode("utf-8", "surrogatepass")).hexdigest()
        # As a JSON list, no two triples have the same bytes.
        message = json.dumps([text, user, cookie]).encode("ascii")
        return _url_safe(hmac.new(self._secret, message, hashlib.sha256).digest())


def expiry(now: float, *, hours: int) -> int:
    """Return a second at least ``hours`` after ``now``, the same for all of one hour.

    A page that runs again then makes the same address again, and the browser keeps the clip that it has.
    """
    return (int(now) // 3600 + hours + 1) * 3600


def load_or_create_secret(path: Path) -> bytes:
    """Read the key that links are signed with; the first to ask makes it, readable by its owner alone.

    Raises:
        ClipError: the file there is no key.
    """
    if not path.exists():
        _create_secret(path)
    path.chmod(0o600)
    secret = path.read_bytes()
    if len(secret) < SECRET_BYTES:
        raise ClipError(path, "it is no key; remove it, and a new one is made")
    return secret


def _create_secret(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # mkstemp makes files of mode 0600.
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(SECRET_BYTES))
            file.flush()
            os.fsync(file.fileno())
        _publish(temporary, path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _publish(temporary: str, path: Path) -> None:
    """Give a file its name unless another process was first: unlike a rename, a link fails then."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        return
    except OSError:  # A disk without hard links.
        os.replace(temporary, path)


def _url_safe(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
