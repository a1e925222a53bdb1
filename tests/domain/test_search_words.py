"""Words to search by: two letters suffice, signs and widths do not matter, nothing typed is syntax."""

import re

import pytest

from caseapp.domain.search_words import Piece, QueryTooLong, QueryTooShort, marked, phrases, tokens


def found(query: str, *texts: str) -> bool:
    """Say whether every phrase of the query stands in the tokens, as the databases look for it."""
    words = f" {tokens(texts)} "
    return all(f" {' '.join(pairs)} " in words for pairs in phrases(query))


@pytest.mark.parametrize("query", ["验收", "竣工验收备案", "备案表 竣工", "2026", "ＡＢ楼", "ab楼", "备案，表", "𠮷田"])
def test_two_letters_or_more_are_found_whatever_their_width_or_the_signs_between(query):
    assert found(query, "关于AB楼的竣工验收备案（表）", "2026年度，𠮷田路")


@pytest.mark.parametrize("query", ["收竣", "表20", "竣工 土地", "验收备案书"])
def test_letters_that_do_not_stand_together_are_not(query):
    assert not found(query, "竣工验收备案表", "2026年度")


@pytest.mark.parametrize("query", ["", "  ", "收", "验收 表", "%", "''", "，。"])
def test_a_single_letter_or_none_is_refused_in_words(query):
    with pytest.raises(QueryTooShort, match="至少输入两个"):
        phrases(query)


def test_too_many_words_are_refused():
    with pytest.raises(QueryTooLong, match="8 个以内"):
        phrases(" ".join(["验收"] * 9))


@pytest.mark.parametrize("query", ['"验收" OR NOT *', "a'); DROP TABLE cases;--", "x:* & !验收 <-> ()"])
def test_signs_of_a_query_language_never_leave(query):
    try:
        every = [pair for pairs in phrases(query) for pair in pairs]
    except QueryTooShort:
        return
    assert all(re.fullmatch(r"x[0-9a-f]+z[0-9a-f]+", pair) for pair in every)


def test_hits_are_marked_where_they_stand():
    assert marked("某楼竣工·验收表", "工验 表") == [
        Piece("某楼竣", False),
        Piece("工·验", True),
        Piece("收", False),
        Piece("表", True),
    ]
    long = marked("前" * 60 + "验收" + "后" * 200, "验收")
    assert [piece.text for piece in long if piece.hit] == ["验收"]
    assert (long[0].text[:2], long[-1].text) == ("……", "……")
    assert sum(len(piece.text) for piece in long) < 120
    assert marked("没有", "验收") == [Piece("没有", False)]
    assert marked("", "验收") == []
