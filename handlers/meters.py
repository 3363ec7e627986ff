"""What the desk counts, for /metrics; labels are few and fixed."""

from prometheus_client import CollectorRegistry, Counter, Histogram


class Meters:
    """One set a process; the registry is the runner's."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.received = Counter("ladder_received", "Requests taken in from Slack", ["kind"], registry=registry)
        self.repeated = Counter("ladder_repeated", "Deliveries dropped as repeated", registry=registry)
        self.malformed = Counter("ladder_malformed", "Payloads that could not be read", registry=registry)
        self.resumed = Counter("ladder_resumed", "Requests taken over unfinished", registry=registry)
        self.finished = Counter("ladder_finished", "Requests done with", ["kind", "sent"], registry=registry)
        self.errors = Counter("ladder_errors", "Requests that ended in an error message", ["code"], registry=registry)
        self.seconds = Histogram("ladder_answer_seconds", "From taking in to delivered", registry=registry)
