"""Make `.venv` with the exact versions in requirements/, and our own package in it.

`install.py run` brings what the programme needs, `install.py dev` also what its tests need. Only
the standard library is used: this runs before anything is installed. A second run looks at a
stamp and stops.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements"
STAMP = VENV / "installed.stamp"
OLDEST_PYTHON = (3, 11)


def main(arguments: Sequence[str]) -> int:
    """Install `arguments[0]`, which is `run` or `dev`."""
    if list(arguments) not in (["run"], ["dev"]):
        return _fail("Usage: install.py run|dev")
    if sys.version_info < OLDEST_PYTHON:
        return _fail(
            f"Nền Móng needs Python 3.11 or newer, and {sys.executable} is"
            f" {sys.version.split()[0]}. Name another one: make install PYTHON=python3.11"
        )
    # An environment that has the tools for tests keeps them when the plain one is asked for.
    level = "dev" if _stamped_level() == "dev" else arguments[0]
    if _stamp_text(level) != _read(STAMP):
        try:
            _install(level)
        except subprocess.CalledProcessError as error:
            return _fail(f"The installation stopped at: {' '.join(map(str, error.cmd))}")
        STAMP.write_text(_stamp_text(level), encoding="utf-8")
    return _compile_messages()


def _install(level: str) -> None:
    STAMP.unlink(missing_ok=True)
    if not _venv_works():
        _make_venv()
    pinned = REQUIREMENTS / f"{level}.txt"
    uv = VENV / "bin" / "uv"
    has_uv = _pip("install", "--require-hashes", "-r", REQUIREMENTS / "uv.txt") and _succeeds(
        uv, "pip", "sync", "--quiet", "--python", VENV_PYTHON,
        "--require-hashes", "--compile-bytecode", pinned,
    )  # fmt: skip
    if not has_uv:
        # uv reads none of pip's settings (a proxy, a company's own index): pip may still manage.
        print("uv could not install the packages; trying pip, which is slower.", file=sys.stderr)
        _pip("install", "--require-hashes", "-r", pinned, must_work=True)
    # Offline: uv builds a package whose build backend is its own without asking anyone.
    own = ("--no-deps", "--editable", ROOT)
    if not (
        has_uv
        and _succeeds(uv, "pip", "install", "--quiet", "--offline", "--python", VENV_PYTHON, *own)
    ):
        _pip("install", "--require-hashes", "-r", REQUIREMENTS / "uv.txt", must_work=True)
        _pip("install", "--no-build-isolation", "--no-index", *own, must_work=True)


def _make_venv() -> None:
    command = (sys.executable, "-m", "venv", "--clear")
    if not _succeeds(*command, VENV, quiet=True):
        # Debian splits ensurepip off into python3-venv; the pip of python3-pip serves instead.
        _run(*command, "--without-pip", VENV)


def _venv_works() -> bool:
    return VENV_PYTHON.exists() and _succeeds(
        VENV_PYTHON, "-c", f"import sys; sys.exit(sys.version_info < {OLDEST_PYTHON})", quiet=True
    )


def _pip(*arguments: str | Path, must_work: bool = False) -> bool:
    """Run the environment's own pip, or else that of the Python which runs this file."""
    if _succeeds(VENV_PYTHON, "-m", "pip", "--version", quiet=True):
        pip: tuple[str | Path, ...] = (VENV_PYTHON, "-m", "pip")
    elif _succeeds(sys.executable, "-m", "pip", "--version", quiet=True):
        pip = (sys.executable, "-m", "pip", "--python", VENV_PYTHON)
    else:
        raise SystemExit(
            _fail(
                f"{sys.executable} has neither ensurepip nor pip, so nothing can be installed."
                " On Debian or Ubuntu: apt-get install python3-venv, then run this again."
            )
        )
    command = (*pip, "--disable-pip-version-check", "-qq", *arguments)
    if must_work:
        _run(*command)
        return True
    return _succeeds(*command)


def _compile_messages() -> int:
    """Compile the Vietnamese texts where one is newer than its compiled file."""
    script = ROOT / "scripts" / "messages.py"
    sources = [*(ROOT / "nenmong").rglob("*.po"), *(ROOT / "locale").rglob("*.po")]
    stale = [source for source in sources if _is_older(source.with_suffix(".mo"), source)]
    if not stale or not script.exists():
        return 0
    return subprocess.run([VENV_PYTHON, script, "compile"], cwd=ROOT, check=False).returncode


def _is_older(target: Path, source: Path) -> bool:
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime


def _stamp_text(level: str) -> str:
    """Say what is installed: by content, since git sets the times of files as it likes."""
    digest = hashlib.sha256(str(VENV).encode())  # an editable install knows its folder's name
    for path in (
        ROOT / "pyproject.toml",
        REQUIREMENTS / "uv.txt",
        REQUIREMENTS / f"{level}.txt",
        Path(__file__),
    ):
        digest.update(path.read_bytes())
    return f"{level} {digest.hexdigest()}\n"


def _stamped_level() -> str:
    return _read(STAMP).split(" ")[0]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _succeeds(*command: str | Path, quiet: bool = False) -> bool:
    output = subprocess.DEVNULL if quiet else None
    try:
        done = subprocess.run(
            command, stdout=output, stderr=output, stdin=subprocess.DEVNULL, cwd=ROOT,
            env=_environment(), check=False,
        )  # fmt: skip
    except OSError:
        return False
    return done.returncode == 0


def _run(*command: str | Path) -> None:
    subprocess.run(command, stdin=subprocess.DEVNULL, cwd=ROOT, env=_environment(), check=True)


def _environment() -> dict[str, str]:
    """Return our environment, with a place where uv may write."""
    environment = dict(os.environ)
    environment.setdefault("UV_CACHE_DIR", str(ROOT / ".cache" / "uv"))
    # Where an office's proxy signs for everyone, only the machine's own list knows its signature.
    environment.setdefault("UV_SYSTEM_CERTS", "true")
    environment.pop("VIRTUAL_ENV", None)  # uv warns when it is another than the one we name
    # pip's own way of building finds the build backend's programme on the path.
    environment["PATH"] = f"{VENV / 'bin'}{os.pathsep}{environment.get('PATH', os.defpath)}"
    return environment


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
