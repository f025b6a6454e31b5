"""Units are read in the order of their numbers, in any case of letters."""

from organisations.rules.reading_order import reading_order


def test_numbers_count_as_numbers_and_begin_no_name_before_a_word() -> None:
    read = ["ward 2", "Ward 7", "ward 7a", "Ward 10", "Ward B", "3rd floor"]
    assert sorted(read[::-1], key=reading_order) == read


def test_a_number_has_no_text_and_a_text_no_number() -> None:
    assert reading_order("Ward 7") == [(-1, "ward "), (7, "")]
