"""Extensions are made once here and bound in factory."""
