"""From a page to PDF: a warm press in a process of its own, with limits."""
