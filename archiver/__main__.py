"""``python -m archiver`` is the same as the command ``archiver``."""

from archiver.cli import main

if __name__ == "__main__":
    main()
