import { Notice } from "@/components/ui/notice";

export default function NotFound() {
  return <Notice title="Nothing is here" text="The page you asked for does not exist. Rooms are at /room/NAME." />;
}
