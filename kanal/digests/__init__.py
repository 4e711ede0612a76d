"""The sheet of the month for those who only glance: a PDF and a link, by mail."""
