from django.core.exceptions import ValidationError


class FileRefusedError(ValidationError):
    """A file that the site does not take, with the reason as it is told to who sent it."""
