"""One router for all doors of documents, since two doors at one address must meet in one."""

from ninja import Router

router = Router(tags=["directives"])
