/** The dialog that the parameter `do` of the address names. */
import { param } from "../../state/route";
import "../../styles/dialogs.css";
import { CharacterDialog, NewCharacterDialog } from "./character_form";
import { CommandPalette } from "./command_palette";
import { NewConversationDialog } from "./conversation_form";
import { ImportDialog } from "./import";
import { MembersDialog } from "./members";
import { RulesDialog } from "./rules";
import { ShareDialog } from "./share";
import { ShortcutsDialog } from "./shortcuts";
import { SignInDialog } from "./sign_in";
import { ClockDialog, NewWorldDialog, WorldDialog } from "./world_form";

export function Dialogs() {
  switch (param("do")) {
    case "sign-in":
      return <SignInDialog key="in" isNew={false} />;
    case "sign-up":
      return <SignInDialog key="up" isNew />;
    case "new-world":
      return <NewWorldDialog />;
    case "world":
      return <WorldDialog />;
    case "clock":
      return <ClockDialog />;
    case "members":
      return <MembersDialog />;
    case "share":
      return <ShareDialog />;
    case "rules":
      return <RulesDialog />;
    case "new-character":
      return <NewCharacterDialog />;
    case "character":
      return <CharacterDialog id={param("of")} />;
    case "new-conversation":
      return <NewConversationDialog />;
    case "import":
      return <ImportDialog />;
    case "palette":
      return <CommandPalette />;
    case "shortcuts":
      return <ShortcutsDialog />;
    default:
      return null;
  }
}
