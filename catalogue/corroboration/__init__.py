"""Authorities that use a solution confirm what its sheet says, from what they have seen."""
