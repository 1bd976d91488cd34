"""The mutations, one module for each noun."""
