"""Addresses of the database and of Valkey: the embedded ones, the given ones, and whether they answer."""

import os
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis

DATABASE = "DATABASE_URL"
REDIS = "REDIS_URL"
PATIENCE_SECONDS = 5


def embedded_database_url(sockets: Path) -> str:
    """The address of the embedded database."""
    return f"postgres://troupe@/postgres?host={sockets}"


def embedded_redis_url(sockets: Path) -> str:
    """The address of the embedded Valkey."""
    return f"unix://{sockets}/valkey.sock"


def given(name: str) -> str:
    """The address in the environment, or nothing."""
    return os.environ.get(name, "").strip()


def database_answers(url: str) -> bool:
    """Whether a query could be asked there now."""
    try:
        psycopg.connect(_libpq(url), connect_timeout=PATIENCE_SECONDS).close()
    except psycopg.Error:
        return False
    return True


def redis_answers(url: str) -> bool:
    """Whether a command could be given there now."""
    try:
        patience = {"socket_connect_timeout": PATIENCE_SECONDS, "socket_timeout": PATIENCE_SECONDS}
        with redis.Redis.from_url(url, **patience) as connection:
            return bool(connection.ping())
    except (redis.RedisError, OSError):
        return False


def silent() -> list[str]:
    """A sentence for each given address that does not answer."""
    found = []
    for name, what, answers in ((DATABASE, "PostgreSQL", database_answers), (REDIS, "Valkey", redis_answers)):
        url = given(name)
        if url and not answers(url):
            found.append(f"{what} does not answer at {name}={without_password(url)}.")
    return found


def without_password(url: str) -> str:
    """The address as it may be shown."""
    parts = urlsplit(url)
    if parts.password is None:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", ":***@", 1)))


def _libpq(url: str) -> str:
    """The address as libpq takes it: Django's own spellings of the scheme are known there by one name."""
    scheme, mark, rest = url.partition("://")
    return f"postgres{mark}{rest}" if scheme in {"postgres", "postgresql", "psql", "pgsql"} else url
