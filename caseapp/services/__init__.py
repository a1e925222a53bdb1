"""The acts and the queries: the only users of the session."""
