"""The sheets as data: JSON, CSV, JSON-LD, publiccode.yml, and the row of an inventory of public algorithms."""
