"""What the fields of a sheet may hold. The order of the values is that in which readers see them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SolutionKind(models.TextChoices):
    SOFTWARE = "software", _("software")
    AI = "ai", _("AI system")
    SERVICE = "service", _("service")
    HARDWARE = "hardware", _("equipment or urban design")
    DATA = "data", _("data")


class SolutionStatus(models.TextChoices):
    RESEARCH = "research", _("research and development")
    TRIAL = "trial", _("on trial")
    IN_SERVICE = "in_service", _("in service")
    STOPPED = "stopped", _("stopped")


class PriceModel(models.TextChoices):
    FREE = "free", _("free of charge")
    SUBSCRIPTION = "subscription", _("subscription")
    VOLUME = "volume", _("by volume")
    LUMP_SUM = "lump_sum", _("lump sum")
    QUOTE = "quote", _("on quotation")


class Origin(models.TextChoices):
    """Who wrote the sheet, which decides how much of it must be filled before it is published."""

    PUBLISHER = "publisher", _("by the solution's publisher")
    EDITORIAL = "editorial", _("by the métropole, from public sources")


class Technique(models.TextChoices):
    RULES = "rules", _("rules written by people")
    STATISTICS = "statistics", _("statistics")
    MACHINE_LEARNING = "machine_learning", _("machine learning")
    DEEP_LEARNING = "deep_learning", _("deep learning")
    GENERATIVE = "generative", _("generative AI")
    VISION = "vision", _("image analysis")
    AUDIO = "audio", _("sound analysis")
    LANGUAGE = "language", _("language processing")


class Openness(models.TextChoices):
    """How much of a model can be had: of its weights, not of its name."""

    OPEN = "open", _("open weights")
    CLOSED = "closed", _("closed")


class DataUse(models.TextChoices):
    INPUT = "input", _("input")
    TRAINING = "training", _("training")


class AiActClass(models.TextChoices):
    """The classes of Regulation (EU) 2024/1689, by what it asks of those who provide and use a system."""

    PROHIBITED = "prohibited", _("prohibited practice (article 5)")
    HIGH_RISK = "high_risk", _("high risk (article 6)")
    TRANSPARENCY = "transparency", _("transparency duties (article 50)")
    MINIMAL = "minimal", _("minimal risk")
    OUT_OF_SCOPE = "out_of_scope", _("out of scope")


class AnnexIIICase(models.TextChoices):
    """The points of Annex III of Regulation (EU) 2024/1689: what makes a system one of high risk by its use."""

    P1A = "1a", _("1(a) remote biometric identification")
    P1B = "1b", _("1(b) biometric categorisation by sensitive attributes")
    P1C = "1c", _("1(c) emotion recognition")
    P2 = "2", _("2 safety of road traffic, digital infrastructure, water, gas, heating, electricity")
    P3A = "3a", _("3(a) access or admission to education and training")
    P3B = "3b", _("3(b) evaluation of learning outcomes")
    P3C = "3c", _("3(c) assessment of the level of education to be received")
    P3D = "3d", _("3(d) detection of prohibited behaviour during tests")
    P4A = "4a", _("4(a) recruitment")
    P4B = "4b", _("4(b) promotion, dismissal, allocation of tasks, monitoring at work")
    P5A = "5a", _("5(a) eligibility for essential public benefits and services")
    P5B = "5b", _("5(b) creditworthiness")
    P5C = "5c", _("5(c) risk and pricing in life and health insurance")
    P5D = "5d", _("5(d) emergency calls and the dispatch of emergency services")
    P6A = "6a", _("6(a) law enforcement: risk of becoming a victim")
    P6B = "6b", _("6(b) law enforcement: polygraphs and similar tools")
    P6C = "6c", _("6(c) law enforcement: reliability of evidence")
    P6D = "6d", _("6(d) law enforcement: risk of offending or re-offending")
    P6E = "6e", _("6(e) law enforcement: profiling")
    P7A = "7a", _("7(a) migration: polygraphs and similar tools")
    P7B = "7b", _("7(b) migration: risk posed by a person")
    P7C = "7c", _("7(c) migration: examination of applications for asylum, visas or residence permits")
    P7D = "7d", _("7(d) migration: detection, recognition or identification of persons")
    P8A = "8a", _("8(a) administration of justice")
    P8B = "8b", _("8(b) influence on elections and referendums")


class Assessment(models.TextChoices):
    DPIA = "dpia", _("data protection impact assessment (DPIA)")
    FRIA = "fria", _("fundamental rights impact assessment")
    BIAS = "bias", _("bias audit")
    SECURITY = "security", _("security test")


class LegalBasis(models.TextChoices):
    """Article 6(1) of Regulation (EU) 2016/679."""

    CONSENT = "consent", _("consent (a)")
    CONTRACT = "contract", _("contract (b)")
    OBLIGATION = "obligation", _("legal obligation (c)")
    VITAL = "vital", _("vital interests (d)")
    PUBLIC_TASK = "public_task", _("task in the public interest (e)")
    LEGITIMATE = "legitimate", _("legitimate interests (f)")


class GdprRole(models.TextChoices):
    PROCESSOR = "processor", _("processor for the commune")
    CONTROLLER = "controller", _("controller")
    JOINT = "joint", _("joint controller with the commune")


class Automation(models.TextChoices):
    NONE = "none", _("a person decides without it")
    AID = "aid", _("it helps a person who decides")
    PARTIAL = "partial", _("some decisions are automated")
    FULL = "full", _("decisions are automated")


class Explainability(models.TextChoices):
    NONE = "none", _("results cannot be explained")
    GENERAL = "general", _("how it works in general can be explained")
    EACH = "each", _("each result can be explained to the agent")
    PUBLIC = "public", _("each result can be explained to the person concerned")


class HostingZone(models.TextChoices):
    ON_SITE = "on_site", _("on the commune's premises")
    FRANCE = "france", _("France")
    EU = "eu", _("European Union")
    OUTSIDE_EU = "outside_eu", _("outside the European Union")


class Certification(models.TextChoices):
    SECNUMCLOUD = "secnumcloud", _("SecNumCloud")
    HDS = "hds", _("HDS (health data)")
    ISO_27001 = "iso_27001", _("ISO/IEC 27001")
    ISO_42001 = "iso_42001", _("ISO/IEC 42001")


class Interface(models.TextChoices):
    API = "api", _("documented API")
    EVENTS = "events", _("notifications (webhooks)")
    FILES = "files", _("exchange of files")
    OPEN_FORMATS = "open_formats", _("open formats")
    SINGLE_SIGN_ON = "single_sign_on", _("single sign-on (OpenID Connect, SAML)")


class Licensing(models.TextChoices):
    OPEN = "open", _("free software")
    MIXED = "mixed", _("partly free software")
    PROPRIETARY = "proprietary", _("proprietary")


class Quality(models.TextChoices):
    """Words that sell: none is printed as true without evidence."""

    SOVEREIGN = "sovereign", _("sovereign")
    FRUGAL = "frugal", _("frugal")
    ETHICAL = "ethical", _("ethical")


class Stratum(models.TextChoices):
    """Communes by population."""

    UNDER_10K = "under_10k", _("fewer than 10,000 inhabitants")
    UNDER_20K = "under_20k", _("10,000 to 19,999 inhabitants")
    UNDER_50K = "under_50k", _("20,000 to 49,999 inhabitants")
    UNDER_100K = "under_100k", _("50,000 to 99,999 inhabitants")
    OVER_100K = "over_100k", _("100,000 inhabitants or more")


class BuyingRoute(models.TextChoices):
    CENTRAL = "central", _("central purchasing body")
    SHARED = "shared", _("shared contract")
    BELOW_THRESHOLD = "below_threshold", _("below the publicity threshold")
    INNOVATIVE = "innovative", _("innovative purchase without publicity")
    RELATED = "related", _("through an existing contract")


class DutyGround(models.TextChoices):
    """What a sheet says for the law to ask something of the commune."""

    ANY_AI = "any_ai", _("it contains AI")
    PROHIBITED = "prohibited", _("prohibited practice (article 5)")
    HIGH_RISK = "high_risk", _("high risk (article 6)")
    TRANSPARENCY = "transparency", _("transparency duties (article 50)")
    DECISION = "decision", _("it serves to decide about a person")
    PERSONAL_DATA = "personal_data", _("it handles personal data")


class Level(models.TextChoices):
    """How far a claim of a sheet is backed."""

    DECLARED = "declared", _("declared")
    UNVERIFIED = "unverified", _("declared, not verified")
    EVIDENCED = "evidenced", _("evidenced")
    CONFIRMED = "confirmed", _("confirmed by an authority")
