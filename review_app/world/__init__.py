"""What the project ships: facts about real reviews and organisations, and an invented network to try things in."""
