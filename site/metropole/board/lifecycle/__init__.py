"""The life of a need: one table, the guards it names, and the one function by which every path goes through it."""
