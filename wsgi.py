"""What a web server loads."""

import os

from civtech import create_app
from civtech.web.starting import refuse_bad_start

app = create_app()
# The commands of `flask` load this file too; they must work before and after, `flask db upgrade` first of all.
if os.environ.get("FLASK_RUN_FROM_CLI") != "true":
    refuse_bad_start(app)
