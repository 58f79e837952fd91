"""The kinds of report: each one small file that freezes and words it, with one template."""
