"""What every page shares: forms, filters, and the ways to say what went wrong."""
