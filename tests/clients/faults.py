"""Faults that every editor must report while a person types."""

from dataclasses import dataclass


@dataclass
class Fault:
    """One edit of a file of the example registry. It is reported at the line that it changes, or at the line that
    `at` names, which is where a missing key belongs."""

    file: str
    old: str
    new: str
    at: str = ""

    def apply(self, text):
        """Returns the faulty text, and the number of the line where the fault is reported."""
        assert self.old in text, f"{self.old!r} is not in {self.file}"
        faulty = text.replace(self.old, self.new, 1)
        place = faulty.index(self.at) if self.at else text.index(self.old)
        return faulty, faulty.count("\n", 0, place) + 1


CHAT = "offerings/acme-chat.toml"
CELL = "[cells.soc2_type2]"
EVIDENCE = "[[cells.soc2_type2.evidence]]"

FAULTS = {
    "a misspelt status": Fault(CHAT, 'status = "yes_sales_gated"', 'status = "yes_sales_gatet"'),
    "a cell without a status": Fault(CHAT, 'status = "yes_sales_gated"\n', "", at=CELL),
    "a misspelt key": Fault(CHAT, "headline =", "headlin ="),
    "an unknown confidence": Fault(CHAT, 'confidence = "high"', 'confidence = "certain"'),
    "a reason that is no list": Fault(CHAT, "tier =", 'confidence_reasons = "inferred"\ntier ='),
    "an unknown reason": Fault(CHAT, "tier =", 'confidence_reasons = ["guessed"]\ntier ='),
    "a number for a text": Fault(CHAT, 'note = "Acme hands', 'note = 5 #'),
    "another form of date": Fault(CHAT, "verified_on = 2026-06-01", 'verified_on = "01.06.2026"'),
    "a number for a date": Fault(CHAT, "verified_on = 2026-06-01", "verified_on = 20260601"),
    "an unknown country": Fault(CHAT, "verified_on =", 'geography = ["Europe"]\nverified_on ='),
    "a question in capitals": Fault(CHAT, CELL, '[cells.SOC2]\nstatus = "no"\n\n' + CELL),
    "an unknown answer to a part": Fault(CHAT, 'zdr_available = "yes"', 'zdr_available = "maybe"'),
    "a text for a number of days": Fault(CHAT, "retention_days = 30", 'retention_days = "30 days"'),
    "a negative number of days": Fault(CHAT, "retention_days = 30", "retention_days = -30"),
    "a fact outside its list": Fault(CHAT, 'report_type = "type_2"', 'report_type = "type2"'),
    "a table for a fact": Fault(CHAT, 'scope = ["Acme API"]', 'own_fact = { of = "the API" }'),
    "a list of numbers for a fact": Fault(CHAT, 'scope = ["Acme API"]', "own_fact = [1, 2]"),
    "evidence without an address": Fault(CHAT, 'url = "https://acme.example/soc2"\n', "", at=EVIDENCE),
    "an address without a scheme": Fault(CHAT, 'url = "https://acme', 'url = "acme'),
    "an unknown role": Fault(CHAT, 'role = "primary"', 'role = "official"'),
    "an unknown outcome": Fault(CHAT, 'outcome = "ok"', 'outcome = "read"'),
    "an unknown key in braces": Fault(CHAT, '"ok", on =', '"ok", date ='),
    "one bracket instead of two": Fault(CHAT, EVIDENCE, "[cells.soc2_type2.evidence]"),
    "a missing quotation mark": Fault(CHAT, 'name = "Acme Chat"', 'name = "Acme Chat'),
    "a key twice": Fault(CHAT, 'tier = "self_serve"', 'tier = "self_serve"\ntier = "no"', at='tier = "no"'),
    "an offering without a platform": Fault(CHAT, 'platform = "acme-cloud"\n', "", at="#:schema"),
    "an id in capitals": Fault(CHAT, 'id = "acme-chat"', 'id = "Acme-Chat"'),
    "an exception without an owner": Fault(
        CHAT, CELL, '[[allow]]\nrule = "cell/stale"\nreason = "x"\n\n' + CELL, at="[[allow]]"
    ),
    "a platform without an operator": Fault("platforms/acme-cloud.toml", 'operator = "acme"\n', "", at="#:schema"),
    "a company with an unknown key": Fault("organizations/acme.toml", "homepage =", "home_page ="),
    "an unknown level": Fault("dimensions.toml", 'level = "platform"', 'level = "vendor"'),
    "an unknown type of fact": Fault("dimensions.toml", 'type = "text"', 'type = "string"'),
    "another spelling of a key": Fault("registry.toml", "licence =", "license ="),
}


def seed(registry):
    """Writes each fault into a copy of its file. Returns what each copy has, with the line, by its path."""
    seeded = {}
    for name, fault in FAULTS.items():
        text, line = fault.apply(registry.read(fault.file))
        file = fault.file.replace(".toml", f"-{len(seeded)}.toml")
        registry.write(file, text)
        seeded[f"data/{file}"] = name, line
    return seeded
