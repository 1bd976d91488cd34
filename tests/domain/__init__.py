"""Tests of the rules. Under mutmut each of two thousand changes meets them: few examples are drawn, and none is shrunk."""

import os

from hypothesis import Phase, settings

if "MUTANT_UNDER_TEST" in os.environ:
    settings.register_profile("mutants", settings.get_profile("ci"), max_examples=10, phases=(Phase.explicit, Phase.generate))
    settings.load_profile("mutants")
