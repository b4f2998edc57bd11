from types import SimpleNamespace

import pytest

from civtech.core import policy as policies
from civtech.core.policy import policy

PERSON = SimpleNamespace(is_authenticated=True, is_confirmed=True)
VISITOR = SimpleNamespace(is_authenticated=False, is_confirmed=False)


@pytest.fixture(autouse=True)
def own_registry(monkeypatch):
    monkeypatch.setattr(policies, "POLICIES", {})


def test_a_visitor_is_refused_whatever_the_rule_says():
    @policy
    def enter(_actor):
        """Anyone who is signed in."""
        return True

    assert enter(PERSON)
    assert not enter(VISITOR)


def test_a_rule_needs_its_sentence():
    with pytest.raises(TypeError, match="sentence"):

        @policy
        def enter(_actor):
            return True


def test_a_rule_is_declared_once():
    def enter(_actor):
        """Anyone."""
        return True

    policy(enter)
    with pytest.raises(TypeError, match="twice"):
        policy(enter)
