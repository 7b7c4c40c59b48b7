"""ProConnect as its documentation describes it to service providers, on this machine: it refuses what breaks its rules.

Tests may have it tell lies, which our site must not believe.
"""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
import requests
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CLIENT_ID = "client-of-the-resource-centre"
CLIENT_SECRET = "a-secret-of-more-than-thirty-two-characters"
CALLBACK = "http://testserver/proconnect/callback/"
SIGNED_OUT = "http://testserver/proconnect/signed-out/"
REQUIRED = {"response_type", "client_id", "redirect_uri", "scope", "state", "nonce"}
OPTIONAL = {"claims", "prompt", "idp_hint", "login_hint"}
SCOPES = {"openid", "given_name", "usual_name", "email", "siret", "uid"}
TOKEN_PARAMETERS = {"grant_type", "client_id", "client_secret", "redirect_uri", "code"}
CODE_SECONDS = 30
ACCESS_SECONDS = 60
SHORTEST_RANDOM = 32

RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EC_KEY = ec.generate_private_key(ec.SECP256R1())
FOREIGN_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class FakeProConnect:
    """``person`` is who is in front of the screen; ``id_token`` and ``userinfo`` may change what is said of them."""

    def __init__(self):
        self.person = {
            "sub": "704e024229015d2b",
            "email": "agnes.martin@antony.example.org",
            "given_name": "Agnès",
            "usual_name": "Martin",
            "siret": "21920002400013",
            "uid": "amartin",
        }
        self.acr = "https://proconnect.gouv.fr/assurance/consistency-checked"
        self.error = ""
        self.trouble = ""
        self.clock = 0
        self.id_token = self.userinfo = lambda claims: claims
        self.sign = self.sign_userinfo = sign
        self.userinfo_type = "application/jwt"
        self.asked = []
        self.codes, self.access_tokens = {}, {}
        self._httpd = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._httpd.daemon_threads = True
        self.issuer = f"http://127.0.0.1:{self._httpd.server_port}/api/v2"
        threading.Thread(target=self._httpd.serve_forever, args=(0.01,), daemon=True).start()

    def close(self):
        self._httpd.shutdown()
        self._httpd.server_close()

    def visit(self, url):
        """What the person's browser gets from ProConnect: the address to which it is sent back, or an error."""
        return requests.get(url, allow_redirects=False, timeout=5)

    def now(self):
        return time.time() + self.clock

    def authorize(self, query, _request):
        given = dict(query)
        if len(given) != len(query) or not REQUIRED <= given.keys() <= REQUIRED | OPTIONAL:
            return bad_request()
        if min(len(given["state"]), len(given["nonce"])) < SHORTEST_RANDOM:
            return bad_request()
        if given["client_id"] != CLIENT_ID or given["redirect_uri"] != CALLBACK or given["response_type"] != "code":
            return bad_request()
        if not {"openid"} <= set(given["scope"].split()) <= SCOPES:
            return bad_request()
        if self.error:
            return found(CALLBACK, error=self.error, error_description="…", state=given["state"])
        code = secrets.token_urlsafe()
        self.codes[code] = (self.now(), given["nonce"])
        return found(CALLBACK, code=code, state=given["state"])

    def token(self, _query, request):
        given = dict(parse_qsl(request["body"]))
        if given.keys() != TOKEN_PARAMETERS or given["grant_type"] != "authorization_code":
            return as_json(400, {"error": "invalid_request"})
        if (given["client_id"], given["client_secret"]) != (CLIENT_ID, CLIENT_SECRET):
            return as_json(401, {"error": "invalid_client"})
        issued, nonce = self.codes.pop(given["code"], (0, ""))
        if given["redirect_uri"] != CALLBACK or self.now() - issued > CODE_SECONDS:
            return as_json(400, {"error": "invalid_grant"})
        access_token = secrets.token_urlsafe()
        self.access_tokens[access_token] = self.now()
        claims = {**self._of_a_token(), "nonce": nonce, "acr": self.acr}
        id_token = self.sign(self.id_token(claims))
        return as_json(
            200,
            {"access_token": access_token, "token_type": "Bearer", "expires_in": ACCESS_SECONDS, "id_token": id_token},
        )

    def user(self, _query, request):
        issued = self.access_tokens.get(request["authorization"].removeprefix("Bearer "), 0)
        if self.now() - issued > ACCESS_SECONDS:
            return as_json(401, {"error": "invalid_token"})
        claims = self.userinfo({**self._of_a_token(), **self.person})
        body = self.sign_userinfo(claims) if self.userinfo_type == "application/jwt" else json.dumps(claims)
        return 200, {"Content-Type": self.userinfo_type}, body

    def jwks(self, _query, _request):
        rsa_key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(RSA_KEY.public_key()))
        ec_key = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(EC_KEY.public_key()))
        keys = [{**ec_key, "kid": "ES256", "alg": "ES256"}, {**rsa_key, "kid": "RS256", "alg": "RS256"}]
        return as_json(200, {"keys": keys})

    def end_session(self, query, _request):
        given = dict(query)
        if given.keys() != {"id_token_hint", "state", "post_logout_redirect_uri"}:
            return bad_request()
        if len(given["state"]) < SHORTEST_RANDOM or given["post_logout_redirect_uri"] != SIGNED_OUT:
            return as_json(400, {"error": "Y030111"})
        options = {"verify_exp": False}
        jwt.decode(given["id_token_hint"], RSA_KEY.public_key(), ["RS256"], options, audience=CLIENT_ID)
        return found(SIGNED_OUT, state=given["state"])

    def _of_a_token(self):
        now = int(self.now())
        return {
            "sub": self.person["sub"],
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + ACCESS_SECONDS,
        }

    def _handler(fake):  # noqa: N805 - the handler has a self of its own
        views = {
            "/api/v2/authorize": fake.authorize,
            "/api/v2/token": fake.token,
            "/api/v2/userinfo": fake.user,
            "/api/v2/jwks": fake.jwks,
            "/api/v2/session/end": fake.end_session,
        }

        class Handler(BaseHTTPRequestHandler):
            def handle_any(self):
                url = urlsplit(self.path)
                length = int(self.headers.get("Content-Length") or 0)
                request = {
                    "body": self.rfile.read(length).decode(),
                    "authorization": self.headers.get("Authorization", ""),
                }
                fake.asked.append((url.path, parse_qs(url.query), request["body"]))
                if fake.trouble == "slow":
                    time.sleep(1)
                if fake.trouble.isdigit():
                    status, headers, body = as_json(int(fake.trouble), {"error": "server_error"})
                elif fake.trouble == "talks nonsense":
                    status, headers, body = 200, {"Content-Type": "text/html"}, "<html>"
                else:
                    status, headers, body = views[url.path](parse_qsl(url.query), request)
                try:
                    self.send_response(status)
                    for name, value in headers.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(body.encode())
                except BrokenPipeError:
                    """The site did not wait for the answer."""

            do_GET = do_POST = handle_any  # noqa: N815 - names of http.server

            def log_message(self, *_args):
                """Keeps quiet."""

        return Handler


