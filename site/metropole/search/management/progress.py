from django.core.management.base import OutputWrapper


class Progress:
    """Writes a line for each tenth of the work on an index; called after each content."""

    def __init__(self, out: OutputWrapper, name: str, total: int) -> None:
        self._out, self._name, self._total, self.done = out, name, total, 0

    def __call__(self) -> None:
        self.done += 1
        if self.done * 10 // self._total > (self.done - 1) * 10 // self._total:
            self._out.write(f"{self._name}: {self.done}/{self._total}")
