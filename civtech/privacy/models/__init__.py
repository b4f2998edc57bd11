"""Erasure requests, erasures, holds and reported problems."""

from civtech.privacy.models import guards
from civtech.privacy.models.erasure import Erasure, ErasureGround
from civtech.privacy.models.hold import Hold
from civtech.privacy.models.problem import ProblemReport, ProblemState
from civtech.privacy.models.request import WAITING_TIME, ErasureRequest, RequestState

__all__ = [
    "WAITING_TIME",
    "Erasure",
    "ErasureGround",
    "ErasureRequest",
    "Hold",
    "ProblemReport",
    "ProblemState",
    "RequestState",
    "guards",
]
