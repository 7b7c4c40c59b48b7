"""Where a page holds the files that come with a contribution."""

from collections.abc import Sequence
from typing import Any, Protocol
from uuid import uuid4

from wagtail.models import Page

from .models import ContributedFile


class FilePlace(Protocol):
    def attach(self, page: Page, files: Sequence[ContributedFile], own: set[int]) -> None:
        """Gives a page these files in the place of those with the documents ``own``; other files stay."""

    def attached(self, page: Page) -> set[int]:
        """The identifiers of the documents that a page holds."""


class BodyFiles:
    """In a block of the page's body."""

    block = "files"

    def attach(self, page: Page, files: Sequence[ContributedFile], own: set[int]) -> None:
        others = [item for item in self._items(page) if item["value"]["document"] not in own]
        items = [*others, *({"type": "item", "id": str(uuid4()), "value": _described(file)} for file in files)]
        blocks = [dict(block) for block in page.body.raw_data if block["type"] != self.block]
        if items:
            blocks.append({"type": self.block, "value": items})
        page.body = page._meta.get_field("body").to_python(blocks)

    def attached(self, page: Page) -> set[int]:
        return {item["value"]["document"] for item in self._items(page)}

    def _items(self, page: Page) -> list[dict[str, Any]]:
        return [dict(item) for block in page.body.raw_data if block["type"] == self.block for item in block["value"]]


def _described(file: ContributedFile) -> dict[str, Any]:
    return {
        "document": file.document_id,
        "title": file.title,
        "accessible_version": file.accessible_version,
        "licence": str(file.get_licence_display()),
    }
