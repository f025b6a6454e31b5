"""`./dev manage`: Django's manage.py with the settings of the embedded site."""

import os
import sys

from devtools import ROOT
from devtools.embedded import data_folder, environment

if __name__ == "__main__":
    command = [sys.executable, str(ROOT / "manage.py"), *sys.argv[1:]]
    os.execve(sys.executable, command, environment(data_folder()))
