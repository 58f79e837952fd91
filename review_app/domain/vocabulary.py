"""The words of the field (METHOD.md 7): roles, kinds, regimes, levels. Plain enumerations, no behaviour."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is in one review; MEMBER and PUBLIC are everybody else."""

    SECRETARIAT = "secretariat"
    HOST_COORDINATOR = "host_coordinator"
    HOST_CONTRIBUTOR = "host_contributor"
    LEAD_REVIEWER = "lead_reviewer"
    RAPPORTEUR = "rapporteur"
    PEER = "peer"
    OBSERVER = "observer"
    MEMBER = "member"
    PUBLIC = "public"


class NetworkRight(StrEnum):
    """Rights that hang on an account, not on a review: the second, small table."""

    SECRETARIAT = "secretariat"
    ADMINISTRATOR = "administrator"


class Side(StrEnum):
    """How an organisation stands in a review."""

    HOST = "host"
    PEER = "peer"
    OBSERVER = "observer"


class PlaceKind(StrEnum):
    """What kind of territory or body an organisation is: "city" is meant in the wide sense (METHOD.md 8.4)."""

    CITY = "city"
    METROPOLE = "metropole"
    REGION = "region"
    LOCAL_AUTHORITY = "local authority"
    FUNCTIONAL_URBAN_AREA = "functional urban area"
    COUNTRY = "country"
    NETWORK = "network"


class ItemKind(StrEnum):
    """The kinds of a feedback item and of a message (METHOD.md F14, F22)."""

    SUCCESS_FACTOR = "success_factor"
    CHALLENGE = "challenge"
    LESSON = "lesson"
    RECOMMENDATION = "recommendation"
    TAKE_HOME = "take_home"
    QUESTION = "question"


class Attribution(StrEnum):
    """May the city be named with an item? Off unless the author says so (METHOD.md R4)."""

    CITY = "city"
    ANONYMOUS = "anonymous"


class Use(StrEnum):
    """How far an item may travel (METHOD.md F14)."""

    REPORT = "report"
    HOST_ONLY = "host_only"
    TEAM_ONLY = "team_only"


class Consensus(StrEnum):
    """How many of the team hold a message (METHOD.md F15)."""

    ALL = "all"
    MOST = "most"
    SOME = "some"
    ONE = "one"


class Regime(StrEnum):
    """Who may be named when the text leaves the room (METHOD.md F4, R2)."""

    CHATHAM_HOUSE = "chatham_house"
    ATTRIBUTED = "attributed"
    MIXED = "mixed"


class Level(StrEnum):
    """How far a published report travels; it can be raised, never lowered silently (METHOD.md R10)."""

    PARTICIPANTS = "participants"
    MEMBERS = "members"
    PUBLIC = "public"


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


class CommentKind(StrEnum):
    """What a fact-check comment is about (METHOD.md F18)."""

    FACTUAL_ERROR = "factual_error"
    CONFIDENTIAL = "confidential"
    MISSING_FACT = "missing_fact"
    UNCLEAR = "unclear"
    DISAGREEMENT = "disagreement"
    TYPO = "typo"


class CommentAnswer(StrEnum):
    """What the rapporteur did with a fact-check comment (METHOD.md F18)."""

    ADOPTED = "adopted"
    PARTLY = "partly"
    DECLINED = "declined"


class Power(StrEnum):
    """In whose power a challenge is (METHOD.md F14, 4.4)."""

    CITY = "city"
    REGION = "region"
    NATION = "nation"
    EU = "eu"
    PARTNER = "partner"


class RecordKind(StrEnum):
    """What a line of the public record of an imported review is."""

    OBSERVER = "observer"
    PROGRAMME = "programme"
    CHALLENGE = "challenge"
    SUCCESS_FACTOR = "success_factor"
    LESSON = "lesson"
    RECOMMENDATION = "recommendation"
    OUTPUT = "output"
    MISSING = "missing"
    CONFLICT = "conflict"


class Media(StrEnum):
    """What a kept file is, as it is told to a browser. Nothing else is ever kept."""

    PNG = "image/png"
    JPEG = "image/jpeg"
    PDF = "application/pdf"

    @property
    def is_picture(self) -> bool:
        """Whether this is a picture, which a page can show."""
        return self is not Media.PDF
