"""A small OpenID Connect provider on loopback: the authorization code flow, with two users to choose from.

OpenID Connect Core 1.0 (section 3.1) as far as a browser and the app need it: discovery, authorization, token, keys,
end of session. ID tokens are signed with a key of its own (RS256).
"""

import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from running_servers import free_port
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT = "dfec-explore"
USERS: Mapping[str, Mapping[str, Any]] = {
    "ada": {"sub": "u-1", "name": "Ada L.", "email": "ada@example.org", "email_verified": True},
    "ben": {"sub": "u-2", "name": "Ben <b>", "email": "ada@example.org", "email_verified": False},
}
"""Ben claims Ada's address, and the provider has not verified it."""


class Provider:
    """The provider's state and its endpoints."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.key = RSAKey.generate_key(2048, {"kid": "1", "use": "sig", "alg": "RS256"})
        self.codes: dict[str, tuple[str, str]] = {}

    def app(self) -> Starlette:
        """The ASGI app."""
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.discovery),
                Route("/authorize", self.authorize),
                Route("/token", self.token, methods=["POST"]),
                Route("/keys", self.keys),
                Route("/end", self.end),
            ]
        )

    async def discovery(self, _: Request) -> Response:
        """What there is."""
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "end_session_endpoint": f"{self.issuer}/end",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
            }
        )

    async def authorize(self, request: Request) -> Response:
        """A page to choose a user on, then back to the app with a code."""
        asked = request.query_params
        if "user" not in asked:
            links = [f'<a id="{user}" href="?{urlencode({**asked, "user": user})}">{user}</a>' for user in USERS]
            return HTMLResponse("<h1>Provider</h1>" + " ".join(links))
        code = secrets.token_urlsafe()
        self.codes[code] = (asked["user"], asked.get("nonce", ""))
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    async def token(self, request: Request) -> Response:
        """A code for tokens, once."""
        form = await request.form()
        user, nonce = self.codes.pop(str(form["code"]))
        now = int(time.time())
        claims = {**USERS[user], "iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 600, "nonce": nonce}
        id_token = jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.key)
        return JSONResponse(
            {"access_token": secrets.token_urlsafe(), "token_type": "Bearer", "expires_in": 600, "id_token": id_token}
        )

    async def keys(self, _: Request) -> Response:
        """The public key."""
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    async def end(self, request: Request) -> Response:
        """Back to the app."""
        return RedirectResponse(request.query_params["post_logout_redirect_uri"])


@contextmanager
def running_provider() -> Iterator[Provider]:
    """Serve a provider in a thread as long as the context lasts."""
    port = free_port()
    provider = Provider(f"http://127.0.0.1:{port}")
    server = uvicorn.Server(uvicorn.Config(provider.app(), host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield provider
    finally:
        server.should_exit = True
        thread.join(10)
