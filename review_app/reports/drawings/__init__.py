"""Figures: plain data in, accessible SVG with its words and its table out."""
