"""Things that take AWS a while: a handler that does not wait for them fails here as it would there."""
import contextvars
import os
import threading
from collections.abc import Callable

#: Seconds; on AWS minutes.
A_WHILE = float(os.environ.get("REHEARSAL_A_WHILE", "1.5"))


def after_a_while(work: Callable[[], None]) -> None:
    """Do the work after a while, in the account and region of now."""
    context = contextvars.copy_context()
    timer = threading.Timer(A_WHILE, lambda: context.run(work))
    timer.daemon = True
    timer.start()
