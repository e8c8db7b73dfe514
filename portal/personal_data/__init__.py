"""Says which personal data the portal keeps: what, why, how long, and what happens to it on erasure.

Each app declares its own (`settings.PERSONAL_DATA`). Four things are made from the declarations: the part of the page
"Privacy" that names the data, the file of one's own data (`organizations/privacy/my_data.py`), the erasure of an
account (`organizations/actions/erasing.py`), and `docs/personal-data.md`, written by `python -m portal.personal_data`.
A guard among the tests fails when a model has a field with personal data that nobody has declared.
"""

from portal.personal_data.held import Held, all_held

__all__ = ["Held", "all_held"]
