import "server-only";
import type { Settings } from "./env";

/**
 * Which networks will work as the server is set up, said at its start: what carries sound and picture, and what it does
 * not get through. Without STUN a browser knows only its own network's addresses (RFC 8445 §5.1.1); with STUN alone,
 * NATs that map each destination to another port keep pairs apart (RFC 4787 §4.1). The relay has an address that everyone can
 * reach who can reach this server, as far as its UDP port is open.
 */
export function networksSentence(settings: Settings): string {
  if (settings.transport === "agora") return "Networks: any. Agora's network carries sound and picture.";
  if (settings.topology !== "direct") return relaySentence(settings);
  const browserToBrowser = "Sound and picture go from browser to browser";
  switch (bestIceServer(settings)) {
    case "turn":
      return `Networks: any that reaches your TURN server. ${browserToBrowser}, and through it where they can't.`;
    case "stun":
      return `Networks: the same one, and most homes. ${browserToBrowser}: not behind strict firewalls or some mobile networks, for which set TURN_URL.`;
    case "none":
      return `Networks: people in the same one. ${browserToBrowser}: for those in different networks set TURN_URL.`;
  }
}

/** From where the app can be opened with camera and microphone, which browsers give to secure contexts only. */
export function camerasSentence({ isHttps, trustedProxies }: Settings): string {
  if (isHttps) return "Cameras: on every device that opens the app here. Its certificate is this computer's own.";
  if (trustedProxies > 0) return "Cameras: on every device that comes through your proxy over HTTPS.";
  return "Cameras: on this computer only, at localhost. For other devices: npm run start:https, or an HTTPS proxy in front.";
}

function relaySentence(settings: Settings): string {
  const way =
    settings.topology === "relay"
      ? "Sound and picture go through it."
      : "Two people's sound and picture go from browser to browser, and through it where they can't or where there are more.";
  const others = bestIceServer(settings) === "turn" ? ", or your TURN server" : "";
  return `Networks: any that reaches this computer by UDP${others}. ${way} The port is named below: open it in a firewall.`;
}

function bestIceServer({ turn, iceServers }: Settings): "turn" | "stun" | "none" {
  const urls = iceServers.flatMap((server) => server.urls);
  if (turn || urls.some((url) => /^turns?:/.test(url))) return "turn";
  return urls.length > 0 ? "stun" : "none";
}
