"""A PostgreSQL server of a test's own, to be stopped in the middle of things."""

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path


class PostgresServer:
    """A server on loopback with its data in a folder of its own."""

    def __init__(self, programs: Path, user: str | None) -> None:
        """Make its data.

        Args:
            programs: folder of ``initdb`` and ``pg_ctl``.
            user: who runs it, for it refuses root; None: whoever runs the test.
        """
        self._programs, self._user = programs, user
        self.folder = Path(tempfile.mkdtemp())
        self.port = free_port()
        (self.folder / "run").mkdir()
        self.folder.chmod(0o755)
        if user:
            for path in (self.folder, self.folder / "run"):
                shutil.chown(path, user)
        self._run("initdb", "-D", str(self.folder / "data"), "-A", "trust", "-U", "postgres")

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder / 'run'}"
        log = str(self.folder / "run" / "log")
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-l", log, "-o", options, "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop it: ``immediate`` like a crash, ``fast`` in good order."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-m", mode, "stop")

    def remove(self) -> None:
        """Stop it if it runs, and remove its data."""
        if (self.folder / "data" / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self.folder)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self._programs / program), *arguments],
            user=self._user,
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )


def programs_of_postgres() -> Path | None:
    """The folder of the newest PostgreSQL's programs, or None."""
    beside = shutil.which("pg_ctl")
    folders = [Path(beside).parent] if beside else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return next((folder for folder in reversed(folders) if (folder / "initdb").exists()), None)


def user_for_postgres() -> str | None:
    """Who may run a server where root may not; None for oneself.

    Raises:
        KeyError: nobody.
    """
    if os.geteuid() != 0:
        return None
    import pwd

    return pwd.getpwnam("postgres").pw_name


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port
