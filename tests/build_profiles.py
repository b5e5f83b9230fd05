"""Builders of profiles for tests: one line a person."""

from matcher.canon import canonical
from matcher.fields import Visibility, field
from matcher.profile import Profile, Trait

__all__ = ["profile"]


def profile(person: str, visibility: Visibility = Visibility.PRINT, **answers: str) -> Profile:
    """Return a profile; several values of one field are divided by "; "."""
    traits = [
        Trait(kind=kind, text=text, value=canonical(kind, text), visibility=visibility)
        for kind, texts in answers.items()
        for text in texts.split("; ")
    ]
    assert all(field(trait.kind) for trait in traits)
    return Profile(id=person, name=person.title(), given_name=person.title(), traits=tuple(traits))
