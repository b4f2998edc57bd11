"""Grants of people's roles in the programme."""

from civtech.roles.models import role_guards
from civtech.roles.models.grant_state import GrantPhase, GrantState
from civtech.roles.models.role_grant import RoleGrant

__all__ = ["GrantPhase", "GrantState", "RoleGrant", "role_guards"]
