"""Files made by code: a few good ones, and many that are broken or mean harm."""
