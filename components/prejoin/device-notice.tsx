import { DeviceStatement, useDeviceStatements } from "@/components/devices/device-statement";

/** What is wrong with the devices, and that one can join all the same. */
export function DeviceNotice() {
  const statements = useDeviceStatements();
  if (statements.length === 0) return null;
  return (
    <div role="alert" className="flex flex-col gap-3 rounded-xl border border-line bg-surface px-4 py-3">
      {statements.map((statement) => (
        <DeviceStatement key={statement.text} {...statement} />
      ))}
      <p className="text-muted text-sm">You can join all the same, and turn on later what is missing now.</p>
    </div>
  );
}
