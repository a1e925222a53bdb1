"""Where the golden data lies: beside the project when it was handed over with it, else the copy kept here."""

from pathlib import Path

HERE = Path(__file__).parent
HANDED_OVER = HERE.parent.parent / "shared" / "golden"
KEPT = HERE / "golden"


def golden(name: str) -> Path:
    """Return the path of the golden file called `name`; raises `FileNotFoundError` when neither place holds it."""
    for folder in (HANDED_OVER, KEPT):
        if (folder / name).exists():
            return folder / name
    raise FileNotFoundError(name)
