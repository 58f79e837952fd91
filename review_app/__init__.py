"""Critical friend reviews. The application is made in `factory`: whoever prints a report takes none of it along."""
