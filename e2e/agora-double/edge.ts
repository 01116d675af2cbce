import type { Server } from "node:https";
import { setTimeout as delay } from "node:timers/promises";
import * as v from "valibot";
import { type WebSocket, WebSocketServer } from "ws";
import { answerFor } from "./answers";
import type { Channels } from "./channels";
import { join, rejoin } from "./joining";
import type { MediaPort } from "./media-port";
import { type Answer, failed, Request } from "./messages";
import type { Orders } from "./orders";
import type { TokenKeys } from "./tokens";
import type { User } from "./user";

/** Someone whose signalling is lost is kept for so long. */
const GONE_AFTER_MS = 10_000;

export interface EdgeContext {
  keys: TokenKeys;
  orders: Orders;
  channels: Channels;
  media: MediaPort;
  end: (user: User, reason: "Quit" | "Dropped") => void;
}

/** The WebSocket side: takes requests, answers them, and keeps track of who is behind which connection. */
export class Edge {
  readonly #context: EdgeContext;
  readonly #sockets: WebSocketServer;
  readonly #userOf = new Map<WebSocket, User>();

  constructor(options: Omit<EdgeContext, "end"> & { server: Server }) {
    const { server, ...context } = options;
    this.#context = { ...context, end: (user, reason) => this.#end(user, reason) };
    this.#sockets = new WebSocketServer({ server });
    this.#sockets.on("connection", (socket) => this.#accept(socket));
  }

  /** @throws {Error} when nobody has this uid now */
  user(uid: number): User {
    const user = this.#context.channels.all.find((candidate) => candidate.uid === uid);
    if (!user) throw new Error(`Nobody in any channel has the uid ${uid}.`);
    return user;
  }

  cut(uid: number | null): void {
    for (const [socket, user] of this.#userOf) if (uid === null || user.uid === uid) socket.terminate();
  }

  close(): void {
    for (const user of this.#context.channels.all) this.#end(user, "Dropped");
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
  }

  #accept(socket: WebSocket): void {
    if (this.#context.orders.isSignallingDown) {
      socket.terminate();
      return;
    }
    socket.on("message", (data) => void this.#receive(socket, String(data)));
    socket.on("close", () => this.#lost(socket));
  }

  async #receive(socket: WebSocket, text: string): Promise<void> {
    const { _id, _type, _message } = v.parse(Request, JSON.parse(text));
    const { orders } = this.#context;
    if (orders.isVerbose) console.log(this.#userOf.get(socket)?.uid, "→", text.slice(0, 2000));
    await delay(orders.answerAfterMs);
    const answer = this.#answer(socket, _type, _message);
    if (_id === undefined) return;
    const content =
      answer.result === "success"
        ? { _result: "success", _message: answer.message }
        : { _result: "failed", _message: { code: answer.code, error_code: answer.code, error_str: answer.words } };
    socket.send(JSON.stringify({ _id, ...content }));
    // Only after the answer to its joining may someone hear of the others.
    const user = this.#userOf.get(socket);
    if (_type === "join_v3" && answer.result === "success" && user) this.#context.channels.enter(user);
  }

  #answer(socket: WebSocket, type: string, message: unknown): Answer {
    if (type === "join_v3" || type === "rejoin_v3") {
      const joined = type === "join_v3" ? join(message, this.#context) : rejoin(message, this.#context);
      if (joined.user) this.#attach(socket, joined.user);
      return joined.answer;
    }
    const user = this.#userOf.get(socket);
    return user ? answerFor(user, type, message, this.#context) : failed(110, "not in a channel");
  }

  #attach(socket: WebSocket, user: User): void {
    const before = user.socket;
    if (before) this.#userOf.delete(before);
    before?.terminate();
    clearTimeout(user.goneTimer);
    user.socket = socket;
    this.#userOf.set(socket, user);
  }

  #lost(socket: WebSocket): void {
    const user = this.#userOf.get(socket);
    this.#userOf.delete(socket);
    if (!user) return;
    user.socket = undefined;
    user.goneTimer = setTimeout(() => this.#end(user, "Dropped"), GONE_AFTER_MS);
  }

  #end(user: User, reason: "Quit" | "Dropped"): void {
    if (user.socket) this.#userOf.delete(user.socket);
    user.dispose();
    this.#context.media.release(user.media);
    this.#context.channels.leave(user, reason);
  }
}
