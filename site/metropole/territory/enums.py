from django.db import models
from django.utils.translation import gettext_lazy as _


class TerritoryKind(models.TextChoices):
    METROPOLE = "metropole", _("metropolis")
    EPT = "ept", _("territory (EPT)")
    COMMUNE = "commune", _("commune")


class Department(models.TextChoices):
    PARIS = "75", "Paris (75)"
    ESSONNE = "91", "Essonne (91)"
    HAUTS_DE_SEINE = "92", "Hauts-de-Seine (92)"
    SEINE_SAINT_DENIS = "93", "Seine-Saint-Denis (93)"
    VAL_DE_MARNE = "94", "Val-de-Marne (94)"
    VAL_D_OISE = "95", "Val-d’Oise (95)"
