import { logWarning } from "@/lib/log";
import type { DeviceKind } from "./device-problem";

/** What the person has said to the browser about a kind of device; `undefined` where the browser does not tell. */
export async function readPermission(kind: DeviceKind): Promise<PermissionState | undefined> {
  return (await query(kind))?.state;
}

/**
 * Watches the permission, which a person can give or take at any time in the browser's own settings.
 *
 * @param signal ends the watch
 */
export async function watchPermission(
  kind: DeviceKind,
  onChange: (state: PermissionState) => void,
  signal: AbortSignal,
): Promise<void> {
  const status = await query(kind);
  status?.addEventListener("change", () => onChange(status.state), { signal });
}

async function query(kind: DeviceKind): Promise<PermissionStatus | undefined> {
  try {
    return await navigator.permissions.query({ name: kind });
  } catch (error) {
    // Firefox before 131 knows no permission of this name.
    logWarning(`This browser does not tell the ${kind}'s permission.`, error);
    return undefined;
  }
}
