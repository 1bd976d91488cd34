"""`make references DATA=FOLDER` collects these tests; a run without the folder collects none of them."""

import os

from tests.interchange.conftest import stores as stores
from tests.interchange.conftest import wall as wall

collect_ignore_glob = [] if os.environ.get("REFERENCE_DATA") else ["test_*.py"]
