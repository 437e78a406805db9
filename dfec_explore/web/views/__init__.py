"""What stands on the screens, one module a view."""
