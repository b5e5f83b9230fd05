"""Settings of all tests."""

import os

import pytest
from hypothesis import settings

# No deadline: how long one example takes says more about the machine than about the code.
settings.register_profile("seedbed", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("seedbed")


@pytest.fixture(scope="session")
def browser():
    """One browser for all tests that look at pages; each opens pages of its own."""
    from chromium import SHOTS, chromium  # late: most tests need neither it nor the app

    SHOTS.mkdir(exist_ok=True)
    with chromium() as started:
        yield started
