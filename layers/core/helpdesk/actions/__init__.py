"""One function per use case; what it needs comes in as arguments."""
