"""What number formats show besides the number, by the rules of Excel's format codes."""

import pytest

from cri_data.reading.number_formats import number_format

_ACCOUNTING = '_($* #,##0.00_);_($* \\(#,##0.00\\);_($* "-"??_);_(@_)'


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ('"$"#,##0.00', 1500, "$1500"),
        ('"$"#,##0.00', -2.5, "-$2.5"),
        (_ACCOUNTING, 0, "$0"),
        ("[$€-407] #,##0", 5.0, "€ 5"),
        ("#,##0.00 [$€-407]", 5, "5 €"),
        ("[$USD] 0", 5, "USD 5"),
        ("€#,##0", 4, "€4"),
        ("\\$0", 4, "$4"),
        ('0" hours"', 2.25, "2.25 hours"),
        ('General" hrs"', 3, "3 hrs"),
        ("0%", 0.285, "28.5%"),
        ("0\\%", 45, "45%"),
        # Zeros before, and signs within.
        ("00000", 501, "00501"),
        ("00000-0000", 5010123, "00501-0123"),
        ('"R-"0000', 17, "R-0017"),
        ('0000"-24"', 7, "0007-24"),
        ("000-00-0000", 12345678, "012-34-5678"),
        ("(000) 000-0000", 5550100000, "(555) 010-0000"),
        ("000.0", 7, "007"),
        # Words instead of the number.
        ('"Yes";"Yes";"No"', 0, "No"),
        ('"Yes";"Yes";"No"', 1, "Yes"),
    ],
)
def test_formats_that_show_more_than_the_number(code: str, number: float, shown: str):
    assert number_format(code).shown(number) == shown


@pytest.mark.parametrize(
    "code",
    [
        *("", "General", "0", "#,##0", "0.00", "@", "0.00E+00", "# ?/?", "# ##0", "0.##"),
        *("#,##0;[Red]-#,##0", "#,##0_);[Red](#,##0)", "[<=5]0;0", ";;;", "0;-0;;@"),
        *('_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)', '0.0,,"M"', "\\ 0.0"),
    ],
)
def test_formats_that_show_the_number_alone(code: str):
    assert number_format(code) is None
