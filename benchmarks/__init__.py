"""What performance claims are made from: `make bench`."""
