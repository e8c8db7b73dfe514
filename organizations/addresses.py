"""Ends of public addresses: an organization is found under its earlier ones after a new name or a merge."""

from organizations.models import Organization, OrganizationAddress


def readdress(organization: Organization) -> None:
    """Give it an address that fits its name; the one before leads there. The caller holds its lock and saves it."""
    slug = organization.make_slug()
    if slug == organization.slug:
        return
    OrganizationAddress.objects.filter(slug=slug, organization=organization).delete()
    if organization.is_approved:
        OrganizationAddress.objects.get_or_create(slug=organization.slug, defaults={"organization": organization})
    organization.slug = slug


def give_addresses(gone: Organization, stays: Organization) -> None:
    """Let all addresses of an organization lead to another one."""
    gone.earlier_addresses.update(organization=stays)
    OrganizationAddress.objects.get_or_create(slug=gone.slug, defaults={"organization": stays})


def organization_once_at(slug: str) -> Organization | None:
    """The organization that readers see now and that had this address before; None when there is none."""
    return Organization.objects.public().filter(earlier_addresses__slug=slug).first()
