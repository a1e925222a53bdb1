"""Addresses made from a kept pattern are those that the router makes."""

import pytest
from flask import url_for

from caseapp.web.kit.addresses import address


@pytest.mark.parametrize(
    ("endpoint", "values"),
    [
        ("casework.worklist", {}),
        ("casework.show_case", {"case_id": 7}),
        ("casework.show_case", {"case_id": 2_000_000_000}),
        ("casework.show_case", {"case_id": 7, "before": 2_000_000_001, "more": 1}),
        ("casework.download_letter", {"case_id": 2_000_000_001, "letter_id": 2_000_000_000}),
        ("casework.list_cases", {"status": "in_hand", "before": 3}),
        ("casework.list_cases", {"number": None}),
        ("casework.list_cases", {"number": "a b&c"}),
        ("public.list_articles", {"_anchor": "article-33"}),
        ("public.track", {"number": "2026-0001", "_external": True}),
        ("static", {"filename": "caseapp.css"}),
    ],
)
@pytest.mark.parametrize("root", ["", "/foia"])
def test_an_address_is_that_of_the_router(app, endpoint, values, root):
    with app.test_request_context("/cases/", base_url=f"http://localhost{root}"):
        expected = url_for(endpoint, **values)
        assert [address(endpoint, **values) for _ in range(2)] == [expected, expected]
        assert expected.startswith((root or "/", "http://"))


def test_a_page_beside_the_present_one_and_a_missing_number_are_left_to_the_router(app):
    with app.test_request_context("/cases/"):
        assert address(".list_cases") == "/cases/all"
        with pytest.raises(Exception, match="case_id"):
            address("casework.show_case")
