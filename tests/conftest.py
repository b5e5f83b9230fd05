"""Settings of all tests."""

import os

from hypothesis import settings

# No deadline: how long one example takes says more about the machine than about the code.
settings.register_profile("seedbed", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("seedbed")
