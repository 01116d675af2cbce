import "server-only";
import { isIP } from "node:net";
import * as v from "valibot";
import { IceServer, type Transport } from "@/lib/contracts/http";
import type { Topology } from "@/lib/contracts/relay";
import type { LogFormat } from "./log";

/** Settings, read and checked. Everything that the rest of the server knows of its environment. */
export interface Settings {
  transport: Transport;
  /** `null`: the installation makes its own. */
  agora: { appId: string; certificate: string } | null;
  databasePath: string;
  tokenTtlSeconds: number;
  iceServers: IceServer[];
  /** A TURN server with a shared secret (REST API for TURN): short-lived credentials are made for each token. */
  turn: { urls: string[]; secret: string } | null;
  embeddedMaxMembers: number;
  /** Which way media goes without Agora. */
  topology: Topology;
  /** Where the relay listens for media, and how others reach this machine where its own addresses are not theirs. */
  relay: { port: number; publicAddresses: string[] };
  /** How many proxies stand in front, counted from the right of `X-Forwarded-For`. */
  trustedProxies: number;
  hasRateLimits: boolean;
  /** How many event streams may be open, and how many people may be in, all rooms together. */
  maxStreams: number;
  /** Who has it reads the server's figures; `null`: nobody does. */
  metricsToken: string | null;
  logFormat: LogFormat;
  /** Whether this process itself speaks HTTPS: `npm run start:https` says so. */
  isHttps: boolean;
}

/** One sentence for each setting that is wrong; each names it. */
export class WrongSettings extends Error {
  override readonly name = "WrongSettings";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}

const wholeNumber = (minimum: number, maximum: number) => {
  const error = `must be a whole number from ${minimum} to ${maximum}`;
  return v.pipe(
    v.string(),
    v.regex(/^\d{1,9}$/, error),
    v.transform(Number),
    v.minValue(minimum, error),
    v.maxValue(maximum, error),
  );
};

const hex32 = v.pipe(v.string(), v.regex(/^[0-9a-fA-F]{32}$/, "must be 32 hexadecimal digits"));

const IceUrls = v.array(v.pipe(v.string(), v.regex(/^(stun|stuns|turn|turns):\S+$/)));

const iceServers = v.pipe(
  v.string(),
  v.rawTransform(({ dataset: { value: text }, addIssue, NEVER }): IceServer[] => {
    const refuse = () => {
      addIssue({ message: 'must be a JSON list of ICE servers, for example [{"urls": "stun:stun.example.org"}]' });
      return NEVER;
    };
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      return refuse();
    }
    const parsed = v.safeParse(v.array(IceServer), json);
    if (!parsed.success) return refuse();
    const urls = parsed.output.flatMap((server) => server.urls);
    return v.is(IceUrls, urls) ? parsed.output : refuse();
  }),
);

const list = v.pipe(
  v.string(),
  v.transform((text) => text.split(",").map((entry) => entry.trim())),
);

const turnUrls = v.pipe(
  list,
  v.everyItem((url) => /^turns?:\S+$/.test(url), "must be a turn: or turns: address"),
);

const ipAddresses = v.pipe(
  list,
  v.everyItem((address) => isIP(address) !== 0, "must be an IP address, or several with commas"),
);

const Environment = v.object({
  AGORA_APP_ID: v.optional(hex32),
  AGORA_APP_CERTIFICATE: v.optional(hex32),
  DATABASE_PATH: v.optional(v.string(), "data/mychat.db"),
  PORT: v.optional(wholeNumber(0, 65_535)),
  TOKEN_TTL_SECONDS: v.optional(wholeNumber(40, 86_400), "3600"),
  ICE_SERVERS: v.optional(iceServers),
  TURN_URL: v.optional(turnUrls),
  TURN_SECRET: v.optional(v.string()),
  EMBEDDED_MAX_MEMBERS: v.optional(wholeNumber(1, 1_000), "8"),
  EMBEDDED_TOPOLOGY: v.optional(v.picklist(["auto", "direct", "relay"], "must be auto, direct or relay"), "auto"),
  RELAY_PORT: v.optional(wholeNumber(0, 65_535), "3478"),
  RELAY_ADDRESS: v.optional(ipAddresses),
  TRUST_PROXY: v.optional(wholeNumber(0, 100), "0"),
  RATE_LIMITS: v.optional(v.picklist(["on", "off"], "must be on or off"), "on"),
  MAX_STREAMS: v.optional(wholeNumber(1, 100_000), "2000"),
  METRICS_TOKEN: v.optional(v.pipe(v.string(), v.regex(/^\S{16,}$/, "must be at least 16 characters, without spaces"))),
  LOG_FORMAT: v.optional(v.picklist(["text", "json"], "must be text or json"), "text"),
  SERVED_OVER: v.optional(v.picklist(["http", "https"], "must be http or https"), "http"),
});

/** Settings that need others, or exclude them: a sentence for each that is not as it must be. */
function contradictionsIn(env: v.InferOutput<typeof Environment>): string[] {
  const missing = (name: keyof typeof env, other: keyof typeof env) =>
    env[name] === undefined && env[other] !== undefined ? [`${name} must be set as well when ${other} is set.`] : [];
  return [
    ...missing("AGORA_APP_ID", "AGORA_APP_CERTIFICATE"),
    ...missing("AGORA_APP_CERTIFICATE", "AGORA_APP_ID"),
    ...missing("TURN_URL", "TURN_SECRET"),
    ...missing("TURN_SECRET", "TURN_URL"),
    ...(env.ICE_SERVERS && env.TURN_URL ? ["ICE_SERVERS and TURN_URL can't both be set."] : []),
  ];
}

/**
 * Reads the settings. An empty value is one that is not set.
 *
 * @throws {WrongSettings} with every problem there is; values are not repeated, for some are secrets
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(
    Object.keys(Environment.entries).flatMap((name) => {
      const value = env[name]?.trim();
      return value ? [[name, value]] : [];
    }),
  );
  const parsed = v.safeParse(Environment, given);
  const problems = parsed.success
    ? contradictionsIn(parsed.output)
    : parsed.issues.map(({ path, message }) => `${path?.[0]?.key} ${message}.`);
  if (!parsed.success || problems.length > 0) throw new WrongSettings(problems);
  const read = parsed.output;
  const agora =
    read.AGORA_APP_ID && read.AGORA_APP_CERTIFICATE
      ? { appId: read.AGORA_APP_ID, certificate: read.AGORA_APP_CERTIFICATE }
      : null;
  return {
    transport: agora ? "agora" : "embedded",
    agora,
    databasePath: read.DATABASE_PATH,
    tokenTtlSeconds: read.TOKEN_TTL_SECONDS,
    iceServers: read.ICE_SERVERS ?? [],
    turn: read.TURN_URL && read.TURN_SECRET ? { urls: read.TURN_URL, secret: read.TURN_SECRET } : null,
    embeddedMaxMembers: read.EMBEDDED_MAX_MEMBERS,
    topology: read.EMBEDDED_TOPOLOGY,
    relay: { port: read.RELAY_PORT, publicAddresses: read.RELAY_ADDRESS ?? [] },
    trustedProxies: read.TRUST_PROXY,
    hasRateLimits: read.RATE_LIMITS === "on",
    maxStreams: read.MAX_STREAMS,
    metricsToken: read.METRICS_TOKEN ?? null,
    logFormat: read.LOG_FORMAT,
    isHttps: read.SERVED_OVER === "https",
  };
}
