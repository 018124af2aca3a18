"""Which run holds a lease, and whether it still lives.

A lease ends by the clock, so that no machine ever waits for a dead one. On the same machine we can know sooner: a run
that was killed is gone from the process table, and what it held is free at once.
"""

from __future__ import annotations

import os
import socket
from functools import cache
from pathlib import Path


@cache
def this_run() -> str:
    """The name of this process: machine, number, and when it began (numbers are given again)."""
    return f"{socket.gethostname()} {os.getpid()} {_began(os.getpid())}"


def lives(run: str) -> bool:
    """Whether that run may still be at work. Of other machines, and where nothing can be known, it is assumed."""
    machine, _, rest = run.rpartition(" ")[0].rpartition(" ")
    began = run.rpartition(" ")[2]
    if machine != socket.gethostname() or os.name != "posix" or not rest.isdigit():
        return True
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's process: it lives, and it is not ours
        pass
    return _began(int(rest)) in {began, "?"}


def _began(process: int) -> str:
    """When a process began, in ticks since the machine did; "?" where the system does not tell."""
    try:
        # The name in brackets may hold blanks and brackets of its own.
        return (
            Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[19]
        )
    except (OSError, IndexError):
        return "?"