def sign(claims, key=RSA_KEY, algorithm="RS256", kid="RS256"):
    return jwt.encode(claims, key, algorithm, headers={"kid": kid})


def sign_with_elliptic_curve(claims):
    return sign(claims, EC_KEY, "ES256", "ES256")


def sign_with_foreign_key(claims):
    return sign(claims, FOREIGN_KEY)


def sign_with_the_secret(claims):
    return sign(claims, CLIENT_SECRET, "HS256", "RS256")


def sign_not_at_all(claims):
    return sign(claims, None, "none")


def sign_with_the_public_key_as_secret(claims):
    public = RSA_KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    signed = ".".join(base64url(json.dumps(part).encode()) for part in ({"alg": "HS256", "kid": "RS256"}, claims))
    return f"{signed}.{base64url(hmac.digest(public, signed.encode(), hashlib.sha256))}"


def sign_then_change(claims):
    header, _payload, signature = sign(claims).split(".")
    return f"{header}.{base64url(json.dumps({**claims, 'acr': 'eidas3'}).encode())}.{signature}"


def base64url(content):
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def bad_request():
    return as_json(400, {"error": "Y000400"})


def as_json(status, body):
    return status, {"Content-Type": "application/json;charset=utf-8"}, json.dumps(body)


def found(url, **parameters):
    return 303, {"Location": f"{url}?{urlencode(parameters)}"}, ""
