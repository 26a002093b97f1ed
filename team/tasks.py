"""Background work that every app shares."""
