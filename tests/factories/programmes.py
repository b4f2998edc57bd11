"""Pathways that ship with the platform, and rounds."""

from factory import LazyAttribute, Sequence, SubFactory, Trait

from civtech.programmes import presets
from civtech.programmes.models import Pathway, Round
from tests.factories.people import UserFactory
from tests.factories.verbs import Then, VerbFactory


def _document(key: str, places: int) -> dict[str, object]:
    document = presets.documents()[key]
    for stage in document["stages"]:
        if stage["kind"] != "sift" and "teams" in stage:
            stage["teams"] = max(places, stage["teams"])
    return document


class PathwayFactory(VerbFactory):
    """A version of a pathway that ships with the platform, made unless it already exists.

    Every stage has at least `places` places.
    """

    class Meta:
        model = Pathway
        verb = "publish"
        sqlalchemy_get_or_create = ("key", "number")

    class Params:
        places = 0

    key = "civtech"
    number = 1
    document = LazyAttribute(lambda said: _document(said.key, said.places))
    by = None


class RoundFactory(VerbFactory):
    """A round in preparation. With `opened`, challenges can be published in it."""

    class Meta:
        model = Round
        verb = "create"

    class Params:
        opened = Trait(opening=Then(lambda made, said: made.open(by=said.by, at=said.at)))

    name = Sequence(lambda number: f"Round {number}")
    pathway = SubFactory(PathwayFactory)
    currency = "GBP"
    by = SubFactory(UserFactory, staff=True)
