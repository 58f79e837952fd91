"""Three spans of days as each language writes them: within a month, over its end, over the end of a year."""

THIN = "\u2009–\u2009"
SPANS = {
    "bg": (
        "14 – 15 ноември 2019\u202fг.",
        "30 октомври – 2 ноември 2019\u202fг.",
        "30 декември 2019\u202fг. – 1 януари 2020\u202fг.",
    ),
    "cs": ("14.–15. listopadu 2019", f"30. října{THIN}2. listopadu 2019", f"30. prosince 2019{THIN}1. ledna 2020"),
    "da": ("14.–15. november 2019", "30. oktober–2. november 2019", "30. december 2019–1. januar 2020"),
    "de": ("14.–15. November 2019", f"30. Oktober{THIN}2. November 2019", f"30. Dezember 2019{THIN}1. Januar 2020"),
    "et": ("14.–15. november 2019", f"30. oktoober{THIN}2. november 2019", f"30. detsember 2019{THIN}1. jaanuar 2020"),
    "el": ("14–15 Νοεμβρίου 2019", "30 Οκτωβρίου – 2 Νοεμβρίου 2019", "30 Δεκεμβρίου 2019 – 1 Ιανουαρίου 2020"),
    "en": ("14–15 November 2019", f"30 October{THIN}2 November 2019", f"30 December 2019{THIN}1 January 2020"),
    "es": (
        "14–15 de noviembre de 2019",
        f"30 de octubre{THIN}2 de noviembre de 2019",
        f"30 de diciembre de 2019{THIN}1 de enero de 2020",
    ),
    "fr": ("14–15 novembre 2019", f"30 octobre{THIN}2 novembre 2019", f"30 décembre 2019{THIN}1er janvier 2020"),
    "ga": (
        f"14{THIN}15 Samhain 2019",
        f"30 Deireadh Fómhair{THIN}2 Samhain 2019",
        f"30 Nollaig 2019{THIN}1 Eanáir 2020",
    ),
    "hr": (
        f"14.{THIN}15. studenoga 2019.",
        f"30. listopada{THIN}2. studenoga 2019.",
        f"30. prosinca 2019.{THIN}1. siječnja 2020.",
    ),
    "it": ("14–15 novembre 2019", f"30 ottobre{THIN}2 novembre 2019", f"30 dicembre 2019{THIN}1º gennaio 2020"),
    "lv": (
        "2019. gada 14.–15. novembris",
        f"2019. gada 30. oktobris{THIN}2. novembris",
        f"2019. gada 30. decembris{THIN}2020. gada 1. janvāris",
    ),
    "lt": (
        "2019 m. lapkričio 14–15 d.",
        f"2019 m. spalio 30 d.{THIN}lapkričio 2 d.",
        f"2019 m. gruodžio 30 d.{THIN}2020 m. sausio 1 d.",
    ),
    "hu": ("2019. november 14–15.", f"2019. október 30.{THIN}november 2.", f"2019. december 30.{THIN}2020. január 1."),
    "mt": (
        "14–15 ta’ Novembru 2019",
        f"30 ta’ Ottubru{THIN}2 ta’ Novembru 2019",
        f"30 ta’ Diċembru 2019{THIN}1 ta’ Jannar 2020",
    ),
    "nl": ("14–15 november 2019", f"30 oktober{THIN}2 november 2019", f"30 december 2019{THIN}1 januari 2020"),
    "pl": ("14–15 listopada 2019", f"30 października{THIN}2 listopada 2019", f"30 grudnia 2019{THIN}1 stycznia 2020"),
    "pt": (
        "14–15 de novembro de 2019",
        f"30 de outubro{THIN}2 de novembro de 2019",
        f"30 de dezembro de 2019{THIN}1 de janeiro de 2020",
    ),
    "ro": ("14–15 noiembrie 2019", f"30 octombrie{THIN}2 noiembrie 2019", f"30 decembrie 2019{THIN}1 ianuarie 2020"),
    "sk": (
        f"14.{THIN}15. novembra 2019",
        f"30. októbra{THIN}2. novembra 2019",
        f"30. decembra 2019{THIN}1. januára 2020",
    ),
    "sl": ("14.–15. november 2019", "30. oktober–2. november 2019", "30. december 2019–1. januar 2020"),
    "fi": (
        "14.–15. marraskuuta 2019",
        f"30. lokakuuta{THIN}2. marraskuuta 2019",
        f"30. joulukuuta 2019{THIN}1. tammikuuta 2020",
    ),
    "sv": ("14–15 november 2019", "30 oktober–2 november 2019", "30 december 2019–1 januari 2020"),
}
