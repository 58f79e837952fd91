"""What the reference knows of one review while people act on it: who has said what, who has sent, who is gone."""

from dataclasses import dataclass, field

from tests.leaks import reference as who

CITIES = {"Ada": "Norrvik", "Bo": "Norrvik", "Cem": "Brackwater", "Dora": "Castelline"}
ROLE = {"Lea": who.LEAD, "Hugo": who.HOST, "Olga": who.OBSERVER, "Sven": who.SECRETARIAT, "Mia": who.MEMBER}
PEOPLE = (*CITIES, *ROLE, "nobody")


@dataclass
class Said:
    """One thing somebody wrote, under the word that stands in it."""

    word: str
    kind: str
    city: str = ""
    use: str = "report"
    message: str = ""
    key: str = ""


@dataclass
class Model:
    """What the reference knows of one review."""

    now: who.Standing = field(default_factory=lambda: who.Standing("feedback"))
    sent: set = field(default_factory=set)
    gone: set = field(default_factory=set)
    said: list = field(default_factory=list)
    paused: bool = False

    def role(self, person):
        """The role under which the reference knows somebody."""
        if person in self.gone:
            return who.MEMBER
        return who.PUBLIC if person == "nobody" else ROLE.get(person, who.PEER)

    def words_for(self, person):
        """Every word that somebody must find now, and may."""
        return {one.word for one in self.said if self._reads(one, person)}

    def _reads(self, one, person):
        role = self.role(person)
        if one.kind == "item":
            mine = role is not who.PEER or CITIES[person] == one.city
            return (role if mine else who.OTHER_PEER) in self._readers_of(one)
        readers = {"message": self._readers_of_message, "comment": self.now.facts, "reason": self.now.record}
        return role in (readers[one.kind](one) if one.kind == "message" else readers[one.kind]())

    def _readers_of(self, one):
        return self.now.item(who.PEER, sent=one.city in self.sent, use=one.use, merged=bool(one.message))

    def _readers_of_message(self, message):
        behind = [one for one in self.said if one.message == message.word and one.city in self.sent]
        return self.now.draft() | (self.now.published() if behind else who.NOBODY)
