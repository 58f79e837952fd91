"""What a report becomes for those who go on working with it: Word files, tables, data."""
