"""Never leak: every exit as every role; the unnamed against elimination; rights that end; letters that stay."""
