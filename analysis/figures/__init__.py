"""Pictures: each function takes a study, the table that it draws, and a title, and returns a figure."""
