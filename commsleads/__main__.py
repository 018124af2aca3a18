"""`python -m commsleads`."""

from commsleads.cli import main

if __name__ == "__main__":
    main()
