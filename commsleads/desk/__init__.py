"""What people do with enquiries: one function a verb, each one transaction that leaves its trace.

``desk = Desk(session=…, settings=…, who=…, now=…)``, then ``log(desk, …)``, ``acknowledge(desk, "2026-0012")`` and so
on. Rules decide, the store writes, every change stands in the history with who, when, before and after.
"""

from __future__ import annotations

from commsleads.desk.entry import Call, log, log_letter
from commsleads.desk.record import MACHINE, Desk
from commsleads.rules.desk.officers import officer

__all__ = ["MACHINE", "Call", "Desk", "log", "log_letter", "officer"]
