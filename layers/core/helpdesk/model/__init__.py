"""Rules of the desk on frozen dataclasses: no I/O, no AWS, no Powertools."""
