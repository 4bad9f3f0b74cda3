"""What the sections of a spec are made of: bounds, the places that hold values to them, the walk."""
