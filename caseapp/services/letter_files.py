"""Letters as bare files, for the command line: samples of every kind, and a check of any one file."""

from collections.abc import Iterator

from caseapp.gateways.bare_letter import check_file
from caseapp.gateways.document_check import Finding
from caseapp.services import installation, letter_samples
from caseapp.services.letter_samples import Sample


def samples() -> Iterator[Sample]:
    """Yield a letter for each kind and form, with the words of this office."""
    return letter_samples.samples(installation.current().letter_words)


def check(data: bytes, *, name: str) -> list[Finding]:
    """Return a finding for every requirement, met or not; raises `NotADocument`."""
    return check_file(data, name=name)
