"""The trace of actions: written with each of them, sealed into a chain, checked, and kept from being changed.

`docs/adr/0012-the-audit-is-a-chain.md` says why it is made so, `docs/operating/audit.md` how it is looked after.
"""

from .recording import record
from .redacting import take_out_names

__all__ = ["record", "take_out_names"]
