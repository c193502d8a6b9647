"""What `./suite` calls: one module per verb, and the modules that prepare the environment."""
