"""What officials see that joins several rooms: home, a unit's page, tasks, who was responsible."""
