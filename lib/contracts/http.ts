import * as z from "zod/mini";
import { Instance, RoomName, RtcToken, Uid } from "./identifiers";
import { ChatMessage, Member, Reaction, UnreachablePeer } from "./members";
import { Topology } from "./relay";
import { MessageText, PersonName } from "./text";

export const Transport = z.enum(["agora", "embedded"]);
export type Transport = z.infer<typeof Transport>;

/** One entry of `RTCConfiguration.iceServers`. */
export const IceServer = z.object({
  urls: z.union([z.string(), z.array(z.string())]),
  username: z.optional(z.string()),
  credential: z.optional(z.string()),
});
export type IceServer = z.infer<typeof IceServer>;

/**
 * A token and all that goes with it. `expiresAt` is Unix seconds by the server's clock; a client's clock may be wrong,
 * so it counts `expiresInSeconds` from the moment of the answer.
 */
export const Credentials = z.object({
  transport: Transport,
  appId: z.string(),
  room: RoomName,
  uid: Uid,
  kind: z.enum(["lobby", "join"]),
  token: RtcToken,
  expiresAt: z.int(),
  expiresInSeconds: z.int(),
  iceServers: z.array(IceServer),
  topology: Topology,
});
export type Credentials = z.infer<typeof Credentials>;

/** `POST /api/token`. `screen`: a second uid, which publishes the caller's screen. */
export const TokenRequest = z.object({
  room: RoomName,
  purpose: z.optional(z.literal("screen", "`purpose` can be “screen”, or be left out.")),
});

/** `POST /api/members` */
export const JoinRequest = z.object({ name: PersonName, instance: Instance });
export const JoinAnswer = z.extend(Credentials, { name: z.string(), created: z.boolean() });
export type JoinAnswer = z.infer<typeof JoinAnswer>;

/** `GET /api/members` */
export const MemberList = z.array(Member);

/** `PATCH /api/members` */
export const RenameRequest = z.object({ name: PersonName });

/** `POST /api/members/hand`: one's own, without `uid`. */
export const HandRequest = z.object({ isRaised: z.boolean(), uid: z.optional(Uid) });

/** `POST /api/members/away`: names the page that goes, so that one arriving after a reload does no harm. */
export const AwayRequest = z.object({ instance: z.optional(Instance) });

/** `POST /api/members/pong` */
export const PongRequest = z.object({ ping: z.int() });

export const MAX_UNREACHABLE_PEERS = 256;

/**
 * `POST /api/members/links`: everyone whom a page cannot reach, in full each time. Names the page, so that the word of one
 * that a reload has replaced does no harm.
 */
export const LinksReport = z.object({
  instance: Instance,
  unreachable: z.array(UnreachablePeer).check(z.maxLength(MAX_UNREACHABLE_PEERS)),
});

/** `POST /api/rooms/ROOM/messages` */
export const MessageRequest = z.object({
  clientId: z.string().check(z.minLength(1), z.maxLength(64)),
  text: MessageText,
});

/** So many come with a `welcome`, and with each look further back. */
export const MESSAGES_PER_PAGE = 200;

/** `GET /api/rooms/ROOM/messages?before=ID`: the ones just before it, oldest first. */
export const MessageList = z.array(ChatMessage);

/** `POST /api/rooms/ROOM/reactions` */
export const ReactionRequest = z.object({ reaction: Reaction });

export const MAX_SIGNALS_PER_REQUEST = 256;

/**
 * `POST /api/rooms/ROOM/signals`. The server passes `signal` on unread. `from`: the caller, unless it is said, or their screen.
 * `to` may be a screen as well, with its owner's instance.
 */
export const SignalsRequest = z.object({
  signals: z
    .array(
      z.object({
        from: z.optional(Uid),
        to: Uid,
        toInstance: Instance,
        seq: z.int().check(z.minimum(0)),
        signal: z.json(),
      }),
    )
    .check(z.minLength(1), z.maxLength(MAX_SIGNALS_PER_REQUEST)),
});
export type OutgoingSignal = z.infer<typeof SignalsRequest>["signals"][number];

/** `absent`: addressees that are not in the room, or not as that instance; what was sent to them is dropped. */
export const SignalsAnswer = z.object({ absent: z.array(Uid) });

/**
 * Why a browser cannot join what carries sound and picture. Agora says so to browsers alone: they pass it on, for the one
 * who runs the server.
 */
export const MediaProblem = z.enum(["app-unknown", "token-refused", "refused", "unreachable"]);
export type MediaProblem = z.infer<typeof MediaProblem>;

/** `POST /api/problems` */
export const ProblemReport = z.object({ problem: MediaProblem });

/** `GET /api/health` */
export const Health = z.object({ status: z.literal("ok"), transport: Transport });
