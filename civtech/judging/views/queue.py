"""The judging queue of a judge."""

from itertools import groupby

from flask import render_template
from flask.typing import ResponseReturnValue

from civtech.core.db import db
from civtech.core.text import N_
from civtech.judging import policy, queries
from civtech.judging.models import AssignmentState
from civtech.judging.views.finders import bp
from civtech.web.actor import actor
from civtech.web.gate import permit


@bp.get("/judging")
@permit(policy.see_queue, act=N_("View the proposals you were asked to judge"))
def queue() -> ResponseReturnValue:
    rows = db.session.execute(queries.queue(actor())).all()
    asked = [row for row in rows if row.state is not AssignmentState.RECUSED]
    return render_template(
        "judging/queue.html",
        panels=[list(group) for _panel, group in groupby(rows, key=lambda row: row.panel_id)],
        done=sum(row.state is AssignmentState.LOCKED for row in asked),
        total=len(asked),
        following=next((row for row in asked if queries.waits(row)), None),
        waits=queries.waits,
    )
