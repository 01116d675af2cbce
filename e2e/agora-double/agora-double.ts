/**
 * A double of Agora's servers, for tests: access point (HTTPS), edge (WSS) and media (DTLS, SRTP) on one port number of
 * 127.0.0.1. Test code, written by watching what the SDK sends and accepts: it shows that the real, unmodified SDK and
 * this app agree with each other, not what Agora's servers do.
 */

import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:https";
import { AccessPoint } from "./access-point";
import { makeCertificate } from "./certificate";
import { Channels } from "./channels";
import { weakenDownlink } from "./dual-stream";
import { Edge } from "./edge";
import { MediaPort } from "./media-port";
import { newOrders, type Orders } from "./orders";
import type { TokenKeys } from "./tokens";

/** Everyone's packets come in by one socket: it must hold what comes while this process has to wait for its turn. */
const RECEIVE_BUFFER_BYTES = 4 * 2 ** 20;

export interface AgoraDouble {
  /** Of 127.0.0.1, TCP and UDP. */
  port: number;
  keys: TokenKeys;
  /** What a test tells it to do; a change counts from the next request, or packet, on. */
  orders: Orders;
  /** Ends the token of a user who is in a channel, as if its time were over. */
  expireToken(uid: number): void;
  /** Ends a user's stay for good, as Agora does with one that is banned or joins elsewhere. */
  ban(uid: number): void;
  /** Drops the signalling connections, `null` of everyone, without a word; who may come back is up to `orders`. */
  cutSignalling(uid: number | null): void;
  /** Makes a user's downlink too weak for all that they are subscribed to, or good again. */
  weakenDownlink(uid: number, isWeak: boolean): void;
  /** How many tokens each user has been renewed with, by uid. */
  renewals(uid: number): number;
  /** The uids in a channel, in the order of their coming. */
  uidsIn(channel: string): number[];
  stop(): Promise<void>;
}

/** Starts it; `port` 0 takes one that is free for TCP and UDP alike. */
export async function startAgoraDouble(keys: TokenKeys, port = 0): Promise<AgoraDouble> {
  const certificate = await makeCertificate();
  const orders = newOrders();
  const channels = new Channels();
  const accessPoint = new AccessPoint({ keys, orders });
  const server = createServer({ cert: certificate.certPem, key: certificate.privateKey }, (request, response) => {
    void accessPoint.answer(request, response);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("An HTTPS server has no port.");

  const socket = createSocket({ type: "udp4", recvBufferSize: RECEIVE_BUFFER_BYTES });
  socket.bind(address.port, "127.0.0.1");
  await once(socket, "listening");
  accessPoint.port = address.port;
  const media = new MediaPort({ socket, certificate, orders });
  const edge = new Edge({ server, keys, orders, channels, media });

  return {
    port: address.port,
    keys,
    orders,
    expireToken: (uid) => edge.user(uid).expire(),
    ban: (uid) => edge.user(uid).ban(),
    cutSignalling: (uid) => edge.cut(uid),
    weakenDownlink: (uid, isWeak) => weakenDownlink(edge.user(uid), isWeak, { channels, media }),
    renewals: (uid) => edge.user(uid).renewals,
    uidsIn: (channel) => channels.users(channel).map((user) => user.uid),
    async stop() {
      edge.close();
      media.close();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
