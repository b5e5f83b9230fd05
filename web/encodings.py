"""What text encodings are called on pages: by where they are used, then by their name."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from events.importer.encoding import TWICE

__all__ = ["ENCODINGS"]

ENCODINGS: tuple[tuple[str, LazyString | str], ...] = (
    ("utf-8", "Unicode (UTF-8)"),
    ("utf-16", "Unicode (UTF-16)"),
    (TWICE, _l("Unicode, encoded twice")),
    ("cp1252", _l("Western Europe (Windows)")),
    ("iso8859-15", _l("Western Europe (ISO 8859-15)")),
    ("mac-roman", _l("Western Europe (old Mac)")),
    ("cp850", _l("Western Europe (DOS)")),
    ("cp437", _l("Western Europe (DOS, American)")),
    ("cp1250", _l("Central Europe (Windows)")),
    ("iso8859-2", _l("Central Europe (ISO 8859-2)")),
    ("cp852", _l("Central Europe (DOS)")),
    ("mac-latin2", _l("Central Europe (old Mac)")),
    ("cp1257", _l("Baltic (Windows)")),
    ("cp1254", _l("Turkish (Windows)")),
    ("cp857", _l("Turkish (DOS)")),
    ("cp1251", _l("Cyrillic (Windows)")),
    ("koi8-r", _l("Cyrillic (KOI8-R)")),
    ("koi8-u", _l("Cyrillic (KOI8-U)")),
    ("mac-cyrillic", _l("Cyrillic (old Mac)")),
    ("iso8859-5", _l("Cyrillic (ISO 8859-5)")),
    ("cp866", _l("Cyrillic (DOS)")),
    ("cp1125", _l("Ukrainian (DOS)")),
    ("cp1253", _l("Greek (Windows)")),
    ("iso8859-7", _l("Greek (ISO 8859-7)")),
    ("cp737", _l("Greek (DOS)")),
    ("cp1255", _l("Hebrew (Windows)")),
    ("cp862", _l("Hebrew (DOS)")),
    ("cp1256", _l("Arabic, Persian (Windows)")),
    ("iso8859-6", _l("Arabic (ISO 8859-6)")),
    ("cp874", _l("Thai (Windows)")),
    ("cp1258", _l("Vietnamese (Windows)")),
    ("cp932", _l("Japanese (Shift-JIS)")),
    ("euc_jp", _l("Japanese (EUC-JP)")),
    ("gb18030", _l("Chinese, simplified (GB 18030)")),
    ("big5", _l("Chinese, traditional (Big5)")),
    ("euc_kr", _l("Korean (EUC-KR)")),
)
"""Name for the importer, name on pages."""
