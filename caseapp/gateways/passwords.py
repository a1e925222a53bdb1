"""Password hashes (argon2id)."""

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError


class Passwords:
    """Hashes and checks passwords; a missing account costs the same time as a wrong password."""

    def __init__(self, *, cheap: bool = False) -> None:
        self._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1) if cheap else PasswordHasher()
        self._nobody = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """Return the argon2id hash to store."""
        return self._hasher.hash(password)

    def matches(self, password: str, stored: str | None) -> bool:
        """Return whether the password belongs to the stored hash; `None` stands for no such account."""
        try:
            self._hasher.verify(stored or self._nobody, password)
        except (Argon2Error, InvalidHashError):
            return False
        return stored is not None
