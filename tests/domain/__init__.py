"""Tests of the rules. mutmut runs them for about two thousand mutants, so its profile has few examples and no shrinking."""

import os

from hypothesis import Phase, settings

if "MUTANT_UNDER_TEST" in os.environ:
    settings.register_profile("mutants", settings.get_profile("ci"), max_examples=10, phases=(Phase.explicit, Phase.generate))
    settings.load_profile("mutants")
