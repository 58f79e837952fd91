"""Pictures of every kind of report, made from the demonstration."""
