"""Mail in and out: mailboxes, the queue of messages to send, what bounced."""
