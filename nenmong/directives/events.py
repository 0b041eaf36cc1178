"""What happens to documents."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SendingBegun:
    """A document goes out; its batches follow one another."""

    sending_uid: str


@dataclass(frozen=True)
class BatchDelivered:
    """Some units have the document; `batch` is its number in the sending, as text."""

    sending_uid: str
    batch: str


@dataclass(frozen=True)
class DirectiveChanged:
    """A document was withdrawn, replaced or prolonged: what waits because of it changes too."""

    directive_uid: str


@dataclass(frozen=True)
class DraftSubmitted:
    """A draft is to come before the meeting that adopts it, or no longer."""

    directive_uid: str
