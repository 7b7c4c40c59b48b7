from django.db import models
from django.utils.translation import gettext_lazy as _


class Licence(models.TextChoices):
    """Licences under which content may be published, by their SPDX identifiers."""

    ETALAB = "etalab-2.0", _("Open Licence 2.0 (Etalab)")
    CC_BY = "CC-BY-4.0", _("Creative Commons Attribution 4.0")
    CC_BY_SA = "CC-BY-SA-4.0", _("Creative Commons Attribution-ShareAlike 4.0")
    ALL_RIGHTS = "all-rights-reserved", _("All rights reserved")
