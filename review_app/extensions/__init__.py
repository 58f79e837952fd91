"""Extensions are made once here and bound in create_app."""
