"""Between Lambda and the actions: settings, callers, problems, cursors, schemas."""
