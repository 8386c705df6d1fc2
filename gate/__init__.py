"""Floors under what the program reads, on texts of our own."""
