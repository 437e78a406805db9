"""The commands of the command line, a module for each or for a group of them."""
