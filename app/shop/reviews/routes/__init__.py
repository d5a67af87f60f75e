"""The pages of reviews and questions: everybody's, the buyer's, the desks'."""
