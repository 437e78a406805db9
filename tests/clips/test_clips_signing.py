"""Links to clips work for whom they were made, until they expire, and reveal and allow nothing else."""

import base64
import multiprocessing
import stat
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dfec_explore.clips import ClipReference, ClipSigner, LinkRefused, expiry, load_or_create_secret
from dfec_explore.errors import ClipError

SECRET = bytes(range(32))
SIGNER = ClipSigner(SECRET)
CLIP = ClipReference("DFEW", "DFEW/videos/2961.mp4")
URL_SAFE = set(string.ascii_letters + string.digits + "-_.")


def token(**changes: object) -> str:
    values: dict = {"user": "ann", "session": "cookie", "expires": 1000} | changes
    return SIGNER.sign(CLIP, **values)


def test_signing_gives_back_what_was_signed() -> None:
    assert SIGNER.verify(token(), user="ann", session="cookie", now=999) == CLIP


@given(st.text(), st.text(), st.text(), st.text(), st.text())
def test_signing_takes_any_text_and_gives_url_safe_tokens(
    source: str, video: str, kind: str, user: str, session: str
) -> None:
    reference = ClipReference(source, video, kind)
    made = SIGNER.sign(reference, user=user, session=session, expires=5)
    assert set(made) <= URL_SAFE
    assert SIGNER.verify(made, user=user, session=session, now=5) == reference


def test_signing_refuses_any_single_altered_character() -> None:
    good = token()
    for place in range(len(good)):
        for other in URL_SAFE - {good[place]}:
            with pytest.raises(LinkRefused, match="not valid"):
                SIGNER.verify(good[:place] + other + good[place + 1 :], user="ann", session="cookie", now=0)


@given(st.text())
def test_signing_refuses_any_other_text(text: str) -> None:
    with pytest.raises(LinkRefused):
        SIGNER.verify(text, user="ann", session="cookie", now=0)


@pytest.mark.parametrize(
    "change", [lambda t: t + "=", lambda t: t + ".", lambda t: t[:-1], lambda t: "", lambda t: "."]
)
def test_signing_refuses_longer_and_shorter_tokens(change) -> None:
    with pytest.raises(LinkRefused):
        SIGNER.verify(change(token()), user="ann", session="cookie", now=0)


@pytest.mark.parametrize(
    ("user", "session"), [("bob", "cookie"), ("ann", "other"), ("", "cookie"), ("ann", ""), ("anncookie", "")]
)
def test_signing_refuses_other_users_and_sessions(user: str, session: str) -> None:
    with pytest.raises(LinkRefused, match="not valid"):
        SIGNER.verify(token(), user=user, session=session, now=0)


def test_signing_refuses_an_expired_token_and_says_so() -> None:
    assert SIGNER.verify(token(), user="ann", session="cookie", now=1000) == CLIP
    with pytest.raises(LinkRefused, match="has expired"):
        SIGNER.verify(token(), user="ann", session="cookie", now=1000.1)


def test_signing_refuses_the_tokens_of_another_key() -> None:
    with pytest.raises(LinkRefused):
        ClipSigner(bytes(32)).verify(token(), user="ann", session="cookie", now=0)


def test_signing_reveals_the_public_path_only() -> None:
    readable = base64.urlsafe_b64decode(token().partition(".")[0] + "==").decode()
    assert readable == '{"s":"DFEW","v":"DFEW/videos/2961.mp4","k":"clip","e":1000}'


def test_signing_refuses_a_key_that_can_be_guessed() -> None:
    with pytest.raises(ValueError, match="3 bytes"):
        ClipSigner(b"key")


def test_signing_expiry_is_the_same_for_an_hour_and_never_too_early() -> None:
    assert expiry(7200, hours=12) == expiry(10799, hours=12) == 7200 + 13 * 3600
    assert all(3600 <= expiry(now, hours=1) - now <= 7200 for now in range(0, 10_000, 97))


def test_signing_key_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "state" / "clip-links.key"
    secret = load_or_create_secret(path)
    assert len(secret) == 32
    assert load_or_create_secret(path) == secret
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_signing_key_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_bytes(SECRET)
    path.chmod(0o644)
    assert load_or_create_secret(path) == SECRET
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_signing_key_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"short")
    with pytest.raises(ClipError, match=r"key: it is no key; remove it"):
        load_or_create_secret(tmp_path / "key")


def test_signing_key_is_the_same_for_processes_that_start_together(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    with context.Pool(4) as pool:
        keys = pool.map(load_or_create_secret, [tmp_path / str(i // 4) for i in range(40)], chunksize=1)
        pool.close()
        pool.join()
    for first in range(0, 40, 4):
        assert len(set(keys[first : first + 4])) == 1
