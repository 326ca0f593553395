"""What the tables of a study must say of each other."""
