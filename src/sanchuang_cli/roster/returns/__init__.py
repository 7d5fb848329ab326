"""What goes back: the sender's own book with its errors marked, and many books as one."""
