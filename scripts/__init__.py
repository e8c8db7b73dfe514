"""What people run by hand. A package, so that tests can import what starts a production set-up."""
