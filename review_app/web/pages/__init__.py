"""One file a page group; a page is five lines of story."""
