"""The parts of a page, finished sentences in order: what several kinds of report are put together from."""
