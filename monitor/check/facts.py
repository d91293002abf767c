"""What one probe learnt: the left side of the table in `classify`."""

from msgspec import Struct, structs

from monitor.check.kinds import Treatment
from monitor.check.redirects import Trip
from monitor.fetch.interface import FetchFailure, FetchResponse
from monitor.model.observation import Evidence
from monitor.model.page import PageText
from monitor.page.signs.failures import Failure
from monitor.page.signs.walls import Wall


class ProbeFacts(Struct, frozen=True, kw_only=True):
    """Everything one probe learnt.

    `quoted` tells that a citation's quote stands on the page,
    `titled` that a citation's title is the page's, `failing` what failed
    with a success status. `sibling` is the probe's evidence of a soft 404.
    """

    requested: str
    trip: Trip
    treatment: Treatment
    quoted: bool = False
    titled: bool = False
    wall: Wall | None = None
    parked: Evidence | None = None
    error_page: Evidence | None = None
    failing: Failure | None = None
    missing_url: Evidence | None = None
    sibling: Evidence | None = None
    conditional: bool = False
    response: FetchResponse | None = None
    """The answer, where one came."""
    status: int = 0
    """The final status; 0 without an answer."""

    def __post_init__(self) -> None:
        """Note what nearly every rule asks for."""
        answer = self.trip.answer
        response = answer if isinstance(answer, FetchResponse) else None
        structs.force_setattr(self, "response", response)
        structs.force_setattr(self, "status", response.status if response is not None else 0)

    @property
    def failure(self) -> FetchFailure | None:
        """The failure, where no answer came."""
        return self.trip.answer if isinstance(self.trip.answer, FetchFailure) else None

    @property
    def known(self) -> bool:
        """Tell whether a citation's quote or title stands on the page."""
        return self.quoted or self.titled

    @property
    def page(self) -> PageText | None:
        """The page read, if any."""
        return self.trip.page

    @property
    def success(self) -> bool:
        """Tell whether the final status is 2xx, or the configuration takes it for alive."""
        accepted = self.treatment.accepts(self.status)
        return 200 <= self.status < 300 if accepted is None else accepted
