"""Speeds, told as ratios inside one run: against the smallest page of the same kind, the bare library, the small table.

Absolute numbers drift with the machine and its load; ratios measured in turns within one run hold. Nothing here
passes or fails by time.
"""
