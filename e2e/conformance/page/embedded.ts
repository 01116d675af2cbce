import AgoraRTC, { type IAgoraRTCClient } from "agora-rtc-react";
import * as v from "valibot";
import { openEvents, postMember, requestToken } from "@/lib/api/room-api";
import { RoomConnection } from "@/lib/call/room-connection";
import { Instance, RoomName } from "@/lib/contracts/identifiers";
import { EmbeddedClient } from "@/lib/rtc/embedded/embedded-client";
import { asSdkType } from "@/lib/rtc/sdk-type";
import type { Seat, SeatOptions } from "./client-under-test";
import { offer } from "./run";

const nothing = () => undefined;

/** By each seat's instance: aborted while the stream of its events is cut. */
const cuts = new Map<string, AbortController>();

/** What is open breaks off, what is asked for fails: as a network does it. */
function makeEventsCuttable(): void {
  const original = window.fetch;
  window.fetch = (input, init) => {
    const instance = new URL(String(input), location.href).searchParams.get("instance");
    const cut = instance === null ? undefined : cuts.get(instance)?.signal;
    if (!cut) return original(input, init);
    return original(input, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, cut]) : cut });
  };
}

/** A member of the room, by the app's own server, whose client has not joined yet: as the app does it. */
async function takeSeat(roomName: string, { expiresInSeconds }: SeatOptions = {}): Promise<Seat> {
  const room = v.parse(RoomName, roomName);
  const connection = new RoomConnection(room, {
    onRoster: nothing,
    onRoom: nothing,
    onKnocks: nothing,
    onStandingOffer: nothing,
    onEvent: nothing,
    onConnectionChange: nothing,
    onTokenRenewed: nothing,
    onSeatLost: nothing,
    onEnded: nothing,
  });
  const { instance } = connection;
  cuts.set(instance, new AbortController());
  await connection.open();
  const restore = expiresInSeconds === undefined ? nothing : shortenTokens(expiresInSeconds);
  await connection.join({ name: "Someone", microphoneOn: true, cameraOn: true }).finally(restore);
  const { appId, token, uid } = connection.credentials;
  const elsewhere = new AbortController();
  return {
    client: asSdkType<IAgoraRTCClient>(new EmbeddedClient(connection.signalling)),
    appId,
    room,
    token,
    uid,
    async renewedToken() {
      return (await requestToken(room, connection.credentials.token)).token;
    },
    async joinElsewhere() {
      const newer = v.parse(Instance, crypto.randomUUID());
      const answer = await postMember(connection.credentials.token, { name: "Someone", instance: newer });
      await openEvents(room, answer.token, { instance: newer, lastEventId: undefined, signal: elsewhere.signal });
    },
    async cutSignalling() {
      cuts.get(instance)?.abort(new TypeError("network error"));
    },
    async mendSignalling() {
      cuts.set(instance, new AbortController());
    },
    async release() {
      elsewhere.abort();
      await connection.leave();
    },
  };
}

/** The server's shortest token lasts longer than a test: until it is restored, the answers say that theirs end sooner. */
function shortenTokens(expiresInSeconds: number): () => void {
  const original = window.fetch;
  window.fetch = async (...request) => {
    const response = await original(...request);
    if (!response.ok || !response.url.endsWith("/api/members")) return response;
    const answer: unknown = await response.json();
    const shortened = typeof answer === "object" ? { ...answer, expiresInSeconds } : answer;
    return new Response(JSON.stringify(shortened), response);
  };
  return () => {
    window.fetch = original;
  };
}

makeEventsCuttable();
offer({ name: "embedded", sdk: AgoraRTC, takeSeat });
