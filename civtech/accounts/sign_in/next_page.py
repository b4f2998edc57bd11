"""Where to go after signing in: to our own pages and nowhere else."""

import re

OWN_PATH = re.compile(r"/(?!/)[^\x00-\x20\x7f-\xa0\\]*")


def is_own_path(address: str) -> bool:
    """Whether `address` is a path of this site in every browser's reading.

    Browsers drop tabs and line breaks and read a backslash as a slash, so `/\\evil` and `/<TAB>/evil` lead away.
    """
    return OWN_PATH.fullmatch(address) is not None
