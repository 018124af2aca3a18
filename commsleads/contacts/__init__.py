"""What people do with contacts: import, describe, look at, hand out, forget, stop writing to. One function a verb."""
