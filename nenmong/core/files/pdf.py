"""What is looked at in a PDF: that it is whole, and that nothing in it acts by itself.

Objects may lie in compressed streams, so those are unpacked too; names may be written with escapes
(`/J#61vaScript`). This keeps out what comes by mistake or by the usual tools; a reader's own
protection stays the last one.
"""

import re
import zlib

from nenmong.core.files.refused import Refused, Why

TAIL = 2048  # some printers put blanks behind the end
MOST_UNPACKED = 200 * 1024 * 1024
MOST_STREAMS = 50_000
PIECE = 1 << 16
BEFORE = 4096  # where a stream's own description stands
OVERLAP = 64

ACTIVE = (
    "JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "XFA", "SubmitForm",
    "ImportData", "GoToE",
)  # fmt: skip


def _named(*names: str) -> re.Pattern[bytes]:
    """Return what finds one of these names, each letter plain or escaped."""

    def spelled(letter: str) -> str:
        digits = "".join(f"[{d.upper()}{d}]" if d.isalpha() else d for d in f"{ord(letter):02x}")
        return f"(?:{letter}|#{digits})"

    either = "|".join("".join(map(spelled, name)) for name in names)
    return re.compile(rf"/(?:{either})(?=[\s()<>\[\]{{}}/%\x00]|$)".encode())


_ACTIVE = _named(*ACTIVE)
_LOCKED = _named("Encrypt")
_IMAGE = _named("Image")
_OBJECTS = _named("ObjStm")
_PREDICTED = _named("Predictor")
_STREAM = re.compile(rb"(?<!end)stream(?:\r\n|\n|\r)")


def check(content: bytes) -> None:
    """Refuse a PDF that is cut off, locked by a password, or would do something by itself.

    Raises:
        Refused: DAMAGED, LOCKED, ACTIVE or TOO_MUCH_INSIDE.
    """
    tail = content[-TAIL:]
    if b"%%EOF" not in tail or b"startxref" not in tail:
        raise Refused(Why.DAMAGED)
    if _LOCKED.search(content):
        raise Refused(Why.LOCKED)
    if _ACTIVE.search(content):
        raise Refused(Why.ACTIVE)
    left = MOST_UNPACKED
    for count, match in enumerate(_STREAM.finditer(content)):
        if count >= MOST_STREAMS:
            raise Refused(Why.TOO_MUCH_INSIDE)
        described = content[max(0, match.start() - BEFORE) : match.start()]
        described = described[described.rfind(b"obj") + 3 :]
        packs_objects = _OBJECTS.search(described) is not None
        if packs_objects and _PREDICTED.search(described):
            raise Refused(Why.DAMAGED)  # nobody writes them so, and nothing could be found in it
        if _IMAGE.search(described) and not packs_objects:
            continue  # points, not objects
        must = packs_objects and b"/Filter" in described
        left -= _unpack(content, match.end(), left, must=must)


def _unpack(content: bytes, start: int, left: int, *, must: bool) -> int:
    """Look through one compressed stream; return how large it is unpacked."""
    unpacker, size, kept = zlib.decompressobj(), 0, b""
    while not unpacker.eof and start < len(content):
        piece = content[start : start + PIECE]
        start += len(piece)
        while piece:
            try:
                out = unpacker.decompress(piece, 1 << 20)
            except zlib.error as error:
                if must and not size:
                    raise Refused(Why.DAMAGED) from error
                return size  # not compressed, or not in this way
            piece = unpacker.unconsumed_tail
            size += len(out)
            if size > left:
                raise Refused(Why.TOO_MUCH_INSIDE)
            if _ACTIVE.search(kept + out):
                raise Refused(Why.ACTIVE)
            kept = out[-OVERLAP:]
    return size
