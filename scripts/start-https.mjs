// @ts-check
import { once } from "node:events";
import { createServer } from "node:https";
import { hostname as computerName } from "node:os";
import { parseArgs } from "node:util";
import { certificateFor } from "./https/certificate.mjs";
import { lanAddresses } from "./https/lan-addresses.mjs";
import { redirectPlainHttp } from "./https/redirect-plain-http.mjs";
import { httpsAddress, welcome } from "./https/welcome.mjs";

/**
 * The built app over HTTPS, for the devices in the same network: cameras need it beyond `localhost`. Next runs in this
 * process as it does in `next start`, `instrumentation.ts` with it.
 *
 * `--hostname` listens there only; default: on every interface, at PORT or 3443.
 */
const DEFAULT_PORT = 3443;
/** Who begins TLS has so long to end with it; Node would give two minutes. */
const TLS_TIMEOUT_MS = 10_000;
const EVERY_INTERFACE = ["0.0.0.0", "::"];

const { values } = parseArgs({ options: { hostname: { type: "string" } } });
const isEverywhere = values.hostname === undefined || EVERY_INTERFACE.includes(values.hostname);

// Next looks at the first while it is loaded; the server's settings have the second.
Object.assign(process.env, { NODE_ENV: "production", SERVED_OVER: "https" });
const { default: next } = await import("next");

try {
  await start();
} catch (error) {
  console.error(`MyChat can't start.\n${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

async function start() {
  const askedPort = Number(process.env.PORT?.trim() || DEFAULT_PORT);
  const app = next({ dev: false, port: askedPort, hostname: values.hostname ?? "localhost" });
  // Wrong settings and a database in use end the process in here.
  await app.prepare();
  const { ipv4, ipv6 } = lanAddresses();
  const hosts = isEverywhere ? (ipv4.length > 0 ? ipv4 : ipv6) : [values.hostname ?? "localhost"];
  const { pem, renewedBecause } = await certificateFor({
    file: `${databasePath()}.https.pem`,
    needed: ["localhost", ...hosts],
    others: [...ipv4, ...ipv6, "127.0.0.1", "::1", ...namesOf(computerName())],
  });

  const handle = app.getRequestHandler();
  const server = createServer({ key: pem, cert: pem, handshakeTimeout: TLS_TIMEOUT_MS }, (request, response) => {
    handle(request, response).catch((error) => {
      console.error("[mychat] A request failed.", error);
      if (!response.headersSent) response.statusCode = 500;
      response.end();
    });
  });
  redirectPlainHttp(server);
  const port = await listen(server, askedPort);
  console.log(
    welcome({
      addresses: hosts.map((host) => httpsAddress(host, port)),
      localAddress: httpsAddress(isEverywhere ? "localhost" : (hosts[0] ?? "localhost"), port),
      renewedBecause,
      hasColours: process.stdout.hasColors?.() ?? false,
    }),
  );

  // The streams are ended by `lib/server/shutdown.ts`; no new ones begin.
  for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => server.close());
}

/** Where the runtime, which `register()` has made by now, keeps its data. */
function databasePath() {
  if (!globalThis.mychatRuntime) throw new Error("Next has not run instrumentation.ts.");
  return globalThis.mychatRuntime.settings.databasePath;
}

/**
 * @param {string} computer
 * @returns its name, and the one that it has in a network without a name server (RFC 6762)
 */
function namesOf(computer) {
  return computer.includes(".") ? [computer] : [computer, `${computer}.local`];
}

/**
 * @param {import("node:https").Server} server
 * @param {number} port 0 for any
 * @returns {Promise<number>} the port
 * @throws {Error} with a sentence
 */
async function listen(server, port) {
  try {
    const listening = once(server, "listening");
    server.listen({ port, ...(isEverywhere ? {} : { host: values.hostname }) });
    await listening;
  } catch (error) {
    throw new Error(reasonOf(error, port), { cause: error });
  }
  const address = server.address();
  return typeof address === "object" && address ? address.port : port;
}

/**
 * @param {unknown} error
 * @param {number} port
 */
function reasonOf(error, port) {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") return `Port ${port} is in use by another program. Stop that one, or set PORT to another.`;
  if (code === "EACCES") return `Port ${port} may not be used by this user. Set PORT to one from 1024 on.`;
  return error instanceof Error ? error.message : String(error);
}
