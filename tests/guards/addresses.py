"""All addresses of the project, and which of them are for staff alone."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def all_names(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Each address of the project with its name; one without a name has an empty one."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from all_names(one, one.namespace or namespace)
        else:
            yield f"{namespace}:{one.name or ''}" if namespace else one.name or "", one


NAMES = list(all_names(get_resolver()))
# They are written in fewer languages (portal/staff_pages.py).
FOR_STAFF = {name for name, pattern in NAMES if getattr(pattern.callback, "is_for_staff", False)}
