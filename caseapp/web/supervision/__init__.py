"""Pages for the head and for auditors."""
