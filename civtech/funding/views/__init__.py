"""Pages about money."""

from civtech.core.text import N_
from civtech.funding import policy
from civtech.funding.views import deciding, money, paying, releases
from civtech.funding.views.blueprint import bp
from civtech.web.navigation import navigate

__all__ = ["blueprints", "deciding", "money", "paying", "releases"]

blueprints = [bp]

navigate("account", N_("Money"), "funding.money", order=15, shown_to=policy.see_money)
