"""`healthy.py URL`: ends with 0 if the web process answers 200 under the name people use."""

import os
import sys
import urllib.request

host = os.environ["FFIT_ALLOWED_HOSTS"].split(",")[0]
request = urllib.request.Request(sys.argv[1], headers={"Host": host})  # noqa: S310 (our own)
with urllib.request.urlopen(request, timeout=4) as answer:  # noqa: S310 (our own)
    sys.exit(0 if answer.status == 200 else 1)
