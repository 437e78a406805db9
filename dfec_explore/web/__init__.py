"""The face of the project: everything that draws a screen or answers a browser."""
