"""The page on the lifecycle says what the tables say."""

from caseapp.domain.lifecycle import Action
from tests.lifecycle_docs import PAGE, acts, article, page


def test_the_committed_page_is_the_one_that_the_tables_make():
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make docs`"


def test_every_act_stands_in_the_table_with_who_may_and_its_article():
    assert article(Action.APPROVE_EXTENSION) == "33(2)"
    approving = [row for row in acts() if row.startswith("| 同意延期 |")]
    assert len(approving) == 1
    assert approving[0].endswith("| 不变 | head | 33(2) |")
    assert "| 登记送达 | 已签发，待送达 | 已答复 | officer of its department, clerk | 33(2), 40 |" in list(acts())
