import type { MetadataRoute } from "next";

/** For a phone's home screen. The colours are `ground` in `globals.css`. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    id: "/",
    name: "MyChat",
    short_name: "MyChat",
    description: "Group video calls that anyone can run for their own people.",
    start_url: "/",
    display: "standalone",
    background_color: "#0c0e13",
    theme_color: "#0c0e13",
    icons: [
      { src: "/icon.svg", sizes: "any", type: "image/svg+xml" },
      // Full to its edges: systems cut it to their own shape.
      { src: "/apple-icon.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    ],
  };
}
