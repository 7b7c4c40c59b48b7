"""How forms of the site look: one template for a field, one for a form."""

from django.forms.renderers import TemplatesSetting


class SiteRenderer(TemplatesSetting):
    """Labels, help and errors as the site shows them; Wagtail's admin keeps its own."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


class SiteFormMixin:
    """A form that readers fill in. Errors are ours, beside their field and in the page's language."""

    default_renderer = SiteRenderer
