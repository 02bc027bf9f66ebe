"""Month names of six languages as certificates print them, folded (no case, no accents)."""

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janner jaenner janvier janv enero ene gennaio gen janeiro",
            "february feb febr februar fevrier fev fevr febrero febbraio fevereiro",
            "march mar marz maerz mrz mars marzo marco",
            "april apr avril avr abril abr aprile",
            "may mai mayo maggio mag maio",
            "june jun juni juin junio giugno giu junho",
            "july jul juli juillet juil julio luglio lug julho",
            "august aug aout agosto ago",
            "september sep sept septembre septiembre set settembre setembro",
            "october oct oktober okt octobre octubre ottobre ott outubro out",
            "november nov novembre noviembre novembro",
            "december dec dezember dez decembre diciembre dic dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
