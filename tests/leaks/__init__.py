"""Never leak: every exit as every role, the anonymous against elimination, rights that end, letters that must not leave."""
