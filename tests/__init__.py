"""The tests; the PostgreSQL server that they carry wants a private folder for its socket before it is imported."""

import os
import tempfile
from pathlib import Path

RUNTIME = Path(tempfile.gettempdir()) / f"caseapp-tests-{os.getuid()}"
RUNTIME.mkdir(mode=0o700, exist_ok=True)
os.environ["XDG_RUNTIME_DIR"] = str(RUNTIME)
