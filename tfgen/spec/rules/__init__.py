"""The rules about the sections that operate a function: a file a concern, each with a table `RULES`."""
