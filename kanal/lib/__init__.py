"""What every room may use: dates, identity numbers, names, files, pages."""
