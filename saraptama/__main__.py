"""``python -m saraptama``: the same as the console script."""

from saraptama.cli.main import run

if __name__ == "__main__":
    run()
