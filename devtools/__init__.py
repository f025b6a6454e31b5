"""What `./dev` runs inside the virtual environment; no part of the product."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MADE = ROOT / ".ffit"
