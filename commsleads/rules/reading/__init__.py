"""Reading a mail: what it is, who wrote it, what is asked and by when; which enquiry it belongs to."""

from commsleads.rules.reading.desk import Desk
from commsleads.rules.reading.reading import read

__all__ = ["Desk", "read"]
