"""Measurements: `make bench` prints the budgets of the project as measured on this machine."""
