import type { Metadata, Viewport } from "next";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { fontVariables } from "./fonts";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "MyChat", template: "%s · MyChat" },
  description: "Group video calls that anyone can run for their own people.",
};

export const viewport: Viewport = {
  themeColor: "#0c0e13",
  viewportFit: "cover",
  // The keyboard of a phone takes its place beside the page, not over the field that is typed in.
  interactiveWidget: "resizes-content",
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Rendered at each request: a prerendered page could not carry the request's CSP nonce (`proxy.ts`).
  await connection();
  return (
    <html lang="en" className={fontVariables}>
      <body className="font-sans">{children}</body>
    </html>
  );
}
