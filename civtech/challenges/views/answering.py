"""The sponsor answers a question for everyone, once, after a preview."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from civtech.challenges import policy, queries
from civtech.challenges.forms import AnswerForm
from civtech.challenges.models import Challenge, Question, QuestionState
from civtech.challenges.models.rights_words import found_in
from civtech.challenges.views.page import bp, find_challenge
from civtech.challenges.views.parts import questions_of
from civtech.core import clock, workflow
from civtech.core.db import first_or_404
from civtech.core.text import N_
from civtech.web.actor import actor
from civtech.web.attempts import done
from civtech.web.gate import can, permit
from civtech.web.transaction import is_write
from civtech.web.translation import gettext as _


def find_question(slug: str, reference: str) -> Question:
    """The question, if the actor can see it."""
    query = queries.questions_visible_to(actor()).where(
        Question.reference == reference, Question.challenge.has(Challenge.slug == slug)
    )
    return first_or_404(query)


@bp.get("/<slug>/questions")
@permit(policy.see_questions, find_challenge, act=N_("View answered and unanswered questions about a challenge"))
def questions(challenge: Challenge) -> ResponseReturnValue:
    all_questions = questions_of(challenge)
    waiting = [question for question in all_questions if question.state is QuestionState.ASKED]
    answered = [question for question in all_questions if question.state is QuestionState.ANSWERED]
    checks = actor().is_staff_of(challenge)
    return render_template(
        "challenges/questions.html",
        challenge=challenge,
        waiting=waiting,
        answered=answered,
        phrases={question.id: found_in(question.answer or "") for question in answered} if checks else {},
        may_answer=bool(waiting) and challenge.ended_because is None and can(policy.give_answer, waiting[0]),
        takes_questions=challenge.takes_questions(clock.now()),
    )


@bp.route("/<slug>/questions/<reference>/answer", methods=["GET", "POST"])
@permit(policy.give_answer, find_question, act=N_("Answer a question"))
def answer(question: Question) -> ResponseReturnValue:
    slug = question.challenge.slug
    if is_write():
        queries.hold(question.challenge)
    if request.method == "GET" and question.state is QuestionState.ANSWERED:
        return redirect(url_for(".questions", slug=slug))
    form = AnswerForm(question)
    late = clock.now() > question.due_at
    if "change" in request.form:
        form.validate()
    elif "confirm" not in request.form:
        if form.validate_on_submit():
            if refused := workflow.refusal(question, "give_answer", clock.now()):
                form.refused(refused)
                return render_template("challenges/answer.html", form=form, question=question, late=late), form.status
            form.renew()
            phrases = found_in(form.answer.data)
            return render_template(
                "challenges/answer_check.html", form=form, question=question, late=late, phrases=phrases
            )
    elif done(form, lambda: question.give_answer(answer=form.answer.data, by=actor(), at=clock.now())):
        flash(_("Answer published. Everyone can now see it with the question."), "success")
        return redirect(url_for(".questions", slug=slug))
    return render_template("challenges/answer.html", form=form, question=question, late=late), form.status
