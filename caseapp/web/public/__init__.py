"""The pages for applicants: filing a request and following it, without an account."""
