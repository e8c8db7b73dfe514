"""What is not the visitor's fault is told apart by programs, and looks the same to people."""

import pytest
from django.db import OperationalError
from django.test import Client

from portal.views import content


@pytest.mark.parametrize(("error", "status"), [(OperationalError("gone"), 503), (ValueError("wrong"), 500)])
def test_database_that_is_away_is_told_apart(db, monkeypatch, error, status):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr(content, "get_object_or_404", fail)
    response = Client(raise_request_exception=False).get("/sv/pages/about/")
    assert response.status_code == status
    assert response.headers.get("Retry-After") == ("10" if status == 503 else None)
    assert "Felet är vårt" in response.content.decode()
    assert "public" not in response.headers.get("Cache-Control", "")
