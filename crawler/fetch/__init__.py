"""Meeting the web: what goes over the wire, to which addresses, how often, and what is allowed."""
