"""Pages of search: suggestions, the log, the officers' desk."""
