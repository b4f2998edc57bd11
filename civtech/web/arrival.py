"""When a request arrived: the instant that counts for deadlines.

A proxy that collects whole requests knows best, and puts the instant in the header REQUEST_START_HEADER names.
Otherwise the operating system says when the request's last bytes arrived, however long they then waited for a thread.
Where it cannot, the request counts as arriving now, when it has been read to its end.

Any error in these makes the instant later: nothing that arrived after a deadline counts as in time.
"""

import re
import socket
import struct
from datetime import UTC, datetime, timedelta

from flask import current_app, request

from civtech.core import clock
from civtech.web.logs import log, request_id

# The format of nginx: proxy_set_header X-Request-Start "t=${msec}". Dropping everything finer than a millisecond
# moves nothing across a deadline, because deadlines are whole minutes.
SAID = re.compile(r"t=([0-9]{1,10})\.([0-9]{3})")
LONGEST_WAIT = timedelta(seconds=60)
LONGEST_SHOWN = 40
# The system counts in ticks, and a busy machine may count them late. This margin makes the instant later.
MARGIN = timedelta(milliseconds=50)
# Where Linux's `struct tcp_info` has the milliseconds since the last data arrived.
LAST_DATA = struct.Struct("@52x I")


def arrived() -> datetime:
    """When this request arrived. Call it when the request has been read to its end."""
    now = clock.now()
    if header := current_app.config["REQUEST_START_HEADER"]:
        words = request.headers.get(header, "")
        if arrived := said_by_proxy(words, now):
            return arrived
        log.warning("request_start_ignored", request_id=request_id(), said=words[:LONGEST_SHOWN])
    return now - waited(request.environ.get("gunicorn.socket"))


def said_by_proxy(words: str, now: datetime) -> datetime | None:
    """The instant in the proxy's header. One ahead of our clock counts as now.

    One older than `LONGEST_WAIT` is ignored, like one we cannot read. No proxy waits that long for our answer, so such
    a header is a fault, and a fault must not reopen a deadline.
    """
    match = SAID.fullmatch(words)
    instant = datetime.fromtimestamp(int(match[1]), UTC) + timedelta(milliseconds=int(match[2])) if match else None
    if instant is None or instant < now - LONGEST_WAIT:
        return None
    return min(instant, now)


def waited(client: object) -> timedelta:
    """How long ago the request's last bytes arrived on its connection; zero if the system cannot tell."""
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
