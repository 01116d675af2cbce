import "server-only";
import { isIP } from "node:net";
import * as z from "zod";
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
  return z
    .string()
    .regex(/^\d{1,9}$/, error)
    .transform(Number)
    .pipe(z.number().min(minimum, error).max(maximum, error));
};

const hex32 = z.string().regex(/^[0-9a-fA-F]{32}$/, "must be 32 hexadecimal digits");

const iceUrl = z.string().regex(/^(stun|stuns|turn|turns):\S+$/);

const iceServers = z.string().transform((text, context): IceServer[] => {
  const error = 'must be a JSON list of ICE servers, for example [{"urls": "stun:stun.example.org"}]';
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    context.addIssue({ code: "custom", message: error });
    return z.NEVER;
  }
  const parsed = z.array(IceServer).safeParse(json);
  const urls = parsed.success ? parsed.data.flatMap((server) => server.urls) : [];
  if (!parsed.success || !z.array(iceUrl).safeParse(urls).success) {
    context.addIssue({ code: "custom", message: error });
    return z.NEVER;
  }
  return parsed.data;
});

const turnUrls = z
  .string()
  .transform((text) => text.split(",").map((url) => url.trim()))
  .pipe(z.array(z.string().regex(/^turns?:\S+$/, "must be a turn: or turns: address")));

const ipAddresses = z
  .string()
  .transform((text) => text.split(",").map((address) => address.trim()))
  .pipe(z.array(z.string().refine((address) => isIP(address) !== 0, "must be an IP address, or several with commas")));

const Environment = z
  .object({
    AGORA_APP_ID: hex32.optional(),
    AGORA_APP_CERTIFICATE: hex32.optional(),
    DATABASE_PATH: z.string().default("data/mychat.db"),
    PORT: wholeNumber(0, 65_535).optional(),
    TOKEN_TTL_SECONDS: wholeNumber(40, 86_400).default(3_600),
    ICE_SERVERS: iceServers.optional(),
    TURN_URL: turnUrls.optional(),
    TURN_SECRET: z.string().optional(),
    EMBEDDED_MAX_MEMBERS: wholeNumber(1, 1_000).default(8),
    EMBEDDED_TOPOLOGY: z.enum(["auto", "direct", "relay"], "must be auto, direct or relay").default("auto"),
    RELAY_PORT: wholeNumber(0, 65_535).default(3_478),
    RELAY_ADDRESS: ipAddresses.optional(),
    TRUST_PROXY: wholeNumber(0, 100).default(0),
    RATE_LIMITS: z.enum(["on", "off"], "must be on or off").default("on"),
    MAX_STREAMS: wholeNumber(1, 100_000).default(2_000),
    METRICS_TOKEN: z
      .string()
      .regex(/^\S{16,}$/, "must be at least 16 characters, without spaces")
      .optional(),
    LOG_FORMAT: z.enum(["text", "json"], "must be text or json").default("text"),
    SERVED_OVER: z.enum(["http", "https"], "must be http or https").default("http"),
  })
  .superRefine((env, context) => {
    const need = (path: keyof typeof env, other: keyof typeof env) => {
      if (env[path] !== undefined || env[other] === undefined) return;
      context.addIssue({ code: "custom", path: [path], message: `must be set as well when ${other} is set` });
    };
    need("AGORA_APP_ID", "AGORA_APP_CERTIFICATE");
    need("AGORA_APP_CERTIFICATE", "AGORA_APP_ID");
    need("TURN_URL", "TURN_SECRET");
    need("TURN_SECRET", "TURN_URL");
    if (env.ICE_SERVERS && env.TURN_URL) {
      context.addIssue({ code: "custom", path: ["ICE_SERVERS"], message: "and TURN_URL can't both be set" });
    }
  });

/**
 * Reads the settings. An empty value is one that is not set.
 *
 * @throws {WrongSettings} with every problem there is; values are not repeated, for some are secrets
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(
    Object.keys(Environment.shape).flatMap((name) => {
      const value = env[name]?.trim();
      return value ? [[name, value]] : [];
    }),
  );
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    throw new WrongSettings(parsed.error.issues.map((issue) => `${issue.path[0]?.toString()} ${issue.message}.`));
  }
  const read = parsed.data;
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
