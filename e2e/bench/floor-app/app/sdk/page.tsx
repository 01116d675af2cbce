import { SdkLoader } from "./sdk-loader";

/** The least that a page costs which has the SDK on it. */
export default function SdkPage() {
  return <SdkLoader />;
}
