"""Exceptions of the package.

EventsError
 +-- UnreadableFile    a file that is no attendee list; the message says what to do
 +-- UnusableOption    an option that names something the input does not have
 +-- StoreError        the database cannot be opened or a record is not there
      +-- Conflict     somebody else changed the record in the meantime
      +-- NotFound     there is no such record (any more)
"""


class EventsError(Exception):
    """Base of every exception that this package raises on purpose; its text is for organizers."""


class UnreadableFile(EventsError):  # noqa: N818
    """A file that cannot be read as an attendee list."""


class UnusableOption(EventsError):  # noqa: N818
    """An option that does not fit the input."""


class StoreError(EventsError):
    """The database cannot be opened, or a record is not there."""


class Conflict(StoreError):  # noqa: N818
    """The record was changed by somebody else since it was read."""


class NotFound(StoreError):  # noqa: N818
    """There is no such record, or not any more."""
