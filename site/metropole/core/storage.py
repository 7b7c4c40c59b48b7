"""Where uploaded files lie: pictures where the web server may give them to anybody, documents where only the site can
read them, which asks its policy first.
"""

from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage

PRIVATE_FOLDER = "documents/"


class SiteStorage(FileSystemStorage):
    """By the beginning of a file's name."""

    def path(self, name: str) -> str:
        return _private().path(name) if _is_private(name) else super().path(name)

    def url(self, name: str | None) -> str:
        """Raises NotImplementedError for what has no address of its own, as storages do that have none at all."""
        if name and _is_private(name):
            raise NotImplementedError
        return super().url(name)

    def _save(self, name: str, content: File) -> str:
        return _private()._save(name, content) if _is_private(name) else super()._save(name, content)


def _is_private(name: str) -> bool:
    return Path(name).as_posix().startswith(PRIVATE_FOLDER)


def _private() -> FileSystemStorage:
    return FileSystemStorage(location=settings.PRIVATE_ROOT)
