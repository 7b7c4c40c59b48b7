"""Panels of the content editor, the same for every kind of content."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, Panel, TabbedInterface, TitleFieldPanel

from metropole.core.models import BasePage

LIST_ROWS = 10


def content_panels(*own: Panel | str) -> list[Panel]:
    """The title and summary, then what is particular to the kind of content, then the free text."""
    return [
        TitleFieldPanel("title", help_text=_("What it is and where, e.g. “Smart parking in Antony”.")),
        FieldPanel("summary"),
        *[FieldPanel(panel) if isinstance(panel, str) else panel for panel in own],
        FieldPanel("body"),
    ]


def filing_panels() -> list[Panel]:
    """Who carries it, where it is filed, where it comes from."""
    return [
        MultiFieldPanel(
            [
                FieldPanel("organisations", widget=forms.SelectMultiple(attrs={"size": LIST_ROWS})),
                FieldPanel("territories", widget=forms.SelectMultiple(attrs={"size": LIST_ROWS})),
                FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
                FieldPanel("programme"),
                FieldPanel("tags"),
            ],
            heading=_("Filing"),
        ),
        MultiFieldPanel(
            [FieldPanel("date"), FieldPanel("licence"), FieldPanel("source"), FieldPanel("source_url")],
            heading=_("Date, source and licence"),
        ),
    ]


def content_edit_handler(*own: Panel | str) -> TabbedInterface:
    return TabbedInterface(
        [
            ObjectList(content_panels(*own), heading=_("Content")),
            ObjectList(filing_panels(), heading=_("Filing")),
            ObjectList(BasePage.promote_panels, heading=_("Promote")),
            ObjectList(BasePage.settings_panels, heading=_("Settings")),
        ]
    )
