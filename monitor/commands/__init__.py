"""What each command does: open a session, carry it out, write the result, return the exit code."""
