"""Pages about personal data, cookies and accessibility."""

from civtech.core.text import N_
from civtech.privacy import policy
from civtech.privacy.views import own_data, problems, stewards, words
from civtech.privacy.views.blueprint import bp
from civtech.web.navigation import navigate

__all__ = ["blueprints", "own_data", "problems", "stewards", "words"]

blueprints = [bp]

navigate("footer", N_("Accessibility"), "privacy.accessibility", order=10)
navigate("footer", N_("Privacy"), "privacy.notice", order=20)
navigate("footer", N_("Cookies"), "privacy.cookies", order=25)
navigate("footer", N_("Personal data"), "privacy.stewardship", order=92, shown_to=policy.look_after_data)
navigate("footer", N_("Reported problems"), "privacy.problems", order=94, shown_to=policy.look_after_problems)
