"""What `docker-compose.yml`, the Dockerfile and the proxy's configuration promise, as far as Docker is not needed."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from scripts.production import compose
from scripts.production.machine import Missing, listens, program
from scripts.production.proxy import Proxy
from tests.services import free_port

ROOT = compose.ROOT
GIVEN = {
    "SITE_URL": "https://www.example.org",
    "ALLOWED_HOSTS": "www.example.org",
    "DEFAULT_FROM_EMAIL": "no-reply@example.org",
    "SECRETS_FOLDER": "/srv/secrets",
    "TLS_FOLDER": "/srv/tls",
}


@pytest.fixture
def config(tmp_path, services_required):
    """Asks Docker Compose to read the file with these variables."""
    plugin = ["docker", "compose", "version"]
    has_plugin = _has("docker") and subprocess.run(plugin, capture_output=True, check=False).returncode == 0
    client = ["docker", "compose"] if has_plugin else ["docker-compose"]
    if not _has(client[0]):
        missing = "Docker Compose is missing: apt-get install docker-compose"
        pytest.fail(missing) if services_required else pytest.skip(missing)
    shutil.copy(ROOT / "docker-compose.yml", tmp_path)
    shutil.copy(ROOT / ".env.example", tmp_path / ".env")

    def read(**variables: str) -> subprocess.CompletedProcess[str]:
        environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | variables
        command = [*client, "--project-directory", str(tmp_path), "config", "-q"]
        return subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)

    return read


def _has(name: str) -> bool:
    return shutil.which(name) is not None


def test_compose_file_is_read_and_has_no_default_for_a_secret(config):
    good = config(**GIVEN)
    assert good.returncode == 0, good.stderr
    for name in ("SECRETS_FOLDER", "TLS_FOLDER"):
        bad = config(**{**GIVEN, name: ""})
        assert bad.returncode != 0
        assert f"Write the {name}" in bad.stderr
    text = (ROOT / "docker-compose.yml").read_text()
    assert not re.search(r"(?i)(password|secret_key|email_url)\w*: *[^\s{/]*\$\{\w+:-", text)


@pytest.mark.parametrize("name", sorted(compose.services()))
def test_service_is_hardened_and_bounded(name):
    service = compose.services()[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service.get("privileged") is None
    if name != "prepare":
        assert {"cpus", "memory"} <= set(service["deploy"]["resources"]["limits"])
        assert service["restart"] == "unless-stopped"
    if "build" not in service:
        assert re.search(r":\d+\.\d+(\.\d+)?-\w+$", service["image"]), "the version is pinned"
    assert ("ports" in service) == (name == "proxy"), "only the proxy is reached from outside"


def test_database_and_redis_have_no_way_to_the_world():
    networks = {name: service["networks"] for name, service in compose.services().items()}
    assert networks["database"] == networks["redis"] == ["inside"]
    assert networks["proxy"] == ["outside"], "the proxy reaches web processes only"
    assert "container_name" not in str(compose.services()), "it would forbid --scale"


def test_dockerfile_has_nothing_that_hadolint_would_say():
    command = [Path(sys.executable).parent / "hadolint", ROOT / "Dockerfile"]
    tried = subprocess.run(command, capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stdout


def test_dockerfile_pins_what_it_builds_on_and_does_not_run_as_root():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    images = [line.split()[1] for line in lines if line.startswith("FROM ")]
    assert images
    assert all(re.search(r":\d+\.\d+\.\d+-\w", image) for image in images)
    assert re.search(r"^USER \d+", "\n".join(lines), re.MULTILINE)


ONLY_COUNTING = """
pid {folder}/nginx.pid;
error_log stderr crit;
daemon off;
events {{}}
http {{
    access_log off;
    include {limits};
    client_body_temp_path {folder}/temporary;
    proxy_temp_path {folder}/temporary;
    fastcgi_temp_path {folder}/temporary;
    uwsgi_temp_path {folder}/temporary;
    scgi_temp_path {folder}/temporary;
    server {{
        listen 127.0.0.1:{port};
        set_real_ip_from 127.0.0.1;
        real_ip_header X-Seen-As;
        location / {{ return 200 $counted_address; }}
    }}
}}
"""


def test_proxy_counts_all_addresses_of_a_line_together(tmp_path, services_required):
    """A line has a /64 of IPv6, as in portal/senders.py; of IPv4 it has one address."""
    try:
        nginx = program("nginx")
    except Missing as error:
        pytest.fail(str(error)) if services_required else pytest.skip(str(error))
    (tmp_path / "place").mkdir()
    (tmp_path / "place" / "unlimited.conf").write_text("192.0.2.0/24 1;\n")
    shutil.copy(ROOT / "deploy" / "nginx" / "limits.conf", tmp_path)
    port, conf = free_port(), tmp_path / "nginx.conf"
    conf.write_text(ONLY_COUNTING.format(folder=tmp_path, limits=tmp_path / "limits.conf", port=port))

    def counted(address: str) -> bytes:
        return httpx.get(f"http://127.0.0.1:{port}/", headers={"X-Seen-As": address}).content

    with subprocess.Popen([nginx, "-e", "stderr", "-c", str(conf)]) as server:
        try:
            limit = time.monotonic() + 10
            while not listens(port):
                assert time.monotonic() < limit
            one = counted("2001:db8:0:a::1")
            assert one == counted("2001:db8:0:a:ffff::0a0d") == bytes.fromhex("20010db80000000a")
            assert counted("2001:db8:0:b::1") != one
            assert counted("198.51.100.7") == bytes([198, 51, 100, 7])
            assert counted("198.51.100.8") != counted("198.51.100.7")
            assert counted("192.0.2.1") == b"", "a network that is not counted"
        finally:
            server.terminate()


def test_proxy_of_the_compose_file_is_what_nginx_takes(tmp_path, services_required):
    """Its own places, with what an older nginx does not know yet said in the old way."""
    try:
        nginx = program("nginx")
        program("openssl")
    except Missing as error:
        pytest.fail(str(error)) if services_required else pytest.skip(str(error))
    folder = tmp_path / "tried"
    folder.mkdir()
    proxy = Proxy(folder, folder, https=20443, http=20080, unlimited=())
    proxy.user = None
    process = proxy.process({"web-1": 20001}, {})
    own = {path.name for path in (proxy.folder / "place").iterdir()}
    shutil.copytree(ROOT / "deploy" / "nginx" / "place", proxy.folder / "place", dirs_exist_ok=True)
    here = {
        "http2 on;": "",
        "web:8000 resolve": "127.0.0.1:8000",
        " /tmp/": f" {folder}/",
        "/srv/tls/fullchain.pem": f"{proxy.folder}/certificate.pem",
        "/srv/tls/privkey.pem": f"{proxy.folder}/key.pem",
        "/var/cache/portal": f"{folder}/kept",
    }
    for path in (proxy.folder / "place").iterdir():
        text = path.read_text()
        for there, instead in here.items():
            text = text.replace(there, instead)
        path.write_text(text)
    assert own == {path.name for path in (ROOT / "deploy" / "nginx" / "place").iterdir()}
    tried = subprocess.run([nginx, *process.command[1:5], "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
