"""What the database refuses for assignments, whatever the code does."""

from civtech.challenges.models.hint import ABOUT_JUDGES, CONSIDER_FIRST, open_in_sql
from civtech.challenges.models.involvement import Tie, tied_in_sql
from civtech.core.blank import blank
from civtech.core.deciding import decides
from civtech.core.frozen import begins, frozen, moves
from civtech.core.guards import guard
from civtech.core.text import N_
from civtech.judging.models.assignment import Assignment
from civtech.judging.models.panel import DECISION_STANDS, NO_TEAM_JUDGES, OF_THE_PANEL

guard(
    "assignment_is_kept_once_declared",
    table="assignment",
    on="DELETE",
    condition="OLD.state <> 'assigned'",
    message=N_("You cannot delete a declaration of interests."),
)
guard(
    "assignment_is_locked_complete",
    table="assignment",
    on="UPDATE",
    condition=(
        "NEW.state = 'locked' AND EXISTS (SELECT 1 FROM panel JOIN criterion ON criterion.stage_id = panel.stage_id "  # noqa: S608
        "WHERE panel.id = NEW.panel_id AND NOT EXISTS (SELECT 1 FROM score WHERE score.assignment_id = NEW.id "
        f"AND score.criterion_id = criterion.id AND score.points IS NOT NULL AND NOT {blank('score.reason')}))"
    ),
    message=N_("Give every criterion a score and a reason before you lock the scorecard."),
)
CLOSED = "EXISTS (SELECT 1 FROM panel WHERE panel.id = {row}.panel_id AND panel.closed_at IS NOT NULL)"

for _on, _row in (("INSERT", "NEW"), ("UPDATE", "OLD")):
    guard(
        f"assignment_is_closed_by_the_decision_on_{_on.lower()}",
        table="assignment",
        on=_on,
        condition=CLOSED.format(row=_row),
        message=DECISION_STANDS,
    )
guard(
    "assignment_waits_for_the_opening",
    table="assignment",
    on="INSERT",
    condition=(
        "NOT EXISTS (SELECT 1 FROM proposal JOIN opening ON opening.challenge_id = proposal.challenge_id "
        "JOIN panel ON panel.challenge_id = proposal.challenge_id WHERE proposal.id = NEW.proposal_id "
        "AND panel.id = NEW.panel_id AND proposal.state = 'submitted' AND opening.state = 'opened')"
    ),
    message=N_("The proposals for this challenge have not been opened yet."),
)
guard(
    "assignment_is_for_who_went_on",
    table="assignment",
    on="INSERT",
    condition=(
        "EXISTS (SELECT 1 FROM panel JOIN stage ON stage.id = panel.stage_id "
        "WHERE panel.id = NEW.panel_id AND stage.position > 1 AND NOT EXISTS ("
        "SELECT 1 FROM outcome JOIN decision ON decision.id = outcome.decision_id "
        "JOIN panel AS earlier ON earlier.id = decision.panel_id "
        "JOIN stage AS previous ON previous.id = earlier.stage_id "
        "WHERE outcome.proposal_id = NEW.proposal_id AND outcome.goes_on AND decision.state = 'released' "
        "AND previous.round_id = stage.round_id AND previous.position = stage.position - 1))"
    ),
    message=N_("This proposal did not go through to this stage."),
)
guard(
    "assignment_keeps_out_the_applicants",
    table="assignment",
    on="INSERT",
    condition=(tied_in_sql("NEW.judge_id", OF_THE_PANEL, Tie.TEAM)),
    message=NO_TEAM_JUDGES,
)
guard(
    "assignment_follows_a_look_at_conflicts",
    table="assignment",
    on="INSERT",
    condition=open_in_sql(
        "NEW.judge_id",
        OF_THE_PANEL,
        *ABOUT_JUDGES,
        organisation="SELECT proposal.organisation_id FROM proposal WHERE proposal.id = NEW.proposal_id",
    ),
    message=CONSIDER_FIRST,
)
guard(
    "assignment_is_scored_by_no_team",
    table="assignment",
    on="UPDATE",
    condition=f"NEW.state IN ('clear', 'locked') AND {tied_in_sql('NEW.judge_id', OF_THE_PANEL, Tie.TEAM)}",
    message=NO_TEAM_JUDGES,
)
begins(Assignment, message=N_("A judge declares their interests before they score."))
moves(Assignment, message=N_("A locked scorecard, or a declared conflict, cannot be undone."))
frozen(Assignment, message=N_("A locked scorecard, or a declared conflict, cannot be changed."))
decides(Assignment)
