"""As much of S3 as keeping files needs, in memory, on a port of its own; it checks that requests are signed."""

import re
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit


class _Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_PUT(self):
        content = self._body()
        if self._is_welcome():
            self.server.files[self._name()] = content
            self._answer(200, tag=True)

    def do_GET(self):
        if not self._is_welcome():
            return
        asked = parse_qs(urlsplit(self.path).query)
        if "list-type" in asked:
            self._answer(200, self._listing(asked.get("prefix", [""])[0]))
        elif self._name() in self.server.files:
            self._answer(200, self.server.files[self._name()], tag=True)
        else:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")

    def do_DELETE(self):
        if self._is_welcome():
            self.server.files.pop(self._name(), None)
            self._answer(204)

    def do_POST(self):
        names = re.findall(r"<Key>(.*?)</Key>", self._body().decode())
        if self._is_welcome():
            for name in names:
                self.server.files.pop(name, None)
            gone = "".join(f"<Deleted><Key>{name}</Key></Deleted>" for name in names)
            self._answer(200, f"<DeleteResult>{gone}</DeleteResult>".encode())

    def log_message(self, *_said):
        """Say nothing."""

    def _name(self):
        return unquote(urlsplit(self.path).path).removeprefix(f"/{self.server.bucket}/")

    def _body(self):
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def _is_welcome(self):
        self.server.seen.append((self.command, self.path))
        if self.server.is_down:
            self._answer(503, b"<Error><Code>SlowDown</Code></Error>")
        elif "Credential=an-id/" in self.headers.get("Authorization", ""):
            return True
        else:
            self._answer(403, b"<Error><Code>AccessDenied</Code></Error>")
        return False

    def _listing(self, prefix):
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        rows = "".join(
            f"<Contents><Key>{name}</Key><LastModified>{now}</LastModified><ETag>x</ETag>"
            f"<Size>{len(content)}</Size></Contents>"
            for name, content in sorted(self.server.files.items())
            if name.startswith(prefix)
        )
        return f"<ListBucketResult><IsTruncated>false</IsTruncated>{rows}</ListBucketResult>".encode()

    def _answer(self, code, content=b"", *, tag=False):
        self.send_response(code)
        self.send_header("Content-Length", str(len(content)))
        if tag:
            self.send_header("ETag", '"x"')
            self.send_header("Last-Modified", "Mon, 18 May 2026 12:00:00 GMT")
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def running(bucket="a-bucket"):
    """Run it; `files` is what it keeps, `seen` what was asked, `is_down` makes it refuse."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Door)
    server.bucket, server.files, server.seen, server.is_down = bucket, {}, [], False
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def settings_of(server):
    """Return the usual names of its settings."""
    return {
        "AWS_ACCESS_KEY_ID": "an-id",
        "AWS_SECRET_ACCESS_KEY": "a-secret",
        "AWS_REGION": "eu-central-1",
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_port}",
    }
