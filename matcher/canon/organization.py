"""Names of organizations: legal forms off, web addresses reduced to their host."""

from __future__ import annotations

import re

from matcher.canon.text import fold

__all__ = ["organization_name"]

# Whole trailing words only, so that "Incline" or "Agora" keep theirs.
_LEGAL_FORMS = frozenset(
    "ab ag aps as asa bhd bv co company corp corporation eg ehf ek eood ev gbr gmbh inc"
    " incorporated kft kg kgaa lda limited llc llp ltd ltda mbh nv ohg oy oyj oü plc private"
    " pte pty pvt sa sarl sas sdn se sl spa srl srls sro tbk ug zrt".split()
)
# Forms of several words, or with signs in them. Without its signs "doo" may be a name.
_BEHIND = re.compile(
    r"[\s,]+(?:sp\.? ?z\.? ?o\.? ?o|s\.?a\.? de c\.?v|d\.o\.o|a/s|a\.ş|ذ\.م\.م|ش\.م\.م|ش\.م\.ع)\.?$"
    r"|\s*(?:(?:股份|责任|責任)*有限公司|(?:株式|有限|合同)会社|주식회사|\(주\)?)$"
)
_BEFORE = re.compile(
    r"^(?:(?:ооо|оао|зао|пао|ао|тов)\s+(?=\S)|(?:株式|有限|合同)会社\s*|주식회사\s*|\(?주\)\s*)"
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
    >>> organization_name("Müller & Söhne GmbH & Co. KG"), organization_name("ООО «Ромашка»")
    ('müller & söhne', 'ромашка')
    """
    folded = fold(text)
    address = _ADDRESS.match(folded)
    if address:
        return address[1]
    words = fold(_BEFORE.sub("", _BEHIND.sub("", folded))).split(" ")
    while len(words) > 1 and _is_legal_form(words[-1]):
        words.pop()
    return fold(" ".join(words)) or folded


def _is_legal_form(word: str) -> bool:
    bare = word.replace(".", "").strip(",;&+()")
    return not bare or bare in _LEGAL_FORMS
