"""A list of small forms. Unexpected indices in the input are skipped."""

import re
from collections.abc import Iterable, Iterator

from wtforms import FieldList

INDEX = re.compile(r"-(\d{1,4})(?:-|$)", re.ASCII)


class RowsField(FieldList):
    """Rows `<name>-0-…`, `<name>-1-…`; reads no more than `max_entries` of them."""

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        for key in formdata:
            if key.startswith(prefix) and (match := INDEX.match(key, len(prefix))):
                yield int(match[1])
