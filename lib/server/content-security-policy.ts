import "server-only";
import type { Transport } from "@/lib/contracts/http";

/** Where Agora's SDK reaches its network. */
const AGORA_HOSTS = ["*.agora.io:*", "*.edge.agora.io:*", "*.sd-rtn.com:*", "*.edge.sd-rtn.com:*"];

interface PolicyOptions {
  nonce: string;
  transport: Transport;
  /** Next's development server evaluates code and pushes changes through a web socket. */
  isDevelopment: boolean;
}

/** The content security policy of a page. In `embedded` it reaches this server and nothing else. */
export function contentSecurityPolicy({ nonce, transport, isDevelopment }: PolicyOptions): string {
  const agora = transport === "agora" ? AGORA_HOSTS.flatMap((host) => [`https://${host}`, `wss://${host}`]) : [];
  const directives = {
    "default-src": ["'self'"],
    // Background blur and noise suppression are compiled code, which this lets run; JavaScript from strings stays forbidden.
    "script-src": [
      `'nonce-${nonce}'`,
      "'strict-dynamic'",
      "'wasm-unsafe-eval'",
      ...(isDevelopment ? ["'unsafe-eval'"] : []),
    ],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "media-src": ["'self'", "blob:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'", ...agora, ...(isDevelopment ? ["ws:"] : [])],
    ...(transport === "agora" ? { "worker-src": ["blob:"] } : {}),
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(" ")}`)
    .join("; ");
}
