"""Who a user is, by the claims of the provider, and what ties links to a session."""

import pytest

from dfec_explore.web.identity import from_claims, session_of

VERIFIED = {"sub": "17", "email": "ada@example.org", "email_verified": True, "name": "Ada"}


@pytest.mark.parametrize(
    ("claims", "claim", "reviewer"),
    [
        (VERIFIED, "", "ada@example.org"),
        (VERIFIED | {"email_verified": False}, "", "17"),
        (VERIFIED | {"email_verified": "true"}, "", "17"),
        ({"sub": "17", "name": "Ada"}, "", "17"),
        (VERIFIED | {"preferred_username": "ada.l"}, "preferred_username", "ada.l"),
        (VERIFIED, "preferred_username", "ada@example.org"),
        ({}, "", "unnamed"),
    ],
)
def test_a_reviewer_is_named_by_what_the_provider_keeps_apart(
    claims: dict[str, object], claim: str, reviewer: str
) -> None:
    assert from_claims(claims, claim).reviewer == reviewer


def test_a_session_is_all_pieces_of_the_login_cookie_and_not_its_tokens() -> None:
    cookies = {"_streamlit_user_1": "b", "_streamlit_user": "a", "_streamlit_xsrf": "x", "other": "o"}
    assert session_of(cookies) == session_of(cookies | {"_streamlit_user_tokens": "t"}) == "x\na\nb"
    assert session_of({"_streamlit_xsrf": "x"}) == "x"
    assert session_of({}) == ""
