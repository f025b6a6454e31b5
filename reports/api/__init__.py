"""The read-only API, `/api/v1/`: what a token's holder may read, and released figures only."""
