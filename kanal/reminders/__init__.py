"""Who is reminded of what today: rules as data, a plan that can be looked at, messages sent once."""
