"""The synthetic documents as rows, for Wagtail's own search; a table of the benchmark's database alone."""

from django.db import models
from wagtail.search import index


class Label(models.Model):
    """A value of a facet of which a document may have several."""

    facet = models.CharField(max_length=20)
    value = models.CharField(max_length=80, unique=True)

    def __str__(self) -> str:
        return self.value


class Row(index.Indexed, models.Model):
    key = models.CharField(max_length=40)
    title = models.CharField(max_length=255)
    summary = models.TextField()
    text = models.TextField()
    keywords = models.TextField()
    shown = models.JSONField()
    date = models.DateField(db_index=True)
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    type = models.CharField(max_length=20, db_index=True)
    lang = models.CharField(max_length=2)
    year = models.CharField(max_length=4, db_index=True)
    programme = models.CharField(max_length=20, db_index=True)
    status = models.CharField(max_length=20, db_index=True)
    ai = models.CharField(max_length=3, db_index=True)
    maturity = models.CharField(max_length=4, db_index=True)
    labels = models.ManyToManyField(Label)

    search_fields = [
        index.SearchField("title", boost=5),
        index.SearchField("keywords", boost=3),
        index.SearchField("summary", boost=2),
        index.SearchField("text"),
        index.AutocompleteField("title"),
        *(index.FilterField(name) for name in ("id", "date", "opens_at", "closes_at")),
        *(index.FilterField(name) for name in ("type", "lang", "year", "programme", "status", "ai", "maturity")),
    ]

    def __str__(self) -> str:
        return self.title
