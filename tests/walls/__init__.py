"""What the tests of the walls share: two governments, every address, every form, every row."""
