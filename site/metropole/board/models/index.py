from django.utils.translation import gettext_lazy as _

from metropole.content.pages import SectionPage


class BoardIndexPage(SectionPage):
    """The section "J'adopte une innovation": the needs that authorities share."""

    template = "board/board.html"
    parent_page_types = ["core.HomePage"]
    subpage_types: list[str] = []
    listed_types = ("need",)

    class Meta:
        verbose_name = _("needs board")
        verbose_name_plural = _("needs boards")
