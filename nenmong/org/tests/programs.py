"""A program that comes with somebody's token, for tests of the API."""

import json
from itertools import count

from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client

from nenmong.accounts.models import ApiToken
from nenmong.accounts.tokens import new_token, token_hash, token_prefix
from nenmong.core import clock

_keys = count(1)


def token_of(user):
    """Give a person a token, straight to the table."""
    token = new_token()
    ApiToken.objects.create(
        user=user, prefix=token_prefix(token), secret_hash=token_hash(token),
        made_at=clock.now(), last_used=clock.today(),
    )  # fmt: skip
    return token


class Program:
    """Speaks for a person; each change has a key of its own unless one is named."""

    def __init__(self, user=None, **headers):
        if user is not None:
            headers["Authorization"] = f"Bearer {token_of(user)}"
        self.client = Client(headers=headers, raise_request_exception=False)

    def get(self, path, **asked):
        return self.client.get(f"/api/v1{path}", asked)

    def send(self, method, path, body=None, key=None, **headers):
        if key is None:
            key = f"key-{next(_keys)}"
        if key:
            headers["Idempotency-Key"] = key
        return self.client.generic(
            method, f"/api/v1{path}", _json(body), "application/json", headers=headers
        )

    def post(self, path, body=None, key=None, **headers):
        return self.send("POST", path, body, key, **headers)


def _json(body):
    return body if isinstance(body, str | bytes) else json.dumps(body, cls=DjangoJSONEncoder)
