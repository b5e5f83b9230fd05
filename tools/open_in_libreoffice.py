"""Opens an export full of texts that look like formulas in LibreOffice: none may become one.

    python tools/open_in_libreoffice.py

Needs `soffice` (Debian: libreoffice-calc-nogui). Opens `attendees.csv` with commas and semicolons,
and the workbook; reads back what LibreOffice made of every cell. Exit code 1 and the cells if one
became a formula, if a text is not the one that was exported, or if the same texts without the
apostrophe in front give no formula: then this would prove nothing.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from events.attendee_file import write_attendees  # noqa: E402
from events.bundles import as_workbook  # noqa: E402
from events.cells import read_csv, rewrite_csv  # noqa: E402
from events.importer import read_people  # noqa: E402
from events.model import Attendee  # noqa: E402

BEFORE = ("", "'", "''", " ", "\t", "\r", "' ", "\n")
SIGNS = tuple("=+-@＝＋－＠")
FORMULAS = ("1+1", "SUM(1;2)", 'HYPERLINK("http://example.org")', "cmd|' /C calc'!A0", "x")
TEXTS = ["".join(parts) for parts in product(BEFORE, SIGNS, FORMULAS)]
# CSV filter of LibreOffice: delimiter, quote, UTF-8, first row; the last word evaluates formulas.
FILTER = "CSV:{},34,76,1,,0,false,true,false,false,false,-1,true"


def main() -> int:
    """Open every form of the export; return the exit code."""
    people = [Attendee(id=f"p{at}", name=text, typed_name=text) for at, text in enumerate(TEXTS)]
    content = write_attendees(people)
    forms = {
        "comma.csv": content,
        "semicolon.csv": rewrite_csv(read_csv(content), delimiter=";", excel=True),
        "book.xlsx": as_workbook({"attendees.csv": content}),
    }
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, data in forms.items():
            (Path(folder) / name).write_bytes(data)
            filters = {"comma.csv": FILTER.format(44), "semicolon.csv": FILTER.format(59)}
            opened = convert(Path(folder), name, "fods", filters.get(name))
            formulas = re.findall(rb'table:formula="([^"]*)"', opened)
            for formula in formulas:
                print(f"{name}: a cell became the formula {formula.decode()}")
            saved = read_people(convert(Path(folder), name, "xlsx", filters.get(name))).people
            kept = {each.id: each.name.replace("\r", "\n").strip() for each in saved}
            lost = [
                each.id
                for each in people
                if kept.get(each.id) != each.name.replace("\r", "\n").strip()
            ]
            print(f"{name}: {len(TEXTS)} texts, {len(formulas)} formulas, {len(lost)} changed")
            for each in lost[:10]:
                print(f"  {each}: {people[int(each[1:])].name!r} → {kept.get(each)!r}")
            wrong += len(formulas) + len(lost)
        bare = rewrite_csv([["name"], *([text] for text in TEXTS)])
        (Path(folder) / "bare.csv").write_bytes(bare)
        run = convert(Path(folder), "bare.csv", "fods", FILTER.format(44)).count(b"table:formula=")
        print(f"without the apostrophe: {run} formulas")
        wrong += not run
    return 1 if wrong else 0


def convert(folder: Path, name: str, kind: str, reader: str | None) -> bytes:
    """Return a file as LibreOffice saves it after opening it."""
    out = folder / kind
    read = [f"--infilter={reader}"] if reader else []
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    command = ["soffice", home, "--headless", *read, "--convert-to", kind, "--outdir", str(out)]
    subprocess.run(  # noqa: S603
        [*command, str(folder / name)], check=True, capture_output=True, timeout=300
    )
    return (out / name).with_suffix(f".{kind}").read_bytes()


if __name__ == "__main__":
    sys.exit(main())
