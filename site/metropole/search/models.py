import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .fields import stamp

# A document that an index refused so many times is left to a person: some four minutes after the first refusal.
MOST_ATTEMPTS = 8
_LONGEST_PAUSE = datetime.timedelta(minutes=5)


def pause_after(failures: int) -> datetime.timedelta:
    """How long to wait after so many failures in a row: 1, 2, 4… seconds, up to five minutes."""
    return min(datetime.timedelta(seconds=2 ** min(failures - 1, 20)), _LONGEST_PAUSE)


class OutboxEntry(models.Model):
    """A document that changed; written in the transaction that changed it, before any index knows."""

    document_key = models.CharField(_("document"), max_length=200)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("document to index")
        verbose_name_plural = _("documents to index")

    def __str__(self) -> str:
        return self.document_key


class SearchIndex(models.Model):
    """An index that changes are carried to. The database says which one is current; the store follows."""

    class State(models.TextChoices):
        BUILDING = "building", _("being built")
        CURRENT = "current", _("in use")
        PREVIOUS = "previous", _("kept to go back to")

    store = models.CharField(_("engine"), max_length=20)
    place = models.CharField(_("machine"), max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=150)
    stamp = models.CharField(_("version"), max_length=40)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.BUILDING)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    seen_at = models.DateTimeField(_("last seen at"), default=timezone.now)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    retry_at = models.DateTimeField(_("next attempt at"), null=True, blank=True)
    failure = models.CharField(_("reason"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("search index")
        verbose_name_plural = _("search indexes")
        constraints = [
            models.UniqueConstraint(fields=["store", "place", "name"], name="search_index_has_its_own_name"),
            models.UniqueConstraint(
                fields=["store", "place"], condition=Q(state="current"), name="one_current_search_index_per_store"
            ),
            models.CheckConstraint(
                condition=Q(failures=0, failing_since=None) | Q(failures__gt=0, failing_since__isnull=False),
                name="search_index_fails_since_its_first_failure",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def server_is_behind(cls) -> bool:
        """Whether changes do not reach the server's index: it takes none, or nobody brings it any."""
        current = cls.objects.filter(store="elasticsearch", state=cls.State.CURRENT, stamp=stamp()).first()
        return current is None or current.failing_since is not None

    def failed(self, reason: str) -> None:
        """Notes that the index took no changes, and leaves it alone for a while."""
        now = timezone.now()
        failures = self.failures + 1
        self._note(
            failures=failures,
            failing_since=self.failing_since or now,
            retry_at=now + pause_after(failures),
            failure=reason[:400],
        )

    def recovered(self) -> None:
        """Notes that the index takes changes again."""
        self._note(failures=0, failing_since=None, retry_at=None, failure="")

    def _note(self, **values: object) -> None:
        """Writes values down, unless a rebuild has done away with the index meanwhile."""
        SearchIndex.objects.filter(pk=self.pk).update(**values)
        for name, value in values.items():
            setattr(self, name, value)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> "DeliveryQuerySet":
        """Those that will be tried, now or later."""
        return self.filter(attempts__lt=MOST_ATTEMPTS)

    def due(self) -> "DeliveryQuerySet":
        """Those to try now."""
        return self.waiting().filter(Q(retry_at=None) | Q(retry_at__lte=timezone.now()))

    def dead(self) -> "DeliveryQuerySet":
        """Those given up, which a person may look into."""
        return self.filter(attempts__gte=MOST_ATTEMPTS)

    def to_indexes_in_use(self) -> "DeliveryQuerySet":
        """Those that readers would notice."""
        return self.filter(index__state=SearchIndex.State.CURRENT)


class Delivery(models.Model):
    """A change on its way to one index."""

    index = models.ForeignKey(SearchIndex, on_delete=models.CASCADE, related_name="deliveries", verbose_name=_("index"))
    document_key = models.CharField(_("document"), max_length=200)
    created_at = models.DateTimeField(_("waiting since"), auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    retry_at = models.DateTimeField(_("next attempt at"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=400, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("change to bring to the search index")
        verbose_name_plural = _("changes to bring to the search index")
        indexes = [models.Index(fields=["index", "document_key"], name="delivery_of_a_document")]

    def __str__(self) -> str:
        return f"{self.document_key} → {self.index}"

    def refused(self, reason: str) -> None:
        """Notes that the index, or the making of the document, refused this change."""
        self.attempts += 1
        self.retry_at = timezone.now() + pause_after(self.attempts)
        self.reason = reason[:400]
