import type { MetadataRoute } from "next";

/** The lobby may be found. Rooms say for themselves that they are private: a page that may not be read can't say so. */
export default function robots(): MetadataRoute.Robots {
  return { rules: { userAgent: "*", allow: "/", disallow: "/api/" } };
}
