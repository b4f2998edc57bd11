"""The form that checks a certificate, and how it reads the answer."""

import hashlib
import json
import re

from govuk_frontend_wtf.wtforms_widgets import GovTextArea
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from civtech.web.forms import Form
from civtech.web.translation import lazy_gettext as _l

DIGEST = re.compile(r"(sha256)?([0-9a-f]{64})")
LONGEST = 100_000


class CheckForm(Form):
    """A hash, or the statement itself as JSON. Sending it changes nothing, so it needs no token."""

    changes_nothing = True

    class Meta(Form.Meta):
        csrf = False

    evidence = TextAreaField(
        _l("Hash or statement"),
        description=_l(
            "Paste the 64 characters of the hash, or the whole statement as JSON. Spaces and line breaks do not matter."
        ),
        validators=[
            InputRequired(_l("Paste a hash or a statement.")),
            Length(max=LONGEST, message=_l("This text is too long to be a statement. Paste a hash or a statement.")),
        ],
        widget=GovTextArea(),
    )


def digest_in(evidence: str) -> str | None:
    """Return the hash that was pasted, or the hash of the pasted statement, or None if it is neither."""
    if hexadecimal := DIGEST.fullmatch(re.sub(r"[\s:-]", "", evidence).lower()):
        return hexadecimal[2]
    try:
        terms = json.loads(evidence)
    except (ValueError, RecursionError):
        return None
    if not isinstance(terms, dict):
        return None
    canonical = json.dumps(terms, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
