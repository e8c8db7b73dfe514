"""Logos in S3-compatible storage: a real conversation with a server on loopback that speaks S3."""

import io
from collections.abc import Iterator

import boto3
import pytest
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse
from moto.server import ThreadedMotoServer
from PIL import Image

from organizations import actions
from organizations.logos import Logo
from tests.portal.test_settings import start
from tests.services import free_port

BUCKET = "logos-of-the-portal"
KEYS = {"aws_access_key_id": "portal", "aws_secret_access_key": "not-a-secret", "region_name": "eu-north-1"}


@pytest.fixture
def bucket(settings) -> Iterator:
    """The bucket, and the portal told to use it by the same options as `MEDIA_S3_BUCKET` sets."""
    port = free_port()
    server = ThreadedMotoServer("127.0.0.1", port, verbose=False)
    server.start()
    address = f"http://127.0.0.1:{port}"
    try:
        found = boto3.resource("s3", endpoint_url=address, **KEYS).Bucket(BUCKET)
        found.create(CreateBucketConfiguration={"LocationConstraint": KEYS["region_name"]})
        options = {
            "bucket_name": BUCKET,
            "endpoint_url": address,
            "region_name": KEYS["region_name"],
            "access_key": KEYS["aws_access_key_id"],
            "secret_key": KEYS["aws_secret_access_key"],
            "default_acl": None,
            "file_overwrite": False,
        }
        kept = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
        settings.STORAGES = {**settings.STORAGES, "default": kept}
        yield found
    finally:
        server.stop()


def picture(colour: str) -> Logo:
    target = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(target, "WEBP")
    return Logo(target.getvalue(), 8, 8)


def shown(name: str):
    return Client().get(reverse("logo", args=[name.removeprefix("logos/").removesuffix(".webp")]))


@pytest.mark.usefixtures("committed_db")
def test_logo_lives_in_the_bucket_and_its_old_picture_goes(bucket, organization, main_user):
    first, second = picture("red"), picture("blue")
    organization = actions.change_logo(organization, by=main_user, logo=first, alt="Punainen")
    old = organization.logo.name
    assert [one.key for one in bucket.objects.all()] == [old]
    response = shown(old)
    assert (response.status_code, response.content) == (200, first.content)
    assert response["Content-Type"] == "image/webp"
    organization = actions.change_logo(organization, by=main_user, logo=second, alt="Sininen")
    assert [one.key for one in bucket.objects.all()] == [organization.logo.name]
    assert shown(old).status_code == 404
    assert shown(organization.logo.name).content == second.content


def test_bucket_is_named_by_settings(tmp_path):
    show = "s.STORAGES['default']['BACKEND'], s.STORAGES['default']['OPTIONS']['endpoint_url']"
    told = {"MEDIA_S3_BUCKET": BUCKET, "MEDIA_S3_ENDPOINT": "https://storage.example.org"}
    result = start(tmp_path, show, **told)
    assert result.stdout.strip() == str(("storages.backends.s3.S3Storage", "https://storage.example.org")), (
        result.stderr
    )
    assert "needs its beginning" in start(tmp_path, MEDIA_S3_ENDPOINT="storage.example.org").stderr


def test_without_a_bucket_logos_are_files():
    assert type(storages["default"]).__name__ == "FileSystemStorage"
