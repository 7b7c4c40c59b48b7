from wagtail.models import PagePermissionTester

from metropole.core.policy import policy


class ContentPermissionTester(PagePermissionTester):
    """What Wagtail allows in its admin, through whichever of its doors, provided that the site's policy does too."""

    def can_publish(self) -> bool:
        return super().can_publish() and policy.may(self.user, "content.publish", self.page)

    def can_unpublish(self) -> bool:
        return super().can_unpublish() and policy.may(self.user, "content.unpublish", self.page)

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return super().can_delete(ignore_bulk) and policy.may(self.user, "content.delete", self.page)
