"""Words too common to look for, folded (no accents).

The lists are ours: a stock French list removes "est", and with it Est Ensemble and Grand Paris Grand Est. Words that
name something here ("son", "car" in English, "or") were weighed one by one; when in doubt a word is kept.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FRENCH = _words(
    """
    a ai aie ait alors au aucun aucune aura auront aussi autre autres aux avaient avait avec avez avoir avons ayant
    c ca car ce ceci cela celle celles celui ces cet cette ceux chaque chez comme d dans de des donc dont du
    elle elles en encore entre et etait etaient etant etes etre eu eux
    fait font furent fut il ils j je jusqu l la le les leur leurs lors lorsqu lui
    m ma mais me meme memes mes moi mon n ne ni nos notre nous on ont ou par parce pas pendant peu peut peuvent plus
    pour pourquoi presqu puisqu qu quand que quel quelle quelles quels quelqu qui quoi quoiqu
    s sa sans se selon sera seront ses si soient soit sommes sont sous sur
    t ta te tes toi ton toujours tous tout toute toutes tres tu un une
    vers vos votre vous y
    """
)

ENGLISH = _words(
    """
    a about after again all also am an and any are as at be because been before being between both but by can could
    d did do does doing during each few for from further had has have having he her here hers him his how
    i if in into is it its itself ll m me more most my myself no nor not of off on once only or other our ours out over
    own re s same she should so some such t than that the their theirs them then there these they this those through
    to too under until up ve very was we were what when where which while who whom why will with would you your yours
    """
)

STOP_WORDS = {"fr": FRENCH, "en": ENGLISH}
"""The words too common in each language that has a list."""
