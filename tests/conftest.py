"""What holds for every test."""

from hypothesis import HealthCheck, settings

# A busy machine makes drawing slow; that says nothing of the code. Limits on the work itself stand in the tests.
settings.register_profile("any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any-machine")
