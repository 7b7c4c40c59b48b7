from django.db import models
from django.utils.translation import gettext_lazy as _

from metropole.core.fields import ProseField
from metropole.core.lists import ChoicesField, Column, RowsField

from ...enums import Certification, HostingZone, Interface, Licensing
from .common import YES_NO

SUB_PROCESSORS = (
    Column("name", _("Name"), required=True),
    Column("task", _("Task")),
    Column("country", _("Country"), required=True),
    Column("outside_eu", _("Outside the European Union"), "yesno", required=True),
)


class HostingPart(models.Model):
    """Where it runs and under which law, how one gets out of it, what it connects to, what its licence allows."""

    hosting_zone = models.CharField(
        _("hosted in"),
        max_length=20,
        choices=HostingZone,
        blank=True,
        help_text=_("Where the data are, all of them: the farthest place counts."),
    )
    hosting_place = models.CharField(
        _("hosting"),
        max_length=150,
        blank=True,
        help_text=_("Country and operator, e.g. “France, OVHcloud”, or “on site”."),
    )
    applicable_law = models.CharField(
        _("law that the host is subject to"), max_length=150, blank=True, help_text=_("E.g. “French law alone”.")
    )
    certifications = ChoicesField(
        _("certifications of the hosting"), codes=Certification, help_text=_("Those in force, each with its evidence.")
    )
    on_site = models.BooleanField(
        _("can be installed on site"),
        null=True,
        blank=True,
        choices=YES_NO,
        help_text=_("On the commune's own servers."),
    )
    sub_processors = RowsField(_("sub-processors"), columns=SUB_PROCESSORS, help_text=_("All who handle the data."))
    export_formats = models.CharField(
        _("formats in which data are given back"), max_length=200, blank=True, help_text=_("E.g. “CSV, GeoJSON”.")
    )
    exit_terms = ProseField(
        _("getting out"), blank=True, help_text=_("Within what time and at what cost one gets everything back.")
    )
    interfaces = ChoicesField(_("interfaces"), codes=Interface, help_text=_("By which other systems reach it."))
    connectors = models.CharField(
        _("ready connectors"), max_length=200, blank=True, help_text=_("To which systems, e.g. “Civil Net Finances”.")
    )
    licensing = models.CharField(
        _("licence of the software"),
        max_length=20,
        choices=Licensing,
        blank=True,
        help_text=_("Is it published under an open licence?"),
    )
    spdx = models.CharField(
        _("SPDX identifier"), max_length=100, blank=True, help_text=_("E.g. “AGPL-3.0-or-later”, “MIT OR Apache-2.0”.")
    )
    repository = models.URLField(_("source code"), blank=True, help_text=_("Address of the repository, e.g. https://…"))

    class Meta:
        abstract = True
