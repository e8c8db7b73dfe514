"""The Kubernetes manifests: right by the schema, whole, and in agreement with the portal that they run."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from portal.celery import app

ROOT = Path(__file__).parents[2]
MANIFESTS = ROOT / "deploy" / "kubernetes"
KUSTOMIZATION = "kustomization.yaml"
# The oldest and the newest release whose schema is at hand; both are checked.
OLDEST, NEWEST = "1.30", kubernetes_validate.latest_version()
PATCHES = {path for path in MANIFESTS.glob("example/*/*.yaml") if path.name != KUSTOMIZATION}


def files() -> list[Path]:
    return sorted(path for path in MANIFESTS.rglob("*.yaml") if path.name != KUSTOMIZATION)


def documents(path: Path) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all(path.read_text()))


def everything() -> Iterator[dict[str, Any]]:
    for path in files():
        if path not in PATCHES:
            yield from documents(path)


def running() -> list[dict[str, Any]]:
    return [one for one in everything() if one["kind"] in ("Deployment", "Job")]


def pods() -> dict[str, dict[str, Any]]:
    """What runs, by its name."""
    return {one["metadata"]["name"]: one["spec"]["template"]["spec"] for one in running()}


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
def test_every_manifest_is_right_by_the_schema(version):
    found = list(everything())
    assert len(found) > 15
    for one in found:
        kubernetes_validate.validate(one, version, strict=True)


def test_what_a_kustomization_names_is_there_and_every_file_is_named():
    named = set()
    kustomizations = sorted(MANIFESTS.rglob(KUSTOMIZATION))
    assert len(kustomizations) == 6
    for path in kustomizations:
        told = yaml.safe_load(path.read_text())
        for resource in told["resources"]:
            target = (path.parent / resource).resolve()
            assert (target / KUSTOMIZATION).exists() if target.is_dir() else target.exists(), f"{path}: {resource}"
            named.add(target)
        named |= {(path.parent / patch["path"]).resolve() for patch in told.get("patches", [])}
    assert set(files()) <= named


def test_what_an_overlay_changes_exists():
    known = {(one["kind"], one["metadata"]["name"]) for one in everything()}
    changed = {(one["kind"], one["metadata"]["name"]) for path in PATCHES for one in documents(path)}
    assert changed
    assert changed <= known


def test_nothing_runs_as_root_writes_to_its_image_or_has_a_key_to_kubernetes():
    assert set(pods()) == {"web", "worker-mail", "worker-today", "worker-long", "beat", "prepare"}
    for name, pod in pods().items():
        assert pod["automountServiceAccountToken"] is False, name
        assert pod["securityContext"]["runAsNonRoot"] is True, name
        for container in pod["containers"]:
            safety = container["securityContext"]
            assert safety["readOnlyRootFilesystem"] is True, name
            assert safety["allowPrivilegeEscalation"] is False, name
            assert safety["capabilities"] == {"drop": ["ALL"]}, name
            assert container["resources"]["limits"]["memory"], name


def test_workers_together_have_every_queue_once():
    commands = [pod["containers"][0]["command"] for name, pod in pods().items() if name.startswith("worker-")]
    taken = [queue for command in commands for queue in command[command.index("-Q") + 1].split(",")]
    assert sorted(taken) == sorted(app.amqp.queues)


def test_settings_are_those_of_the_guide_and_secrets_stay_outside():
    guide = (ROOT / "docs" / "operating.md").read_text()
    maps = [one for path in files() for one in documents(path) if one["kind"] == "ConfigMap"]
    names = {name for one in maps for name in one["data"]}
    assert len(names) > 10
    for name in names:
        assert re.search(rf"^\|[^|]*`{name.removesuffix('_FILE')}`", guide, re.MULTILINE), f"{name} is not in the guide"
    assert not [one for path in files() for one in documents(path) if one["kind"] == "Secret"]
    values = [value for one in maps for value in one["data"].values()]
    assert not [value for value in values if re.search(r"://[^/@]*:[^/@]*@", value)], "a password in an address"


def test_services_and_policies_mean_pods_that_exist():
    component = "app.kubernetes.io/component"
    there = {one["spec"]["template"]["metadata"]["labels"][component] for one in running()}
    for one in everything():
        spec = one.get("spec", {})
        selector = spec.get("podSelector", {}).get("matchLabels") or spec.get("selector") or {}
        asked = selector.get("matchLabels", selector).get(component, "web")
        assert asked in there or one["metadata"]["name"] == "nobody", one["metadata"]["name"]
    ports = {port["name"] for container in pods()["web"]["containers"] for port in container["ports"]}
    assert ports == {"http"}
