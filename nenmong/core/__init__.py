"""What every capability stands on: action, audit, events, errors, ids, clock, Vietnamese text."""
