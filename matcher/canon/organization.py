"""Names of organizations: legal forms off, web addresses reduced to their host."""

from __future__ import annotations

import re

from matcher.canon.text import fold

__all__ = ["organization_name"]

# Whole trailing words only, so that "Incline" or "Agora" keep theirs.
_LEGAL_FORMS = frozenset(
    "ab ag as asa bv co company corp corporation eg ek ev gbr gmbh inc incorporated kft kg kgaa"
    " limited llc llp ltd mbh nv ohg oy oyj plc private pte pty pvt sa sarl sas se sl spa srl"
    " srls sro ug zrt".split()
)
_ADDRESS = re.compile(r"^(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,})(?:[/?#].*)?$")


def organization_name(text: str) -> str:
    """Return the folded name without legal forms; of a web address, its host.

    A name that is nothing but legal forms is kept whole. A host is not shortened to a bare name:
    ``acme.example`` and ``Acme`` may be two companies.

    Examples
    --------
    >>> organization_name("kiteworks pvt ltd")
    'kiteworks'
    >>> organization_name("https://www.acme.example/")
    'acme.example'
    >>> organization_name("Müller & Söhne GmbH & Co. KG")
    'müller & söhne'
    """
    folded = fold(text)
    address = _ADDRESS.match(folded)
    if address:
        return address[1]
    words = folded.split(" ")
    while len(words) > 1 and _is_legal_form(words[-1]):
        words.pop()
    return fold(" ".join(words)) or folded


def _is_legal_form(word: str) -> bool:
    bare = word.replace(".", "").strip(",;&+()")
    return not bare or bare in _LEGAL_FORMS
