"""`docs/personal-data.md`, from the declarations."""

from portal.personal_data.held import all_held

_HEAD = """# Personal data

Which personal data the portal keeps, table by table. Each app declares its own (`settings.PERSONAL_DATA`); this page
is written with `python -m portal.personal_data > docs/personal-data.md`, and a test holds the two together. People read
the same on the page "Privacy" of the portal, in its languages. The sentences are written to the
person whose data they are.

Readers have no account and no cookie, and no row in any table but what they report themselves. Nothing is stored about
the clients of caseworkers. While one writes a listing, the browser keeps the address of the page until the tab is
closed (htmx, in `sessionStorage`).

People download their data and delete their account under "My account"; an operator can delete an account in the
administration. `organizations/privacy/retention.py` keeps the periods, every day; the days below are the defaults, and
`docs/operating.md` names the settings. `listings/forgetting.py` keeps the period of what readers report.
"""


def as_markdown() -> str:
    """The whole page."""
    parts = [_HEAD]
    parts += [
        f"## {one.model}\n\n"
        f"- Fields: {', '.join(f'`{name}`' for name in one.fields)}\n"
        f"- What: {one.what}\n"
        f"- Why: {one.why}\n"
        f"- How long: {one.period}\n"
        f"- On erasure: {one.on_erasure}\n"
        for one in all_held()
    ]
    return "\n".join(parts)
