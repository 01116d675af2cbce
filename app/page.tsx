import { Lobby } from "@/components/lobby/lobby";

export default function LobbyPage() {
  return <Lobby />;
}
