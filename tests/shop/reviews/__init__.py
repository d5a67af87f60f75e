"""Reviews and questions: rules, races, pages, desks."""
