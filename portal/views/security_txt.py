"""Where somebody who has found a hole writes to (RFC 9116)."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

# Nobody has to remember it: as long as the portal runs, its address is looked after.
GOOD_FOR = timedelta(days=180)
# In which people are answered, the best first
LANGUAGES = "fi, sv, en"


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    if not settings.SECURITY_CONTACT:
        raise Http404
    contact = settings.SECURITY_CONTACT
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {contact if '://' in contact else 'mailto:' + contact}",
        f"Expires: {(midnight + GOOD_FOR).strftime('%Y-%m-%dT%H:%M:%SZ')}",
        f"Preferred-Languages: {LANGUAGES}",
        f"Canonical: {settings.SITE_URL}{reverse('security_txt')}",
    ]
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    patch_cache_control(response, public=True, max_age=24 * 60 * 60)
    return response
