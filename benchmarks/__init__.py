"""What Nền Móng costs, against the least that Django can do the same work for."""
