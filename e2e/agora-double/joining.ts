import { randomInt } from "node:crypto";
import * as v from "valibot";
import type { EdgeContext } from "./edge";
import { type Answer, type Capabilities, done, failed, Join, Rejoin } from "./messages";
import { checkToken } from "./tokens";
import { User } from "./user";

const NOT_AUTHORISED = 110;

interface Joined {
  answer: Answer;
  /** Who is behind the connection from now on. */
  user?: User;
}

/** `join_v3`: a new stay. The same uid's older one ends, as if banned. */
export function join(message: unknown, { keys, channels, media, end }: EdgeContext): Joined {
  const { app_id, channel_key, channel_name, ap_response, ortc } = v.parse(Join, message);
  const uid = ap_response.uid || randomInt(1, 2 ** 32);
  const check = checkToken(channel_key, { appId: app_id, channel: channel_name, uid: ap_response.uid }, keys);
  if (!check.isValid) return { answer: failed(NOT_AUTHORISED, check.problem) };
  channels.find(channel_name, uid)?.ban();

  const session = media.open(uid, ortc.dtlsParameters.fingerprints);
  const { expiresAtSeconds } = check;
  const user = new User({
    uid,
    channel: channel_name,
    media: session,
    expiresAtSeconds,
    onEnd: (ended) => end(ended, "Quit"),
  });
  const answer = done({
    uid,
    vid: 1,
    rejoin_token: user.rejoinToken,
    attributes: { userAttributes: {} },
    ortc: {
      cname: `user-${uid}`,
      iceParameters: { ...session.ice, candidates: [] },
      dtlsParameters: { role: "server", fingerprints: media.fingerprints },
      rtpCapabilities: { sendrecv: forwardable(ortc.rtpCapabilities.sendrecv) },
    },
  });
  return { answer, user };
}

/** `rejoin_v3`: the same stay over a new connection. */
export function rejoin(message: unknown, { channels }: EdgeContext): Joined {
  const { token } = v.parse(Rejoin, message);
  const user = channels.all.find((candidate) => candidate.rejoinToken === token);
  if (!user) return { answer: failed(NOT_AUTHORISED, "no such stay") };
  const others = channels.users(user.channel).filter((other) => other !== user);
  return { answer: done({ peers: others.map((other) => other.asPeer) }), user };
}

/** What the client can do and the double forwards: no header extensions, and no transport-wide congestion control. */
function forwardable(capabilities: Capabilities): object {
  const withoutTransportCc = (codecs: Capabilities["audioCodecs"]) =>
    codecs.map((codec) => ({
      ...codec,
      rtcpFeedbacks: codec.rtcpFeedbacks?.filter(({ type }) => type !== "transport-cc") ?? [],
    }));
  return {
    audioCodecs: withoutTransportCc(capabilities.audioCodecs),
    videoCodecs: withoutTransportCc(capabilities.videoCodecs),
    audioExtensions: [],
    videoExtensions: [],
  };
}
