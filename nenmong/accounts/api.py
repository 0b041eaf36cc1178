"""How a program says for whom it comes: `Authorization: Bearer …`. A session opens nothing here."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from nenmong.accounts.models import ApiToken, User


class Token(HttpBearer):
    """A token of a person whose account is active."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        return ApiToken.objects.holder_of(token)
