"""Numbers as readers see them."""

from django.utils.formats import number_format


class Count(int):
    """A number of things, printed with the separator of thousands of the reader's language.

    The setting that has Django print every number so would print identifiers so as well, those of the admin included.
    """

    def __str__(self) -> str:
        # Most are small, and a page prints hundreds.
        return int.__repr__(self) if abs(self) < 1000 else number_format(int(self), force_grouping=True)
