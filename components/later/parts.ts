/**
 * What opens by a click or a key, in one file of its own: dialogs, menus and panels, and the libraries that only they need.
 * Reached through `parts-code.ts` alone, so that it is not in the file of the first picture.
 */
export { ChatPanel } from "@/components/chat/chat-panel";
export { ReactionsMenu } from "@/components/controls/reactions-menu";
export { ConfirmHost } from "@/components/hosts/confirm-host";
export { ConfirmRemoval } from "@/components/hosts/confirm-removal";
export { MemberMenu } from "@/components/hosts/member-menu";
export { PeoplePanel } from "@/components/people/people-panel";
export { SettingsDialog } from "@/components/settings/settings-dialog";
export { ShortcutsDialog } from "@/components/settings/shortcuts-dialog";
export { ViewMenu } from "@/components/view/view-menu";
