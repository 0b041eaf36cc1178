"""What is looked at in a Word file: its parts, their sizes, and what would act or fetch by itself.

Every part is unpacked once, piece by piece: the sizes the file itself names may lie.
"""

import io
import re
import zipfile
import zlib
from xml.parsers import expat

from nenmong.core.files.refused import Refused, Why

MOST_PARTS = 3000
MOST_UNPACKED = 200 * 1024 * 1024
PIECE = 1 << 20
LOCKED = "EncryptedPackage".encode("utf-16-le")

TYPES, BODY = "[Content_Types].xml", "word/document.xml"
# A part that is another program's, or a program.
_PROGRAM = re.compile(r"(^|/)vba[^/]*\.(bin|xml)(\.rels)?$", re.IGNORECASE)
_OBJECT = re.compile(r"(^|/)(embeddings|activex|ctrlprops)/|oleobject", re.IGNORECASE)
_OBJECT_RELATIONS = ("/oleobject", "/package", "/control", "/activexcontrolbinary", "/afchunk")
_FIELD = re.compile(r"\bDDE", re.IGNORECASE)  # a field that starts another program


def is_locked(content: bytes) -> bool:
    """Say whether a file of the compound format is a newer one behind a password."""
    return LOCKED in content


def check(content: bytes) -> None:
    """Refuse what is no Word file, is damaged, or carries macros, objects or links that fetch.

    Raises:
        Refused: UNKNOWN, DAMAGED, LOCKED, MACROS, OBJECTS, OUTSIDE or TOO_MUCH_INSIDE.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check(archive)
    except Refused:
        raise
    except (
        zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError,
        ValueError, expat.ExpatError,
    ) as error:  # fmt: skip
        raise Refused(Why.DAMAGED) from error


def _check(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused(Why.TOO_MUCH_INSIDE)
    if TYPES not in names or BODY not in names:
        raise Refused(Why.UNKNOWN)
    folded = {name.casefold() for name in names}
    # Twice the same name: one program would read the one, the next the other.
    if len(folded) != len(names) or any(_leads_astray(name) for name in names):
        raise Refused(Why.DAMAGED)
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(Why.LOCKED)
    if any(_PROGRAM.search(name) for name in names):
        raise Refused(Why.MACROS)
    if any(_OBJECT.search(name) for name in names):
        raise Refused(Why.OBJECTS)
    left = MOST_UNPACKED
    for part in parts:
        text = _Part(part.filename)
        with archive.open(part) as stream:
            while piece := stream.read(PIECE):
                left -= len(piece)
                if left < 0:
                    raise Refused(Why.TOO_MUCH_INSIDE)
                text.feed(piece)
        text.end()


def _leads_astray(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/") or "\x00" in name


class _Part:
    """One part read as XML, where it is one; other parts are only measured."""

    def __init__(self, name: str) -> None:
        self.is_types = name == TYPES
        self.is_relations = name.casefold().endswith(".rels")
        is_xml = self.is_types or self.is_relations or name.casefold().endswith(".xml")
        self.parser = expat.ParserCreate(namespace_separator="}") if is_xml else None
        self.fields: list[str] = []
        self.inside = False
        if self.parser:
            self.parser.StartElementHandler = self.start
            self.parser.EndElementHandler = self.stop
            self.parser.CharacterDataHandler = self.text
            self.parser.StartDoctypeDeclHandler = self.declared

    def feed(self, piece: bytes) -> None:
        if self.parser:
            self.parser.Parse(piece, False)

    def end(self) -> None:
        if self.parser:
            self.parser.Parse(b"", True)
        if _FIELD.search("".join(self.fields)):
            raise Refused(Why.OUTSIDE)

    def declared(self, *_said: object) -> None:
        """Word writes no document type; with one come entities that swell or fetch."""
        raise Refused(Why.DAMAGED)

    def start(self, name: str, given: dict[str, str]) -> None:
        plain = name.rpartition("}")[2]
        if self.is_types:
            kind = given.get("ContentType", "").casefold()
            if "macroenabled" in kind or "vba" in kind:
                raise Refused(Why.MACROS)
            if "activex" in kind or "oleobject" in kind:
                raise Refused(Why.OBJECTS)
        elif self.is_relations and plain == "Relationship":
            kind = given.get("Type", "").casefold()
            if "vbaproject" in kind:
                raise Refused(Why.MACROS)
            if given.get("TargetMode", "").casefold() == "external":
                if not kind.endswith("/hyperlink"):
                    raise Refused(Why.OUTSIDE)
            elif kind.endswith(_OBJECT_RELATIONS):
                raise Refused(Why.OBJECTS)
        elif plain == "instrText":
            self.inside = True
        elif plain == "fldSimple":
            self.fields += [v + " " for k, v in given.items() if k.rpartition("}")[2] == "instr"]

    def stop(self, name: str) -> None:
        if name.rpartition("}")[2] == "instrText":
            self.inside = False

    def text(self, words: str) -> None:
        if self.inside:
            self.fields.append(words)
