"""What all tests share: the browser they drive, and how Hypothesis looks for examples."""

import os
import shutil
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from hypothesis import settings as hypothesis_settings

from nenmong.core import ids
from scripts import chromium
from tests import guard

# Playwright runs an event loop in the test's thread, and Django would refuse its own database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# The same examples every time, however slow the machine: a red test means a changed programme.
hypothesis_settings.register_profile("nenmong", deadline=None, derandomize=True)
hypothesis_settings.load_profile("nenmong")


pytest_plugins = ["nenmong.core.tests.beside"]


def pytest_configure(config):
    config.addinivalue_line("markers", "slow: threads, processes or whole meetings, so past 0.2 s")


def pytest_collection_modifyitems(items):
    """Skip the browser tests where there is no Chromium; in CI they fail instead (see below)."""
    in_browser = [item for item in items if item.get_closest_marker("browser")]
    if in_browser and chromium.find() is None and not chromium.in_ci():
        for item in in_browser:
            item.add_marker(pytest.mark.skip(reason=chromium.MISSING))


def pytest_terminal_summary(terminalreporter):
    """Repeat at the very end, in red, that browser tests were skipped."""
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum(chromium.MISSING in str(report.longrepr) for report in skipped)
    if count:
        terminalreporter.write_sep("!", f"{count} browser tests skipped", red=True, bold=True)
        terminalreporter.write_line(chromium.MISSING, red=True, bold=True)


def pytest_unconfigure(config):
    """Remove the home folder that settings_test made, once all workers are done with it."""
    home = Path(os.environ.get("NENMONG_HOME", ""))
    if not hasattr(config, "workerinput") and home.name.startswith("nenmong-tests-"):
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Drive the system's Chromium; it also runs as root and in a container with little memory."""
    path = chromium.find()
    if path is None:
        pytest.fail(chromium.MISSING)
    return {
        **browser_type_launch_args,
        "executable_path": path,
        "args": ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """A phone in Viet Nam: most people meet Nền Móng on one."""
    return {
        **browser_context_args,
        "locale": "vi-VN",
        "timezone_id": "Asia/Ho_Chi_Minh",
        "viewport": {"width": 390, "height": 844},
    }


@pytest.fixture(scope="session", autouse=True)
def _node():
    """Each test process has a database of its own, so all may hold the same node."""
    ids.use_node(0)


@pytest.fixture(autouse=True)
def _bucket_guard():
    """Every statement of every test ties large tables together by their buckets only."""
    with connection.execute_wrapper(guard.wrapper):
        yield


@pytest.fixture(autouse=True)
def _nobody_failed_to_sign_in():
    """One process runs thousands of tests from one address; failed sign-ins are counted by it."""
    cache.clear()
