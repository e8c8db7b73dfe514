"""A web server on loopback that answers what a test writes."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# Status, headers and content by path; what is not there is a 404.
Pages = Mapping[str, tuple[int, Mapping[str, str], bytes]]


class Web:
    """What the server says, and what it was asked: method, path and host."""

    def __init__(self, pages: Pages, port: int) -> None:
        self.pages = pages
        self.port = port
        self.asked: list[tuple[str, str, str]] = []


@contextmanager
def web_server(pages: Pages, *, drips: bool = False) -> Iterator[Web]:
    """A server on a free port; when it `drips`, its headers come letter by letter, and never end."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            web.asked.append((self.command, self.path, self.headers["Host"]))
            if drips:
                self._drip()
                return
            status, headers, content = web.pages.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(content)

        do_HEAD = do_GET  # noqa: N815

        def _drip(self) -> None:
            try:
                for letter in b"HTTP/1.0 200 OK\r\nX-Slow: " + b"x" * 100:
                    self.wfile.write(bytes([letter]))
                    time.sleep(0.02)
            except OSError:
                self.close_connection = True

        def log_message(self, *args: object) -> None:
            """Tests print nothing."""

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:  # whoever asked has gone
                self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    web = Web(pages, server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
