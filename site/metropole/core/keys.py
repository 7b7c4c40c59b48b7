LARGEST_KEY = 2**63 - 1
"""The largest identifier that a database holds: a larger one, in an address, is that of nothing."""
