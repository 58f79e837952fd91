"""What a report says, frozen: plain values, and how a review becomes them. No table, no clock."""
