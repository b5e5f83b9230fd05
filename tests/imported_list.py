"""An event to import lists of people into."""

from dataclasses import replace

from events.reimport import import_people


class ImportedList:
    """One event and a way to import people into it."""

    def __init__(self, store):
        self.store, self.event = store, store.add_event("Evening")

    def take(self, *people, **options):
        upload = self.store.add_upload(self.event.id, "guests.csv", b"")
        return import_people(self.store, upload, people, **options)

    def entry(self, id):
        return next(e for e in self.all() if e.attendee.id == id)

    def edit(self, id, **more):
        entry = self.entry(id)
        self.store.save_attendee(
            self.event.id, replace(entry, attendee=replace(entry.attendee, **more))
        )

    def all(self):
        return self.store.attendees(self.event.id)

    def people(self):
        return [entry.attendee for entry in self.all()]
