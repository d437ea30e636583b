"""The laptop's side of the exchange with its district: outbox, inbox, session, enrolment."""
