"""What a page says of its article, in all the places where it says so."""
