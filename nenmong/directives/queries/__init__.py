"""What is read of documents; one module a theme."""

from nenmong.directives.queries import waiting

__all__ = ["waiting"]
