"""The mail server is named by an address, as the database is."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from nenmong.config import settings


def test_without_an_address_mail_is_written_to_the_console(monkeypatch):
    monkeypatch.delenv("EMAIL_URL", raising=False)
    assert settings.mail()["EMAIL_BACKEND"].endswith("console.EmailBackend")


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://relay.example.vn", 25, False, False),
        ("smtp+tls://a%40b:p%2Fw@relay.example.vn/?from=c@example.vn", 587, True, False),
        ("smtps://a%40b:p%2Fw@relay.example.vn:1465/?from=c@example.vn", 1465, False, True),
    ],
)
def test_an_address_says_it_all(monkeypatch, url, port, tls, ssl):
    monkeypatch.setenv("EMAIL_URL", url)
    said = settings.mail()
    assert (said["EMAIL_HOST"], said["EMAIL_PORT"]) == ("relay.example.vn", port)
    assert (said["EMAIL_USE_TLS"], said["EMAIL_USE_SSL"]) == (tls, ssl)
    if "@relay" in url:
        assert (said["EMAIL_HOST_USER"], said["EMAIL_HOST_PASSWORD"]) == ("a@b", "p/w")
        assert said["DEFAULT_FROM_EMAIL"] == "c@example.vn"


@pytest.mark.parametrize("url", ["relay.example.vn", "smtp://", "http://x", "smtp://x:port/"])
def test_an_address_that_cannot_be_read_is_said_without_its_password(monkeypatch, url):
    monkeypatch.setenv("EMAIL_URL", url)
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL") as said:
        settings.mail()
    assert "x:port" not in str(said.value)
