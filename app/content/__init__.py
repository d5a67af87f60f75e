"""Words of the market itself: help and rules, stories, fairs, gift sets."""
