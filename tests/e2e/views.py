"""The addresses of every view, for tests of all views."""

from tests.e2e.api import Api

VIEWS = ["/", "/?do=sign-in", "/?do=sign-up", "/?do=new-world", "/?do=import", "/?do=palette", "/nowhere"]
WORLD_VIEWS = [
    "",
    "?as=table",
    "?pane=people",
    "?pane=feed",
    "?who={who}",
    "?who={who}&part=history",
    "?who={who}&part=talks",
    "?who={who}&part=numbers",
    "?tie={who}~{other}",
    "?tie={who}~{stranger}",
    "?fact={fact}",
    "?meet=~",
    "?meet={who}~{other}~CHAT",
    "?path={who}~{other}",
    "?path={who}~{stranger}",
    "/conversations",
    "/conversations?talk={talk}",
    "/conversations?talk={closed}",
    "/conversations?do=new-conversation",
    "/numbers",
    "?do=rules",
    "?do=members",
    "?do=palette",
    "?do=shortcuts",
    "?do=new-character",
    "?do=character&of={who}",
    "?do=world",
    "?do=clock",
    "?do=share",
]
NEWEST = "query ($id: ID!) { ecosystem(id: $id) { activity(last: 1) { edges { node { id } } } } }"


async def every_view(author: Api) -> list[str]:
    """Paths of all views in a new world with interactions and messages, and of an empty world."""
    world = await author.world("Marius", "Cosette", "Gavroche", "Tholomyes")
    talk = await world.conversation("At the barricade", "Marius", "Cosette")
    await world.say(talk, "Marius", "You are late.")
    await world.say(talk, "Cosette", "I walked all night.")
    closed = await world.conversation("In the garden", "Marius", "Cosette")
    await world.close(closed)
    await world.meet("Marius", "Gavroche", "CONFLICT")
    newest = await author.ask(NEWEST, id=world.id)
    names = {
        "who": world.people["Marius"],
        "other": world.people["Cosette"],
        "stranger": world.people["Tholomyes"],
        "talk": talk,
        "closed": closed,
        "fact": newest["ecosystem"]["activity"]["edges"][0]["node"]["id"],
    }
    empty = await author.world()
    return [*VIEWS, *(world.path + view.format(**names) for view in WORLD_VIEWS), empty.path, f"{empty.path}/conversations"]
