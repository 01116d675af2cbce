import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { ROOM_SCRIPTS_HEADER } from "@/lib/room-scripts";
import { contentSecurityPolicy } from "@/lib/server/content-security-policy";
import { roomScripts } from "@/lib/server/room-scripts";
import { runtime } from "@/lib/server/runtime";

/**
 * Gives every page a content security policy with a nonce of its own, which Next puts on its scripts, and the addresses of the
 * call's scripts.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy({
    nonce,
    transport: runtime().settings.transport,
    isDevelopment: process.env.NODE_ENV === "development",
  });
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  headers.set(ROOM_SCRIPTS_HEADER, roomScripts().join(" "));
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

export const config = {
  // Pages only: on `/api` it would buffer bodies, and assets have no scripts of their own.
  matcher: [
    {
      source:
        "/((?!api(?:/|$)|_next/static|_next/image|favicon.ico|icon|apple-icon|robots.txt|manifest.webmanifest).*)",
      missing: [
        { type: "header", key: "next-router-prefetch" },
        { type: "header", key: "purpose", value: "prefetch" },
      ],
    },
  ],
};
