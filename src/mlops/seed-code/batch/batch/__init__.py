"""What the project does with data: what comes out of the model is checked before it counts."""
