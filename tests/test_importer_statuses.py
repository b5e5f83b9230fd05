"""Status words in all ten languages, alone and among other words."""

import pytest
from reading import names, read, said, set_aside

from events.importer.result import Reason
from events.importer.vocabulary import status_of


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Cancelled by organizer", Reason.CANCELLED),
        ("Checked in (late)", True),
        ("Yes (paid)", True),
        ("Paid by card", True),
        ("wait-listed", Reason.WAITLISTED),
        ("Partially refunded", True),
        ("Absage", Reason.DECLINED),
        ("anulowane", Reason.CANCELLED),
        ("キャンセル", Reason.CANCELLED),
        ("on hold", Reason.PENDING),
        ("no-show", Reason.NOT_ATTENDING),
        # Two statuses, or one denied, say nothing for certain.
        ("paid, then refunded", None),
        ("not paid", None),
        ("no refund", None),
        ("nicht storniert", None),
        ("Table 4", None),
    ],
)
def test_status(text, status):
    assert status_of(text) is status


def test_an_unclear_status_keeps_the_person_and_is_reported():
    found = read("Name,Status\nAna,Refunded\nBen,not refunded\n")
    assert (names(found), set_aside(found)) == (["Ben"], [(2, "refunded")])
    assert said(found, 3) == ["is not a status known here; the person is counted as coming."]
