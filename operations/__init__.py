"""What an operator does to a deployed stack, behind make targets."""
