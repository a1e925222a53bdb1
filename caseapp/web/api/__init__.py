"""For programs of other offices: requests filed and followed, and what is published, as data."""
