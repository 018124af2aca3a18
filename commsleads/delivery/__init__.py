"""A finished document on its way out: as files in a folder, and as mail, one message for each recipient.

::

    files.py      a document as files
    message.py    a document as the message to one recipient
    parts.py      the parts of a message, encoded once for all recipients
    addresses.py  what a mail address and a header's line may be
    post.py       the connection to the mail server, and what its answers mean
    answers.py    answers that come to an end, whatever the server goes on to say

It writes and sends; it does not decide who gets what and keeps no record. The job claims each delivery by a row
before it calls `Post.send` and notes afterwards what came of it, so three outcomes are told apart: sent (no
error), certainly not sent (`ReportError`, may be tried again), and nobody knows (`DoubtError`, a person decides).
"""

from __future__ import annotations

from commsleads.delivery.files import as_csv, as_json, cell, stem, write_files

__all__ = ["as_csv", "as_json", "cell", "stem", "write_files"]
