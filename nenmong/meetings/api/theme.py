"""One router for all doors of meetings, since two doors at one address must meet in one."""

from collections.abc import Callable
from typing import Any, TypeVar

from ninja import Router

F = TypeVar("F", bound=Callable[..., Any])
Door = Callable[[F], F]

router = Router()


class Theme:
    """The doors of one theme."""

    def __init__(self, tag: str) -> None:
        self._tags = [tag]

    def get(self, path: str, **said: Any) -> Door[Any]:
        return router.get(path, tags=self._tags, **said)

    def post(self, path: str, **said: Any) -> Door[Any]:
        return router.post(path, tags=self._tags, **said)

    def put(self, path: str, **said: Any) -> Door[Any]:
        return router.put(path, tags=self._tags, **said)

    def delete(self, path: str, **said: Any) -> Door[Any]:
        return router.delete(path, tags=self._tags, **said)
