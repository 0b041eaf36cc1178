"""The file of a backup: whole or refused, whatever was done to it, each with its own sentence."""

import base64
import io
import json
import os
import zipfile

import pyrage
import pytest

from nenmong.config.safekeeping import container, keys
from nenmong.config.safekeeping.keys import Key
from nenmong.config.safekeeping.sentences import Refused

SECRET = pyrage.x25519.Identity.generate()
KEY = Key(identities=(str(SECRET),))
LOCK = keys.Lock([SECRET.to_public()], None)
BIG = os.urandom(300_000)


def written(path, *, lock=LOCK, streams=None, **manifest):
    """Write a small file that is a backup in every way, but of no database."""
    streams = [("database/a", [BIG]), ("home/word/b", [b""])] if streams is None else streams
    with path.open("w+b") as file:
        container.write(file, lock, {"id": "1", **manifest}, streams, container.Written())
    return path


@pytest.fixture
def file(tmp_path):
    return written(tmp_path / "one.nenmong")


def refusal(path, key=KEY):
    with pytest.raises(Refused) as refused:
        container.check(path, key)
    _vietnamese, english = str(refused.value).splitlines()
    return english


def test_what_was_written_is_read(file):
    contents = container.check(file, KEY)
    assert contents.manifest == {"id": "1"}
    assert [piece["name"] for piece in contents.index["pieces"]] == [
        "database/a/000001.gz", "home/word/b/000001.gz",
    ]  # fmt: skip
    assert list(container.pieces(file, KEY)) == [("database/a", BIG), ("home/word/b", b"")]


def test_a_stream_is_cut_into_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr(container, "PIECE", 1000)
    blocks = [b"x" * 700, b"y" * 1800, b"z"]
    path = written(tmp_path / "one", streams=[("database/a", blocks)])
    parts = [part for _name, part in container.pieces(path, KEY)]
    assert [len(part) for part in parts] == [1000, 1000, 501]
    assert b"".join(parts) == b"".join(blocks)
    assert container.check(path, KEY)


@pytest.mark.parametrize("left", [0.1, 0.5, 0.9, 0.999])
def test_one_cut_short_is_refused(file, left):
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * left)])
    assert "damaged or cut short" in refusal(file)


@pytest.mark.parametrize("part", [container.FACE, container.CONTENT])
@pytest.mark.parametrize("place", [0.0, 0.01, 0.5, 0.99])
def test_one_changed_byte_is_refused(file, part, place):
    with zipfile.ZipFile(file) as archive:
        inside = archive.read(part)
    content = bytearray(file.read_bytes())
    content[content.index(inside) + int(len(inside) * place)] ^= 0x01
    file.write_bytes(content)
    assert "damaged or cut short" in refusal(file)


def test_content_cut_at_a_piece_with_the_zip_mended_is_refused(file, tmp_path):
    """Whoever mends the outer file cannot mend the inner one."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[container.CONTENT] = parts[container.CONTENT][:-70_000]
    mended = tmp_path / "mended"
    with zipfile.ZipFile(mended, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert "damaged or cut short" in refusal(mended)


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"-- PostgreSQL database dump", b"\0" * 99]
)
def test_a_foreign_file_is_refused(tmp_path, content):
    path = tmp_path / "other"
    path.write_bytes(content)
    assert "is not a backup made by nenmong" in refusal(path)


def test_a_missing_file_is_refused(tmp_path):
    assert "cannot be read (No such file" in refusal(tmp_path / "none")


def test_a_newer_format_is_refused_without_asking_for_the_key(tmp_path):
    path = tmp_path / "newer"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(container.FACE, json.dumps({"format": 2, "program": "9.1"}))
    assert "made by Nền Móng 9.1, newer than this one" in refusal(path, Key("never used"))


def test_another_key_is_refused(file):
    other = Key(identities=(str(pyrage.x25519.Identity.generate()),))
    assert "This key is not the one" in refusal(file, other)
    assert "--identity-file" in refusal(file, Key("a passphrase, though"))


@pytest.mark.slow  # locking takes the library a second or more, so that guessing takes for ever
def test_a_passphrase_locks(tmp_path):
    lock = keys.make_lock("năm chữ dễ nhớ lâu", [str(SECRET.to_public())])
    assert lock.locked_key.startswith(b"age-encryption.org/v1\n-> scrypt ")
    path = written(tmp_path / "one", lock=lock)
    assert container.check(path, KEY)  # the public key's owner opens it, too
    assert BIG[:50] not in path.read_bytes()


# A key locked with the least work there is, so that the tests of opening it are fast.
EASY = base64.b64decode(
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBrT21EYWZxK0p4cnRib1F2K1BGRDFnIDgKUXFOQ2Ez"
    "VjkzVzN1eE1uSFNaU0ZuUnRicGNsTy9TbVNjaTZ5RFpiNVB0OAotLS0gSXdjc0c3R09JOFo3NkpEcXN0YW1U"
    "NFEyaUljTlgyMkxWRW1CNHNOOTJxWQqk50a3c4FgP8c5NGvOovqRlA50c9N3q6aFi4cGvzFTTp0ACvr1YPwq"
    "m8wnFm8MCCxX7ts+Y6aAlWn4Fjihb/yv28A0v/33l4JlqRg49SWMNuK/1A/Wxiz9hbQ6vFoh8Nghu+P75nfn245S"
)
EASY_PUBLIC = "age16y6d3rs90vszvv2h9dmu0e39scureh4ks7l06vgq9lhhv3gee49sd43k2z"


def test_a_passphrase_opens_and_another_does_not(tmp_path):
    lock = keys.Lock([pyrage.x25519.Recipient.from_str(EASY_PUBLIC)], EASY)
    path = written(tmp_path / "one", lock=lock)
    assert container.check(path, Key("năm chữ dễ nhớ lâu"))
    assert "passphrase does not open" in refusal(path, Key("nam chu de nho lau"))


def test_a_fault_while_reading_is_told_as_it_was(tmp_path):
    def breaking():
        yield b"some"
        raise PermissionError(13, "Permission denied")

    with pytest.raises(PermissionError):
        written(tmp_path / "one", streams=[("home/x", breaking())])


@pytest.mark.parametrize(
    ("passphrase", "recipients", "words"),
    [("short", [], "fewer than 12"), ("", ["age1nothing"], "not a public key of age")],
)
def test_a_lock_that_would_not_hold_is_refused(passphrase, recipients, words):
    with pytest.raises(Refused, match=words):
        keys.make_lock(passphrase, recipients)


def test_where_the_passphrase_comes_from(tmp_path, monkeypatch):
    (tmp_path / "pass").write_text("from the file\n")
    monkeypatch.setenv(keys.VARIABLE, "from the environment")
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert keys.read_passphrase(str(tmp_path / "pass"), new=True) == "from the file"
    assert keys.read_passphrase(None, new=True) == "from the environment"
    monkeypatch.delenv(keys.VARIABLE)
    with pytest.raises(Refused, match="no terminal to ask on"):
        keys.read_passphrase(None, new=False)
    with pytest.raises(Refused, match="cannot be read"):
        keys.read_passphrase(str(tmp_path / "none"), new=False)


def test_the_secret_key_is_read_as_age_writes_it(tmp_path):
    path = tmp_path / "key.txt"
    path.write_text(f"# created: 2026-11-24\n# public key: {SECRET.to_public()}\n{SECRET}\n")
    assert keys.read_identities(str(path)) == (str(SECRET),)
    path.write_text("# only a comment\n")
    with pytest.raises(Refused, match="holds no secret key"):
        keys.read_identities(str(path))
