"""The test session's own servers: started once by the process that controls the run, joined by its workers."""

import os
from pathlib import Path

os.environ.setdefault("TROUPE_TESTING", "1")
os.environ.setdefault("TROUPE_VAR", str(Path(__file__).resolve().parent.parent / "var" / "test"))

from config import embedded

_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_OWN = not (os.environ.get("DATABASE_URL") or os.environ.get("REDIS_URL"))
if _OWN:
    os.environ["REDIS_URL"] = f"{embedded.redis_url(embedded.var_folder())}?db={_WORKER}"
    os.environ["DATABASE_URL"] = embedded.database_url(embedded.var_folder())


def pytest_configure(config):
    """Start the servers before the settings are read."""
    if _OWN and not hasattr(config, "workerinput"):
        config.troupe_servers = embedded.servers(fast=True)
        config.troupe_servers.__enter__()


def pytest_unconfigure(config):
    """Stop what was started."""
    if servers := getattr(config, "troupe_servers", None):
        servers.__exit__(None, None, None)
