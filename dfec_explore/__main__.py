"""``python -m dfec_explore``."""

from dfec_explore.cli import main

if __name__ == "__main__":
    main()
