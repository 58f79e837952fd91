"""The figures of the performance goals, measured as ratios in one run: `./run bench`."""
