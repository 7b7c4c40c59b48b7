from django_tasks import task

from .delivery import deliver


@task()
def send_mails() -> int:
    """Sends the e-mails that are due: soon after the transaction that has written them down.

    Nothing is lost with the task: the mails wait in the database, and a worker looks for them regularly.
    """
    return deliver()
