"""Templates as Python code, kept beside them, as Python keeps that of its modules.

To compile the templates of one page takes as long as ten pages. Whoever may write here may write
the program itself, so what is read is as trusted as that. Where nobody may, nothing is kept.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import jinja2
from flask import Flask
from jinja2.bccache import Bucket, FileSystemBytecodeCache

__all__ = ["keep_compiled"]


def keep_compiled(app: Flask) -> None:
    """Let an application keep its compiled templates, once its templates know all their words."""
    folder = Path(app.root_path, app.template_folder or "", "__pycache__")
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
        app.jinja_env.bytecode_cache = _Beside(str(folder), f"%s.jinja-{jinja2.__version__}")


class _Beside(FileSystemBytecodeCache):
    """A bucket is found by name and place of a template and holds if its text is the same."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep one, if its folder can be written."""
        with suppress(OSError):
            super().dump_bytecode(bucket)
