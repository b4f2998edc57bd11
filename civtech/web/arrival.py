"""When a request had arrived: the instant that deadlines are measured by.

A proxy that collects whole requests knows best; it says so in the header that REQUEST_START_HEADER names. Otherwise the
system says when the last bytes of the request came in, however long they then waited for a thread of ours. Where it
does not say that, the request counts as arrived now, when it has been read to its end.

All three err on the late side, if at all: nothing that arrived after a deadline counts as in time.
"""

import re
import socket
import struct
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import current_app, request

from civtech.core import clock
from civtech.web.logs import log, request_id

# As nginx writes it: proxy_set_header X-Request-Start "t=${msec}". Cutting off what is finer than a millisecond moves
# nothing over a deadline, because deadlines are whole minutes.
SAID = re.compile(r"t=([0-9]{1,10})\.([0-9]{3})")
LONGEST_WAIT = timedelta(seconds=60)
LONGEST_SHOWN = 40
# The system counts in ticks, which a busy machine may count late. What this takes off makes an instant later.
MARGIN = timedelta(milliseconds=50)
# Where `struct tcp_info` of Linux has the milliseconds since the last data came in.
LAST_DATA = struct.Struct("@52x I")


def arrived() -> datetime:
    """When this request, which has been read to its end, had arrived."""
    now = clock.now()
    if header := current_app.config["REQUEST_START_HEADER"]:
        words = request.headers.get(header, "")
        if said := said_by_proxy(words, now):
            return said
        log.warning("request_start_ignored", request_id=request_id(), said=words[:LONGEST_SHOWN])
    return now - waited(request.environ.get("gunicorn.socket"))


def said_by_proxy(words: str, now: datetime) -> datetime | None:
    """The instant in the proxy's header. One ahead of our clock counts as now.

    One longer ago than `LONGEST_WAIT` is ignored, like one that cannot be read. No proxy waits that long for an answer
    of ours, so such a header is a fault, and a fault must not open a deadline again.
    """
    found = SAID.fullmatch(words)
    instant = datetime.fromtimestamp(int(found[1]), UTC) + timedelta(milliseconds=int(found[2])) if found else None
    if instant is None or instant < now - LONGEST_WAIT:
        return None
    return min(instant, now)


def waited(client: Any) -> timedelta:
    """How long ago the last bytes of a request came in on its connection, where the system tells."""
    if not hasattr(socket, "TCP_INFO") or not hasattr(client, "getsockopt"):
        return timedelta()
    try:
        told = client.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, LAST_DATA.size)
    except OSError:
        return timedelta()
    if len(told) < LAST_DATA.size:
        return timedelta()
    ago = timedelta(milliseconds=LAST_DATA.unpack(told)[0]) - MARGIN
    return max(ago, timedelta()) if ago <= LONGEST_WAIT else timedelta()
