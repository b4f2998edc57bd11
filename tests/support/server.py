"""The platform as it is served: gunicorn's processes on a port of the loopback interface, behind nginx."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import config
from civtech import serve
from tests.support.postgres import free_port

SECRETS = {
    "SECRET_KEY": "a key that only the tests and their servers know",
    "PASSWORD_SALT": "a salt that only the tests and their servers know",
    "TOTP_SECRET": "a secret that only the tests and their servers know",
}
START_LIMIT = 60.0  # seconds
NO_NGINX = "No nginx was found. Install it (Debian: sudo apt install nginx-light; macOS: brew install nginx)."


def environment(database: str, folder: Path, **extra: str) -> dict[str, str]:
    """The settings of a server for `database`, whose other files are in `folder`."""
    return {
        "CIVTECH_ENV": "development",
        "DATABASE_URL": database,
        "MAIL_URL": f"file://{folder}/mail",
        "QUEUE_URL": f"sqlite:///{folder}/queue.db",
        "STORAGE_URL": f"file://{folder}/files",
        "LOG_LEVEL": "error",
        **SECRETS,
        **extra,
    }


@contextlib.contextmanager
def ended(process: subprocess.Popen) -> Iterator[None]:
    """A process that ends with the block."""
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(serve.GRACE + 5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@dataclass(frozen=True)
class Server:
    """Gunicorn with its processes, and the port it serves."""

    port: int
    process: subprocess.Popen

    @contextlib.contextmanager
    def busy(self) -> Iterator[None]:
        """Stop all its processes within the block, as if other requests kept them busy."""
        os.killpg(self.process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(self.process.pid, signal.SIGCONT)


@contextlib.contextmanager
def served(settings: dict[str, str]) -> Iterator[Server]:
    """The platform, as `civtech.serve` starts it."""
    address = serve.Address("127.0.0.1", free_port())
    process = subprocess.Popen(
        serve.web_command(address), cwd=config.ROOT, env=os.environ | settings, start_new_session=True
    )
    with ended(process):
        limit = time.monotonic() + START_LIMIT
        while not address.answers():
            assert process.poll() is None, "the server ended"
            assert time.monotonic() < limit, "the server did not answer"
            time.sleep(0.05)
        yield Server(address.port, process)


def find_nginx() -> str | None:
    """The path of nginx. This also looks in folders that only root has on its path."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin:/opt/homebrew/bin")


def install_nginx() -> None:
    """Install nginx where we are allowed to (root on Debian), without starting the service of its package."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("Installing nginx", flush=True)
    for step in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "nginx-light"]):
        subprocess.run(
            ["apt-get", *step],
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=False,  # the caller looks for the program again
        )


def documented() -> str:
    """The lines for nginx in docs/operators.md."""
    words = (config.ROOT / "docs" / "operators.md").read_text()
    lines = words.partition("    client_max_body_size")[2].partition("\n\n")[0]
    return f"    client_max_body_size{lines}"


@contextlib.contextmanager
def behind_nginx(upstream: int) -> Iterator[int]:
    """The port on which nginx, set up as documented, passes requests on to the port `upstream`."""
    program = find_nginx()
    assert program, NO_NGINX
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="civtech-nginx-") as folder:
        temporary = "\n".join(
            f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        server = documented().replace("127.0.0.1:8000", f"127.0.0.1:{upstream}")
        settings = Path(folder) / "nginx.conf"
        settings.write_text(
            f"daemon off;\npid {folder}/pid;\nerror_log stderr crit;\nworker_processes 1;\n"
            f"events {{ worker_connections 1024; }}\n"
            f"http {{ access_log off;\n{temporary}\n"
            f"server {{ listen 127.0.0.1:{port} backlog=1024;\n{server}\n}} }}\n"
        )
        if os.geteuid() == 0:
            settings.write_text(f"user root;\n{settings.read_text()}")
        process = subprocess.Popen([program, "-p", folder, "-e", "stderr", "-c", str(settings)])
        with ended(process):
            limit = time.monotonic() + START_LIMIT
            while not serve.Address("127.0.0.1", port).answers():
                assert process.poll() is None, "nginx ended"
                assert time.monotonic() < limit, "nginx did not answer"
                time.sleep(0.05)
            yield port
