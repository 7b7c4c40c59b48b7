"""Many at once on a database of their own: ``python -m tests.contributions.parallel_steps``."""

import os
from concurrent.futures import ThreadPoolExecutor

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "metropole.settings.test"
django.setup()

from django.db import close_old_connections, connections
from django.test import Client

from metropole.contributions.kinds import kind_named
from metropole.contributions.models import Contribution
from metropole.contributions.services import begin
from metropole.demo.frame import build_frame
from resources.models import PracticePage
from tests.factories import MembershipFactory, ThemeFactory

AT_ONCE = 50


def main() -> None:
    build_frame()
    member = MembershipFactory(contributes=True)
    words = dict.fromkeys(("title", "summary", "context", "actions", "results", "what_did_not_work"), "Mot")
    draft = begin(kind_named("practice"), member.organisation, member.person)
    Contribution.objects.filter(pk=draft.pk).update(data=words | {"themes": [str(ThemeFactory().pk)]})
    client = Client()
    client.force_login(member.person)
    cookie = client.cookies["sessionid"].value

    def send(_number: int) -> int:
        close_old_connections()
        sender = Client()
        sender.cookies["sessionid"] = cookie
        try:
            return sender.post(f"/en/workspace/contributions/{draft.pk}/check/", {"version": "0"}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        statuses = sorted(set(pool.map(send, range(AT_ONCE))))
    page = PracticePage.objects.get()
    print(statuses, PracticePage.objects.count(), page.revisions.count(), page.workflow_states.count())


if __name__ == "__main__":
    main()
