"""The real server, in a process of its own on a free port, and the CPU it has used."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from review_app.config import ROOT
from tests.bench.world import SECRET

PATIENCE = 60
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV")


@dataclass(frozen=True)
class Server:
    """A server that answers."""

    port: int
    number: int

    def cpu(self):
        """Return the CPU seconds used so far, None where the system does not tell (it has no /proc)."""
        told = Path(f"/proc/{self.number}/stat")
        if not told.exists():
            return None
        fields = told.read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(data, wsgi="wsgi"):
    """Serve a data folder until the block ends. What the server says goes to a file beside the data."""
    port = _free_port()
    said = data / "server.log"
    with said.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", wsgi, "serve", "--port", str(port)],
            cwd=ROOT,
            env=_environment(data, port),
            stdout=log,
            stderr=log,
        )
    try:
        _wait_for(process, port, said)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _environment(data, port):
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    own = {"DATA_DIR": str(data), "SECRET_KEY": SECRET, "BASE_URL": f"http://127.0.0.1:{port}", "DEMO": "1"}
    return kept | own


def _free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def _wait_for(process, port, said):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        if _answers(port):
            return
        time.sleep(0.1)
    raise RuntimeError(f"the server did not come up:\n{said.read_text()[-2000:]}")


def _answers(port):
    door = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        door.request("GET", "/healthz")
        return door.getresponse().status == 200
    except OSError:
        return False
    finally:
        door.close()
