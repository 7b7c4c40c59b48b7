"""Sheets that editors bring in a file: read, compared with what is there, written all or none, undone."""
