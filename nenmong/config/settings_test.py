"""Settings for the tests: the same house, with a cheap hasher and plain static files."""

import os
import tempfile

os.environ.setdefault("NENMONG_SECRET_KEY", "tests-only")
if "NENMONG_HOME" not in os.environ:  # workers of one run share their parent's
    os.environ["NENMONG_HOME"] = tempfile.mkdtemp(prefix="nenmong-tests-")
os.environ["NENMONG_HTTPS"] = "0"
# Whatever day it is on the machine; the meetings of the tests lie before it.
os.environ.setdefault("NENMONG_TODAY", "2026-11-24")

from nenmong.config.settings import *  # noqa: F403
from nenmong.config.settings import HOME, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
MAILS = True  # to the tests' own outbox
SECOND_FACTOR = False  # its own tests switch it on
WHITENOISE_AUTOREFRESH = True
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(
    parents=True, exist_ok=True
)  # without it WhiteNoise warns, which is an error here
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
