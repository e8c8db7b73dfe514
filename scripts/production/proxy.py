"""nginx as in `deploy/nginx/`; only `place/`, which says what is where, is written for this machine."""

import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from scripts.production.compose import ROOT
from scripts.production.machine import answers, own, plain_user, program
from scripts.production.process import Process
from scripts.production.supervisor import wait_until

MAIN = """pid {folder}/nginx.pid;
error_log stderr crit;
"""
HTTP = """upstream web {{
    {servers}
}}
proxy_cache_path {folder}/cache levels=1:2 keys_zone=pages:8m max_size=256m inactive=24h use_temp_path=off;
client_body_temp_path {folder}/body;
proxy_temp_path {folder}/proxy;
fastcgi_temp_path {folder}/other;
uwsgi_temp_path {folder}/other;
scgi_temp_path {folder}/other;
access_log {folder}/access.log as_json;
"""
PLAIN = "listen 127.0.0.1:{port};\n"
TLS = """listen 127.0.0.1:{port} ssl http2;
ssl_certificate {folder}/certificate.pem;
ssl_certificate_key {folder}/key.pem;
root {root};
set $pages {folder}/pages;
"""

# So long an old worker may still pass on what came while the new ones began.
LAST_CONNECTIONS = 0.3


def workers_of(process: Process) -> set[str]:
    """The workers of a running nginx."""
    try:
        return set(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split())
    except OSError:
        return set()


class Proxy:
    """The folder of nginx, and its process."""

    def __init__(self, folder: Path, root: Path, *, https: int, http: int, unlimited: Sequence[str]) -> None:
        self.folder, self.root, self.https, self.http = folder / "proxy", root, https, http
        self.unlimited = unlimited
        self.user = plain_user("www-data")

    def process(self, servers: Mapping[str, int], environment: dict[str, str]) -> Process:
        own(self.folder, self.user)
        shutil.copytree(ROOT / "deploy" / "nginx", self.folder, dirs_exist_ok=True)
        self._make_certificate()
        self.write_place(servers)
        for path in (self.folder, *self.folder.rglob("*")):
            shutil.chown(path, self.user) if self.user else None
        command = [program("nginx"), "-e", "stderr", "-c", str(self.folder / "nginx.conf"), "-g", "daemon off;"]
        process = Process("proxy", command, environment, self.folder.parent, user=self.user)
        process.is_healthy = lambda: answers(self.https, "/back-soon/back-soon.css", tls=True)
        return process

    def write_place(self, servers: Mapping[str, int], *, without: str = "") -> None:
        """Where things are; the server `without` gets no new requests."""
        lines = [
            f"server 127.0.0.1:{port} max_fails=3 fail_timeout=2s{' down' if name == without else ''};"
            for name, port in servers.items()
        ]
        values = {"folder": self.folder, "root": self.root, "servers": "\n    ".join(lines)}
        place = self.folder / "place"
        (place / "main.conf").write_text(MAIN.format(**values))
        (place / "http.conf").write_text(HTTP.format(**values))
        (place / "plain.conf").write_text(PLAIN.format(port=self.http, **values))
        (place / "tls.conf").write_text(TLS.format(port=self.https, **values))
        (place / "unlimited.conf").write_text("".join(f"{address} 1;\n" for address in self.unlimited))

    def reload(self, servers: Mapping[str, int], process: Process, *, without: str = "") -> None:
        """Take the places anew. Workers with the old ones answer what they have begun, and go."""
        before = workers_of(process)
        self.write_place(servers, without=without)
        process.send(signal.SIGHUP)
        wait_until(lambda: bool(workers_of(process) - before), process, seconds=10)
        time.sleep(LAST_CONNECTIONS)

    def _make_certificate(self) -> None:
        command = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "30"]
        files = ["-keyout", str(self.folder / "key.pem"), "-out", str(self.folder / "certificate.pem")]
        subprocess.run([program("openssl"), *command, *names, *files], check=True, capture_output=True)
