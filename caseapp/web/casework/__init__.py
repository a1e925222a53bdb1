"""Pages for window clerks and officers."""
