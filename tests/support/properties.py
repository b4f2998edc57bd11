"""Settings for Hypothesis in every test: it ignores how fast the machine is."""

from hypothesis import HealthCheck, settings

settings.register_profile("every machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])


def pytest_configure() -> None:
    settings.load_profile("every machine")
