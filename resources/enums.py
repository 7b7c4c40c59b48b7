from django.db import models
from django.utils.translation import gettext_lazy as _


class ProjectStage(models.TextChoices):
    PLANNED = "planned", _("planned")
    TRIAL = "trial", _("on trial")
    RUNNING = "running", _("under way")
    COMPLETED = "completed", _("completed")


class ProgrammeKind(models.TextChoices):
    FUND = "fund", _("fund")
    SUPPORT = "support", _("support")
    EXPERIMENTATION = "experimentation", _("experimentation")
    TRAINING = "training", _("training")
    NETWORK = "network", _("network")
    EVENTS = "events", _("meetings")
    COMMUNITY = "community", _("community")
    SERVICES = "services", _("shared services")
