"""What happens outside requests: the job queue, its schedule, outgoing mail."""
