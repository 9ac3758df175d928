"""Machine times are checked, visible dates read, and nothing is guessed."""

import pytest

from archiver.extract.dates import machine_time, visible_date


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2017-02-24T16:05:00+02:00", "2017-02-24T16:05:00+02:00"),
        ("2017-02-24T16:05:00Z", "2017-02-24T16:05:00+00:00"),
        ("2017-02-24 16:05:00", "2017-02-24T16:05:00"),
        ("2017-02-24T16:05", "2017-02-24T16:05"),
        ("2017-02-24T16:05:00+0200", "2017-02-24T16:05:00+02:00"),
        (" 2017-02-24 ", "2017-02-24"),
        ("2017-02-30", None),
        ("1970-01-01T00:00:00Z", None),
        ("9999-12-31", None),
        ("1488000000000", None),
        ("2017-W08", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_machine_time_is_checked_and_normalised(value: str | None, expected: str | None) -> None:
    assert machine_time(value) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("February 24, 2017 at 4:47 pm", "en-US", "2017-02-24T16:47"),
        ("February 24, 2017 at 12:05 am", "en-US", "2017-02-24T00:05"),
        ("24 February 2017, 16:47", "en-GB", "2017-02-24T16:47"),
        ("April 2nd, 2006 at 10:11 am", "en", "2006-04-02T10:11"),
        ("Oct 3, 2011 5pm", "en", "2011-10-03T17:00"),
        ("10. Februar 2019 um 18:05 Uhr", "de-DE", "2019-02-10T18:05"),
        ("19. Juni 2019 / 6:16", "de", "2019-06-19T06:16"),
        ("19.04.2016 um 20:55 Uhr", "de", "2016-04-19T20:55"),
        ("14.09.2022 um 21.11", "de", "2022-09-14T21:11"),
        ("17.07, 2011 @ 13:04", "de", "2011-07-17T13:04"),
        ("März 7, 2018", "en-US", "2018-03-07"),
        ("26 abril 2022 a las 14:02", "es", "2022-04-26T14:02"),
        ("3 mars 2020 à 8 h 05", "fr", "2020-03-03T08:05"),
        ("3 mars 2020 à 8h05", "fr", "2020-03-03T08:05"),
        ("24 лютого 2017 о 16:47", "uk", "2017-02-24T16:47"),  # noqa: RUF001 - Cyrillic is meant
        ("2017/02/24 16:47", None, "2017-02-24T16:47"),
        ("02/24/2017", None, "2017-02-24"),
        ("03/04/2017", "en-US", "2017-03-04"),
        ("03/04/2017", "en-GB", "2017-04-03"),
        ("03/04/2017", None, None),
        ("03/04/17", "en-US", None),
        ("3 hours ago", "en", None),
        ("yesterday at 4:47 pm", "en", None),
        ("18. September um 08:37", "de", None),
        ("February 2017", "en", None),
        ("30 February 2017", "en", None),
        ("4:47 pm", "en", None),
        ("Reply", "en", None),
        ("", None, None),
        (
            "2017 was a year in which a great many things happened to a great many people, all of them long ago",
            "en",
            None,
        ),
    ],
)
def test_visible_date_is_read_or_left(text: str, language: str | None, expected: str | None) -> None:
    assert visible_date(text, language) == expected
