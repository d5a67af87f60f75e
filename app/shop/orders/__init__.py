"""From placement to hand-over: one order for each producer and place of fulfilment."""
