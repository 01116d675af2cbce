import * as v from "valibot";
import { Instance, RoomName, RtcToken, Uid } from "./identifiers";
import { ChatMessage, Member, Reaction, UnreachablePeer } from "./members";
import { Topology } from "./relay";
import { MessageText, PersonName } from "./text";
import { WholeNumber } from "./whole-number";

export const Transport = v.picklist(["agora", "embedded"]);
export type Transport = v.InferOutput<typeof Transport>;

/** One entry of `RTCConfiguration.iceServers`. */
export const IceServer = v.object({
  urls: v.union([v.string(), v.array(v.string())]),
  username: v.optional(v.string()),
  credential: v.optional(v.string()),
});
export type IceServer = v.InferOutput<typeof IceServer>;

/**
 * A token and all that goes with it. `expiresAt` is Unix seconds by the server's clock; a client's clock may be wrong,
 * so it counts `expiresInSeconds` from the moment of the answer.
 */
export const Credentials = v.object({
  transport: Transport,
  appId: v.string(),
  room: RoomName,
  uid: Uid,
  kind: v.picklist(["lobby", "join"]),
  token: RtcToken,
  expiresAt: WholeNumber,
  expiresInSeconds: WholeNumber,
  iceServers: v.array(IceServer),
  topology: Topology,
});
export type Credentials = v.InferOutput<typeof Credentials>;

/** `POST /api/token`. `screen`: a second uid, which publishes the caller's screen. */
export const TokenRequest = v.object({
  room: RoomName,
  purpose: v.optional(v.literal("screen", "`purpose` can be “screen”, or be left out.")),
});

/** `GET /api/members` */
export const MemberList = v.array(Member);

/** `PATCH /api/members` */
export const RenameRequest = v.object({ name: PersonName });

/** `POST /api/members/hand`: one's own, without `uid`. */
export const HandRequest = v.object({ isRaised: v.boolean(), uid: v.optional(Uid) });

/** `POST /api/members/away`: names the page that goes, so that one arriving after a reload does no harm. */
export const AwayRequest = v.object({ instance: v.optional(Instance) });

/** `POST /api/members/pong` */
export const PongRequest = v.object({ ping: WholeNumber });

export const MAX_UNREACHABLE_PEERS = 256;

/**
 * `POST /api/members/links`: everyone whom a page cannot reach, in full each time. Names the page, so that the word of one
 * that a reload has replaced does no harm.
 */
export const LinksReport = v.object({
  instance: Instance,
  unreachable: v.pipe(v.array(UnreachablePeer), v.maxLength(MAX_UNREACHABLE_PEERS)),
});

/**
 * `POST /api/members/offer`: what a page that is alone in the room offers to whoever comes first, in the place of any before; `null`:
 * nothing any more. Those in the lobby may have it, and who joins gets `onJoin` as a signal. The server passes both on unread.
 */
export const StandingOffer = v.object({ instance: Instance, offer: v.unknown(), onJoin: v.unknown() });
export type StandingOffer = v.InferOutput<typeof StandingOffer>;

/** `POST /api/rooms/ROOM/messages` */
export const MessageRequest = v.object({
  clientId: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  text: MessageText,
});

/** So many come with a `welcome`, and with each look further back. */
export const MESSAGES_PER_PAGE = 200;

/** `GET /api/rooms/ROOM/messages?before=ID`: the ones just before it, oldest first. */
export const MessageList = v.array(ChatMessage);

/** `POST /api/rooms/ROOM/reactions` */
export const ReactionRequest = v.object({ reaction: Reaction });

const MAX_SIGNALS_PER_REQUEST = 256;

/**
 * What one page tells another. The server passes `signal` on unread. `from`: the caller, unless it is said, or their screen.
 * `to` may be a screen as well, with its owner's instance.
 */
const OutgoingSignal = v.object({
  from: v.optional(Uid),
  to: Uid,
  toInstance: Instance,
  seq: v.pipe(WholeNumber, v.minValue(0)),
  signal: v.unknown(),
});
export type OutgoingSignal = v.InferOutput<typeof OutgoingSignal>;
const OutgoingSignals = v.pipe(v.array(OutgoingSignal), v.maxLength(MAX_SIGNALS_PER_REQUEST));

/** `POST /api/rooms/ROOM/signals` */
export const SignalsRequest = v.object({ signals: v.pipe(OutgoingSignals, v.minLength(1)) });

/** `POST /api/members`. `signals`: what others are to hear together with it, those of `POST /api/rooms/ROOM/signals`. */
export const JoinRequest = v.object({ name: PersonName, instance: Instance, signals: v.optional(OutgoingSignals) });
export const JoinAnswer = v.object({ ...Credentials.entries, name: v.string(), created: v.boolean() });
export type JoinAnswer = v.InferOutput<typeof JoinAnswer>;

/** `absent`: addressees that are not in the room, or not as that instance; what was sent to them is dropped. */
export const SignalsAnswer = v.object({ absent: v.array(Uid) });

/**
 * Why a browser cannot join what carries sound and picture. Agora says so to browsers alone: they pass it on, for the one
 * who runs the server.
 */
export const MediaProblem = v.picklist(["app-unknown", "token-refused", "refused", "unreachable"]);
export type MediaProblem = v.InferOutput<typeof MediaProblem>;

/** `POST /api/problems` */
export const ProblemReport = v.object({ problem: MediaProblem });

/** `GET /api/health` */
export const Health = v.object({ status: v.literal("ok"), transport: Transport });
