"""Reads of public pages from copies of the database (PostgreSQL's streaming replicas).

A visitor without a session who asks for a public page reads from one replica, the same one for the whole request: the
version of what readers see (`portal/freshness.py`) and the rows that a page is made of must come from the same server.
A page is kept under the version that was read first, so what it shows is as new as its name says, or newer. With the
version from one server and the rows from another that is behind, an old page would be kept under a new name for good.

Everybody with a session, every POST, command and task uses the primary: what one has just written one sees.
"""

from portal.replicas.choice import PRIMARY, database, database_in_use, reading_from

__all__ = ["PRIMARY", "database", "database_in_use", "reading_from"]
