"""The drill: every promise under attack, fault and load, with its figure."""
