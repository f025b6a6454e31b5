"""`healthy.py URL`: asks the web process by the name people use, with the token of monitoring.

Prints what it answers, and ends with 0 if that is 200.
"""

import os
import sys
import urllib.error
import urllib.request
from pathlib import Path

headers = {"Host": os.environ["FFIT_ALLOWED_HOSTS"].split(",")[0]}
if token := os.environ.get("FFIT_METRICS_TOKEN_FILE"):
    headers["Authorization"] = f"Bearer {Path(token).read_text('utf-8').strip()}"
request = urllib.request.Request(sys.argv[1], headers=headers)  # noqa: S310 (our own)
try:
    answer = urllib.request.urlopen(request, timeout=4)  # noqa: S310 (our own)
except urllib.error.HTTPError as refusal:
    answer = refusal
print(answer.read().decode())
sys.exit(0 if answer.status == 200 else 1)
