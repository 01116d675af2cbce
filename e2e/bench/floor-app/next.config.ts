/** The app's own. */
export { default } from "@/next.config";
