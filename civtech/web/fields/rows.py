"""A list of small forms; odd indices in what is sent are passed over instead of breaking."""

import re
from collections.abc import Iterable, Iterator

from wtforms import FieldList

INDEX = re.compile(r"-(\d{1,4})(?:-|$)", re.ASCII)


class RowsField(FieldList):
    """Rows `<name>-0-…`, `<name>-1-…`; at most `max_entries` of what is sent are read."""

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        for key in formdata:
            if key.startswith(prefix) and (found := INDEX.match(key, len(prefix))):
                yield int(found[1])
