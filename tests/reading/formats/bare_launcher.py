"""Stands in for ``nlp/reading/launcher.py`` in a test: gives nothing up and becomes the program."""

import os
import sys

os.execve(sys.argv[2], sys.argv[2:], os.environ)
