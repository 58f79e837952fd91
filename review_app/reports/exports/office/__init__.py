"""What a Word file is made of, and how one is opened: `exports.word` writes with it, `exports.word_back` reads."""
