import { Notice } from "@/components/ui/notice";

/** For a link whose room can't be one. */
export function InvalidRoom({ reason }: { reason: string }) {
  return <Notice title="This link names no room" text={reason} />;
}
