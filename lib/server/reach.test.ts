import { describe, expect, it } from "vitest";
import { readSettings } from "./env";
import { camerasSentence, networksSentence } from "./reach";

const AGORA = { AGORA_APP_ID: "a".repeat(32), AGORA_APP_CERTIFICATE: "b".repeat(32) };

describe("which networks will work", () => {
  const networks = (env: Record<string, string>) =>
    networksSentence(readSettings({ EMBEDDED_TOPOLOGY: "direct", ...env }));

  it("any with Agora", () => {
    expect(networks(AGORA)).toMatch(/^Networks: any\. Agora's network/);
  });

  it("any that reaches the relay, where there is one", () => {
    const firewall = "The port is named below: open it in a firewall.";
    const relayed = networks({ EMBEDDED_TOPOLOGY: "relay" });
    expect(relayed).toBe(
      `Networks: any that reaches this computer by UDP. Sound and picture go through it. ${firewall}`,
    );
    const turn = { TURN_URL: "turn:turn.example.org", TURN_SECRET: "s" };
    expect(networks({ EMBEDDED_TOPOLOGY: "auto", ...turn })).toMatch(
      /^Networks: any that reaches this computer by UDP, or your TURN server\. Two people's/,
    );
  });

  it("the same one, when browsers are told of no server", () => {
    expect(networks({})).toMatch(/^Networks: people in the same one\..+ set TURN_URL\.$/);
  });

  it("most homes with STUN, but not strict firewalls", () => {
    const sentence = networks({ ICE_SERVERS: '[{"urls":["stun:stun.example.org"]}]' });
    expect(sentence).toMatch(
      /^Networks: the same one, and most homes\..+not behind strict firewalls.+ set TURN_URL\.$/,
    );
  });

  it("any with TURN, whichever way it is set", () => {
    const sentence = /^Networks: any that reaches your TURN server\./;
    expect(networks({ TURN_URL: "turn:turn.example.org", TURN_SECRET: "s" })).toMatch(sentence);
    const list = '[{"urls":"stun:a.example"},{"urls":["turns:b.example"],"username":"u","credential":"c"}]';
    expect(networks({ ICE_SERVERS: list })).toMatch(sentence);
  });
});

describe("where cameras work", () => {
  const cameras = (env: Record<string, string>) => camerasSentence(readSettings(env));

  it("on this computer only over plain HTTP, and how to have more", () => {
    expect(cameras({})).toMatch(/on this computer only, at localhost\..+npm run start:https.+HTTPS proxy/);
  });

  it("everywhere behind a proxy that speaks HTTPS, and over HTTPS itself", () => {
    expect(cameras({ TRUST_PROXY: "1" })).toMatch(/through your proxy over HTTPS\.$/);
    expect(cameras({ SERVED_OVER: "https" })).toMatch(/every device that opens the app here/);
  });
});
