"""Pure rules of documents: states, load and quota, reach of a sending, days of bulletins."""
