from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from metropole.core.viewsets import FilingSnippetViewSet, usage_column

from .models import LegalText, Organisation


class OrganisationViewSet(FilingSnippetViewSet):
    model = Organisation
    icon = "group"
    menu_label = _("Organisations")
    add_to_admin_menu = True
    menu_order = 320
    list_display = ["name", "kind", "siren", "verification", usage_column()]
    list_filter = ["kind", "verification", "sector"]
    list_export = ["name", "slug", "kind", "siren", "siret", "website", "verification"]
    search_fields = ["name", "siren", "siret"]
    search_backend_name = None
    ordering = ["name"]
    panels = [
        MultiFieldPanel(
            [FieldPanel("kind"), FieldPanel("name"), FieldPanel("slug"), FieldPanel("territory")],
            heading=_("Identity"),
        ),
        MultiFieldPanel([FieldPanel("siren"), FieldPanel("siret")], heading=_("INSEE identifiers")),
        FieldPanel("website"),
        FieldPanel("description"),
        MultiFieldPanel(
            [FieldPanel("sector"), FieldPanel("size"), FieldPanel("town"), FieldPanel("postal_code")],
            heading=_("Activity and place"),
        ),
        InlinePanel(
            "email_domains",
            heading=_("E-mail domains"),
            label=_("E-mail domain"),
            help_text=_("For authorities: who has a confirmed address there joins at once and may contribute."),
        ),
    ]


class LegalTextForm(WagtailAdminModelForm):
    """Says that a text in force is not changed any more, where it cannot be."""

    def clean(self) -> dict:
        if self.instance.is_in_force:
            raise ValidationError(_("This text is in force: write a new version instead."))
        return super().clean()


class LegalTextViewSet(SnippetViewSet):
    model = LegalText
    icon = "doc-full"
    menu_label = _("Terms and charter")
    add_to_settings_menu = True
    list_display = ["kind", "version", "effective_at"]
    list_filter = ["kind"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [FieldPanel("kind"), FieldPanel("effective_at"), FieldPanel("text_fr"), FieldPanel("text_en")],
        base_form_class=LegalTextForm,
    )
