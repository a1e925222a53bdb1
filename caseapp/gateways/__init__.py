"""The outside world: documents, files, ciphers, holidays; one third-party package a module."""
