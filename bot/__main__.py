"""`python -m bot` and the console script `ladder`."""

from bot.cli import main

if __name__ == "__main__":
    main()
