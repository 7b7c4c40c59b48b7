"""The demonstration's own shell: one process runs each script that it is sent, and tells what that printed.

A line in, a line out: the script as JSON; ``printed``, and ``failed`` with the traceback where it failed.
"""

import io
import json
import sys
import traceback
from contextlib import redirect_stdout

import django


def main() -> None:
    django.setup()
    for line in sys.stdin:
        printed, failed = io.StringIO(), ""
        with redirect_stdout(printed):
            try:
                exec(json.loads(line), {})  # noqa: S102 - scripts are the tests' own
            except Exception:
                failed = traceback.format_exc()
        print(json.dumps({"printed": printed.getvalue(), "failed": failed}), flush=True)


if __name__ == "__main__":
    main()
