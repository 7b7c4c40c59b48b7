import datetime as dt

import factory

from metropole.board.enums import ThresholdKey
from metropole.board.models import Threshold


class ThresholdFactory(factory.django.DjangoModelFactory):
    """Supplies and services below 60 000 €, in force; nobody has compared it with the official text."""

    key = ThresholdKey.DISPENSATION_SUPPLIES
    amount = 60_000
    valid_from = dt.date(2026, 4, 1)
    article = "article R. 2122-8"
    source_url = "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000037701019/"

    class Meta:
        model = Threshold
