"""Keep the web server and the job worker running, and end them without breaking off their work.

`nenmong serve` becomes this small process. It knows nothing of Django, on purpose: a parent that
had loaded the whole house would take a sixth of the memory that all of it together may use.
"""

import argparse
import contextlib
import ctypes
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

GRACE = 30.0  # seconds a running job or request has to end after a stop
REMINDER = 1.0  # seconds between two reminders to stop, for those that need them
FIRST_PAUSE = 1.0  # seconds before something that ended is started again; doubles each time
LONGEST_PAUSE = 60.0
WORKER_AFTER = 1.0  # seconds: the first page is waited for by somebody, the first job by nobody
LONG_ENOUGH = 60.0  # seconds after which a process counts as having worked
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PR_SET_PDEATHSIG = 1  # from <sys/prctl.h>


@dataclass
class Child:
    """One process to keep running."""

    name: str
    command: Sequence[str]
    forgetful: bool = False  # may miss the first request to stop, and does not mind a second one
    after: float = 0.0  # seconds it waits for its first start
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    due: float = 0.0
    pause: float = FIRST_PAUSE

    def start(self, now: float) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches the parent alone."""
        self.started = now
        self.process = subprocess.Popen(  # noqa: S603 - the commands are written below
            self.command,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - this process has one thread
        )

    def note_end(self, now: float) -> int | None:
        """Return its exit code when it has just ended, and plan when it starts again."""
        if self.process is None or (code := self.process.poll()) is None:
            return None
        self.kill()  # what it left behind may still hold the port
        self.process = None
        if now - self.started >= LONG_ENOUGH:
            self.pause = FIRST_PAUSE
        self.due = now + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)
        return code

    def ask_to_stop(self) -> None:
        """Ask politely: granian ends its requests, the worker its job."""
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)

    def remind(self) -> None:
        """Ask everything it started, too."""
        self._signal_all(signal.SIGTERM)

    def kill(self) -> None:
        """End it and everything it started, at once."""
        self._signal_all(signal.SIGKILL)
        if self.process is not None:
            self.process.wait()

    def _signal_all(self, number: int) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


class Supervisor:
    """Start the children, start again what ends, and pass a stop on to them once."""

    def __init__(self, children: Sequence[Child], *, grace: float = GRACE) -> None:
        self.children = children
        self.grace = grace
        self._stop_asked = False
        self._kill_at: float | None = None
        self._remind_at = 0.0

    def run(self) -> int:
        """Keep the children running until a signal says stop; return the exit code."""
        # A signal writes a byte into this pipe: waiting on it misses none and costs nothing.
        wake, alarm = os.pipe()
        os.set_blocking(wake, False)
        os.set_blocking(alarm, False)
        former_alarm = signal.set_wakeup_fd(alarm)
        former = {number: signal.signal(number, self._ask) for number in STOP_SIGNALS}
        former[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, _nothing)
        for child in self.children:
            child.due = time.monotonic() + child.after
        try:
            while (patience := self._tend(time.monotonic())) is not None:
                if select.select([wake], [], [], patience)[0]:
                    os.read(wake, 512)
        finally:
            for child in self.children:
                child.kill()
            for number, handler in former.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(former_alarm)
            os.close(wake)
            os.close(alarm)
        return 0

    def _tend(self, now: float) -> float | None:
        """Do what is due; return the seconds until the next thing is, or None at the end."""
        for child in self.children:
            code = child.note_end(now)
            if code is not None and not self._stop_asked:
                pause = child.due - now
                _say(f"{child.name} ended with code {code}; starting it again in {pause:.0f} s")
        if self._stop_asked:
            return self._see_off(now)
        for child in self.children:
            if child.process is None and child.due <= now:
                child.start(now)
        waiting = [child.due - now for child in self.children if child.process is None]
        return min(waiting, default=LONGEST_PAUSE)

    def _see_off(self, now: float) -> float | None:
        if self._kill_at is None:
            self._kill_at = now + self.grace
            for child in self.children:
                child.ask_to_stop()
            self._remind_at = now + REMINDER
        alive = [child for child in self.children if child.process is not None]
        if not alive:
            return None
        if now >= self._kill_at:
            _say(f"killing what did not end: {', '.join(child.name for child in alive)}")
            return None
        if now >= self._remind_at:
            self._remind_at = now + REMINDER
            for child in alive:
                if child.forgetful:
                    child.remind()
        return min(self._kill_at, self._remind_at) - now

    def _ask(self, _number: int, _frame: object) -> None:
        # Only once: a worker takes a second signal as leave to break off its job.
        # Noted before it is said: the second signal may come in the middle of that.
        asked_before, self._stop_asked = self._stop_asked, True
        if not asked_before:
            _say(f"stopping; work in progress has {self.grace:.0f} s to end")


def children_for(host: str, port: int, workers: int, worker_id: str) -> list[Child]:
    """Return the web server and the one job worker: two would not fit the memory."""
    web = (
        *(sys.executable, "-m", "nenmong.config.web", "nenmong.config.wsgi:application"),
        *("--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--respawn-failed-workers"),
        # One request a process at a time: a second thread costs CPU and wins nothing here.
        *("--blocking-threads", "1", "--backpressure", "64", "--no-ws"),
        # Where this parent is killed, nobody else would end a web process that hangs.
        *("--log-level", "warning", "--workers-kill-timeout", str(round(GRACE))),
    )
    worker = (sys.executable, "-m", "django", "work", "--worker-id", worker_id)
    # A web process that has just been forked may not hear granian's one request to stop.
    return [Child("web", web, forgetful=True), Child("worker", worker, after=WORKER_AFTER)]


def command(host: str, port: int, workers: int, worker_id: str) -> list[str]:
    """Return the command line that runs this module with these choices."""
    return [
        *(sys.executable, "-m", "nenmong.config.serving", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--worker-id", worker_id),
    ]


def main(arguments: Sequence[str]) -> int:
    """Run the web server and the worker that `arguments` describe."""
    parser = argparse.ArgumentParser(prog="nenmong serve")
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument("--worker-id", required=True)
    return Supervisor(children_for(**vars(parser.parse_args(arguments)))).run()


def _end_with_parent() -> None:
    """Ask the kernel to stop this child when its parent is killed: it would keep the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _nothing(_number: int, _frame: object) -> None:
    """Let SIGCHLD wake the loop; without a handler it would pass unseen."""


def _say(sentence: str) -> None:
    print(f"nenmong serve: {sentence}", file=sys.stderr, flush=True)  # noqa: T201 - the server's log


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
