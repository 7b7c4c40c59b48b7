from django.db import models

from .enums import ReportState


class TombstoneQuerySet(models.QuerySet):
    def standing(self) -> "TombstoneQuerySet":
        """Those of pages that have not been put back."""
        return self.filter(restored_at=None)


class ErrorReportQuerySet(models.QuerySet):
    def open(self) -> "ErrorReportQuerySet":
        return self.exclude(state=ReportState.CLOSED)
