"""What runs in processes: the local stack, workers, the server, the leader with its projector and scheduled tasks."""
