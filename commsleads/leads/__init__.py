"""What people do with leads: answer an offer, recycle, assign, close, note a touch, join two and part them.

One function a verb, each one transaction: an act is added to the log and the lead is told anew from it.
"""
