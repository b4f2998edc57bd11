"""Pathways, rounds, stages and criteria."""

from civtech.programmes.models.criterion import HIGHEST_POINTS, Criterion, CriterionFigures
from civtech.programmes.models.document import BadPathway, Problem
from civtech.programmes.models.pathway import Pathway, SectionTemplate
from civtech.programmes.models.round import Round, RoundState
from civtech.programmes.models.stage import Stage, StageKind, VatBasis
from civtech.programmes.models.unfinished import Unfinished, is_unfinished, keeps_open, unfinished_in

__all__ = [
    "HIGHEST_POINTS",
    "BadPathway",
    "Criterion",
    "CriterionFigures",
    "Pathway",
    "Problem",
    "Round",
    "RoundState",
    "SectionTemplate",
    "Stage",
    "StageKind",
    "Unfinished",
    "VatBasis",
    "is_unfinished",
    "keeps_open",
    "unfinished_in",
]
