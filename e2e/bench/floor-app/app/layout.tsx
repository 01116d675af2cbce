import type { Metadata } from "next";
import { connection } from "next/server";
import type { ReactNode } from "react";

export const metadata: Metadata = { title: "Floor", description: "An app that does nothing." };

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Rendered at each request, as the app's pages are.
  await connection();
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
