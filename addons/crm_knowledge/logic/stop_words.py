"""Words that stand in every text and say nothing of what it is about."""

from __future__ import annotations

STOP_WORDS = frozenset(
    """
    а без бы был была были было быть в вам вас ваш ваша ваше ваши весь во вот все всё всего всех
    вы где да для до его ее её если есть еще ещё же за и из или им их к как какая какие какой каком
    какую ко когда кого который которая которое которые кто ли либо мне можно мой моя мои мы на над
    надо нам нас наш наша наше наши не него нее неё нет ни них но ну о об один он она они оно от
    по под при про с сам свой своя свои себя со так также такой там то того тоже той только том
    ты у уже чего чей чем что чтобы чье чьё эта эти это этого этой этом этот этих я
    будет будут ведь должен должна должны зачем каким каких кем кому куда между могу могут может
    нельзя нужен нужна нужно нужны откуда перед почему сколько такая такие таких такое чему через

    a about all also am an and any are as at be been but by can could did do does doing for from
    had has have having he her here hers him his how i if in into is it its me my no nor not of on
    or our ours she should so some such than that the their them then there these they this those
    to too us was we were what when where which while who whom whose why will with would you your
    """.split()
)
