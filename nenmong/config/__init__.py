"""Where the parts of the house meet: settings, routes, roles, the command line, the demo."""
