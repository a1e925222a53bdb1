"""The rules: pure functions of the Regulation and of this office; standard library only."""
