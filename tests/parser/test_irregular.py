"""What is written again of markup that stands in values."""

from xml.sax.saxutils import quoteattr

from hypothesis import given, strategies as st

from wxr.parser.irregular import _quoted


@given(st.text("ab<>&\"'\t\r\n é"))
def test_values_of_attributes_are_quoted_as_the_standard_library_does(
    value: str,
) -> None:
    assert _quoted(value) == quoteattr(value)
