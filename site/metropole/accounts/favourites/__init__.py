"""What people keep to find again: contents, needs, organisations, in collections that they name."""
