"""Measures of speed and quality. Figures are printed, never asserted: tests hold no clock."""
