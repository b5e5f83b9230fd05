"""Collect the texts of the interface into web/translations/*.po, and compile those to .mo.

    python tools/translations.py           after changing a text, and again after translating it
    python tools/translations.py --check   change nothing; name what is missing or out of date

A text that changed loses its translation: nothing is guessed, so nothing stays fuzzy. Compiled
catalogues are committed, for an installed package and a fresh clone have no build step.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from events.importer import Reason
from events.importer.products import PRODUCTS
from events.importer.result import CERTAINTIES
from events.model import RULE_COLUMNS
from events.rules import PHRASES, SENTENCES
from matcher.fields import FIELDS
from matcher.plan.plan import BoundCovers
from matcher.rules import RULES
from web.cards import SHEETS
from web.recognized import PATTERNS
from web.views.uploads import LABELS

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "web" / "translations"
COMMAND = "python tools/translations.py"
LANGUAGES = ("de", "fr", "es")
SOURCES = [
    ("matcher/**.py", "python"),
    ("events/**.py", "python"),
    ("web/**.py", "python"),
    ("web/templates/**.html", "jinja2"),
]
OPTIONS = {"web/templates/**.html": {"trimmed": "true", "extensions": "jinja2.ext.do"}}
FIXED = {
    "matcher/fields.py": [line.label for line in FIELDS],
    "matcher/plan/plan.py": [covered.value for covered in BoundCovers],
    "matcher/rules/rule.py": [
        f"%(one)s and %(other)s {rule.says}{when}."
        for rule in RULES
        for when in ("", " in round %(round)s")
    ],
    "events/model.py": list(RULE_COLUMNS.values()),
    "events/importer/products.toml": [each.warning for each in PRODUCTS if each.warning],
    "events/importer/result.py": [*(reason.value for reason in Reason), "not used", *CERTAINTIES],
    "events/rules/sentences.py": [kind.says for kind in SENTENCES],
    "events/rules/told.py": list(PHRASES),
    "web/views/uploads.py": list(LABELS.values()),
    "web/cards/job.py": [title for _, title in SHEETS],
}
"""Words that pages take from other layers; `web.languages.translated` looks them up."""

KEYWORDS = {
    **dict.fromkeys(("_", "_l", "gettext", "phrase")),
    **dict.fromkeys(("ngettext", "phrases"), (1, 2)),
}


def main(arguments: list[str]) -> int:
    """Bring every catalogue up to date, or check them; return the exit code."""
    texts = list(_texts())
    problems = []
    wanted = {PATTERNS: _patterns(texts)}
    for language in LANGUAGES:
        path = FOLDER / language / "LC_MESSAGES" / "messages.po"
        written = path.read_bytes() if path.exists() else b""
        catalog = _updated(read_po(BytesIO(written), locale=language), texts)
        wanted |= {path: _as_po(catalog), path.with_suffix(".mo"): _as_mo(catalog)}
        problems += [
            f"{language}: not translated: {message.id!r}"
            for message in catalog
            if message.id and not all(_forms(message))
        ]
    for path, content in wanted.items():
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        elif not path.exists() or path.read_bytes() != content:
            problems.append(f"{path.relative_to(ROOT)} is out of date. Run: {COMMAND}")
    print("\n".join(problems) or "Every text is translated.")
    return 1 if problems else 0


def _texts() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """Yield every text with the file it stands in."""
    for name, _, text, _, _ in extract_from_dir(
        ROOT, SOURCES, OPTIONS, keywords=KEYWORDS, directory_filter=_is_source
    ):
        yield name, text
    for name, words in FIXED.items():
        yield from ((name, text) for text in words)


def _patterns(texts: list[tuple[str, str | tuple[str, ...]]]) -> bytes:
    """Return the sentences with gaps of the layers below: one and many, sorted."""
    found = {
        (text, "") if isinstance(text, str) else text
        for name, text in texts
        if name.startswith(("matcher/", "events/")) and "%(" in str(text)
    }
    return (json.dumps(sorted(found), ensure_ascii=False, indent=0) + "\n").encode()


def _is_source(folder: str) -> bool:
    top = Path(folder).relative_to(ROOT).parts[:1]
    return not top or top[0] in ("matcher", "events", "web")


def _updated(before: Catalog, texts: list[tuple[str, str | tuple[str, ...]]]) -> Catalog:
    """Return a catalogue of exactly these texts, with the translations that there were."""
    after = Catalog(
        locale=before.locale,
        project="Seedbed",
        version="interface",
        last_translator="Seedbed",
        language_team="Seedbed",
        msgid_bugs_address="see CONTRIBUTING.md",
        header_comment="# The interface of Seedbed, kept up to date by tools/translations.py.",
        fuzzy=False,
        creation_date=before.creation_date,
        revision_date=before.creation_date,
    )
    for name, text in texts:
        known = before.get(text if isinstance(text, str) else text[0])
        kept = known.string if known and known.id == text else ""
        after.add(text, kept, locations=[(name, 1)])
    return after


def _forms(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def _as_po(catalog: Catalog) -> bytes:
    out = BytesIO()
    write_po(out, catalog, width=100, sort_by_file=True, include_lineno=False)
    return out.getvalue()


def _as_mo(catalog: Catalog) -> bytes:
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
