"""A sample certificate, to show until there is a real one."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from civtech.core import clock
from civtech.web.translation import gettext


@dataclass(frozen=True)
class Specimen:
    """What `components/certificate.html` shows. Everything in it is an example."""

    reference: str
    company: str
    public_body: str
    stage: str
    lines: list[dict[str, str]]
    digest: str
    accepted_at: datetime


def specimen() -> Specimen:
    """Return the sample certificate."""
    return Specimen(
        reference="S-0000-0000",
        company=gettext("A company"),
        public_body=gettext("A public body"),
        stage=gettext("Exploration"),
        lines=[
            {"label": gettext("Background IP"), "text": gettext("3 items, kept by their owners")},
            {"label": gettext("Foreground IP"), "text": gettext("The company")},
            {
                "label": gettext("Equity"),
                "text": gettext("None: no shares, options, convertibles, loans, royalties or board seat"),
            },
        ],
        digest=hashlib.sha256(b"specimen").hexdigest(),
        accepted_at=clock.now() - timedelta(days=1),
    )
