"""The portal as `docker-compose.yml` runs it, without containers: PostgreSQL, Redis, nginx, web, workers and beat.

Everything listens on 127.0.0.1 and on free ports. Tests, faults and loads are run against it.
"""

from scripts.production.setup import Production

__all__ = ["Production"]
