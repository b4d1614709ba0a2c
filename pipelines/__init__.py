"""What happens to a document: reading, inspection, storing."""
