"""What the worker does every hour, and once when it starts. Packages say what; the worker knows none of them."""

from collections.abc import Callable

Job = Callable[[], None]

HOURLY: dict[str, Job] = {}


def hourly(job: Job) -> Job:
    """Have the worker call the function every hour. Two workers may call it at the same time."""
    HOURLY[job.__name__] = job
    return job
