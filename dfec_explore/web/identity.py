"""Who looks at the app: the signed-in user where logins are set up, else whoever gives a name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

SESSION_COOKIE = "_streamlit_xsrf"
"""Streamlit's own cookie: a browser that did not open the app has none that fits."""

LOGIN_COOKIE = "_streamlit_user"
"""The signed cookie of a login; a long one goes on in ``_streamlit_user_1``, ``_streamlit_user_2`` ..."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A user whom the identity provider vouches for."""

    reviewer: str
    """The name in the verdicts: the verified e-mail address, else the provider's own id of the user."""
    title: str
    """The name on the screen."""


def logins_are_set_up() -> bool:
    """Whether ``secrets.toml`` has an ``[auth]`` section: then nothing is shown to those who are not signed in."""
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False


def signed_in(claim: str = "") -> SignedIn | None:
    """The signed-in user of this session; None where nobody is, or logins are not set up.

    Args:
        claim: as in ``from_claims``.
    """
    if not logins_are_set_up() or not st.user.is_logged_in:
        return None
    return from_claims(st.user.to_dict(), claim)


def from_claims(claims: Mapping[str, Any], claim: str = "") -> SignedIn:
    """Name a user by the claims of an ID token (OpenID Connect Core 1.0, section 5.1).

    An address that the provider has not verified, and a name, can be chosen freely by whoever signs in: they do not
    tell users apart. The provider's own id (``sub``) does.

    Args:
        claims: what the provider says of the user.
        claim: the one that names the reviewer, where the provider is trusted to keep it apart for each user.
    """
    subject, email = str(claims.get("sub", "")).strip(), str(claims.get("email") or "").strip()
    reviewer = email if email and claims.get("email_verified") is True else subject
    reviewer = str(claims.get(claim) or "").strip() or reviewer
    title = str(claims.get("name") or claims.get("preferred_username") or email or reviewer).strip()
    return SignedIn(reviewer[:200] or "unnamed", title[:80] or "unnamed")


def session_of(cookies: Mapping[str, str]) -> str:
    """What ties a link to one session: the cookie of the browser and, where there is one, that of the login.

    Args:
        cookies: of the page's session or of a request; empty text is returned where none of them is there.
    """
    names = [SESSION_COOKIE, *sorted(name for name in cookies if _is_login(name))]
    return "\n".join(str(cookies[name]) for name in names if name in cookies)


def _is_login(name: str) -> bool:
    chunk = name.removeprefix(f"{LOGIN_COOKIE}_")
    return name == LOGIN_COOKIE or (name != chunk and chunk.isdigit())


def sign_in_page() -> None:
    """What stands there for those who are not signed in."""
    with (
        st.container(horizontal_alignment="center", height="content"),
        st.container(key="sign-in", width=460, gap="medium", border=True),
    ):
        st.markdown("## DFEC Explore")
        st.text("Captions and clips of people's faces are shown to signed-in reviewers only.")
        st.button("Sign in", type="primary", icon=":material/login:", on_click=st.login, key="sign-in.go")


def sidebar_entry(user: SignedIn) -> None:
    """Who is signed in, and the way out, at the foot of the sidebar."""
    with st.sidebar, st.container(key="signed-in", gap="small"):
        st.text(f"Signed in as {user.title}")
        if user.title != user.reviewer:
            st.text(f"Verdicts: {user.reviewer}")
        st.button("Sign out", icon=":material/logout:", on_click=st.logout, key="sign-in.out", width="stretch")
