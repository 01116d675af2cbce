import type { ICameraVideoTrack, IMicrophoneAudioTrack } from "agora-rtc-react";
import { logWarning } from "@/lib/log";
import { type DeviceChoice, findChosen, readChoice, storeChoice } from "./device-choice";
import type { DeviceEvent } from "./device-event";
import {
  behindDefault,
  type ChoosableKind,
  type Device,
  type DeviceList,
  NO_DEVICES,
  readDevices,
  SYSTEM_DEFAULT_ID,
  systemDefault,
} from "./device-list";
import { type DeviceMenu, type DeviceMenus, deviceMenuOf } from "./device-menu";
import { deviceMoveOf } from "./device-move";
import { readPermission } from "./device-permission";
import { type DeviceKind, problemOfPermission } from "./device-problem";
import type { LocalDevice } from "./local-device";

/** How long after a device's end the browser may still list it. Milliseconds. */
const LIST_DELAY_MS = 500;

export type LocalDevices = Readonly<{
  microphone: LocalDevice<IMicrophoneAudioTrack>;
  camera: LocalDevice<ICameraVideoTrack>;
}>;

interface SelectionListener {
  onMenus(menus: DeviceMenus): void;
  onEvent(event: DeviceEvent): void;
}

/**
 * Which device of each kind is used: the one the person chose whenever it is there, else the system's. Follows what is
 * plugged in and out, one change after the other.
 */
export class DeviceSelection {
  readonly #devices: LocalDevices;
  readonly #listener: SelectionListener;
  readonly #disposal = new AbortController();
  readonly #choices: Record<ChoosableKind, DeviceChoice | null> = {
    microphone: readChoice("microphone"),
    camera: readChoice("camera"),
    speaker: readChoice("speaker"),
  };
  readonly #saidAway = new Set<ChoosableKind>();
  #list: DeviceList = NO_DEVICES;
  #queue: Promise<void> = Promise.resolve();

  constructor(devices: LocalDevices, listener: SelectionListener) {
    this.#devices = devices;
    this.#listener = listener;
    if (!("mediaDevices" in navigator)) return;
    const { signal } = this.#disposal;
    navigator.mediaDevices.addEventListener("devicechange", () => void this.#follow(), { signal });
  }

  /** The device to ask the browser for; `undefined` leaves it to the browser. */
  async idToOpen(kind: DeviceKind): Promise<string | undefined> {
    const choice = this.#choices[kind];
    if (!choice) return undefined;
    if (!isTold(this.#list[kind])) await this.#readList();
    const chosen = findChosen(this.#list[kind], choice);
    if (chosen) return chosen.deviceId;
    // Where the browser does not tell yet, asking for it is the only way to know.
    return isTold(this.#list[kind]) ? undefined : choice.deviceId;
  }

  /** A device was opened: from now on the browser tells which there are. */
  noteOpened(kind: DeviceKind): void {
    void this.#enqueue(async () => {
      await this.#readList();
      const { open } = this.#devices[kind].state;
      if (!open) return;
      const chosen = findChosen(this.#list[kind], this.#choices[kind]);
      // Known by its name, under another id than last time.
      if (chosen && chosen !== findChosen(this.#list[kind], open)) await this.#devices[kind].change(chosen.deviceId);
      this.#sayAway(kind, open);
    });
  }

  /** The open device has ended. */
  noteEnded(kind: DeviceKind): void {
    const device = this.#devices[kind];
    const lost = device.state.open ?? { deviceId: "", label: "" };
    void this.#enqueue(async () => {
      const before = this.#list;
      const lostName = nameOf(before[kind], lost);
      const move = () => deviceMoveOf({ kind, before, now: this.#list, choice: this.#choices[kind], open: lost });
      await this.#readList();
      if (!move() && findChosen(this.#list[kind], lost)) await this.#nextList();

      const next = move();
      const permission = await readPermission(kind);
      // Still there, but taken back by the person: whoever does that is not asked at once.
      if (permission === "denied" || (permission === "prompt" && !next)) {
        device.lose(problemOfPermission(permission));
        return;
      }
      const to = next?.to ?? findChosen(this.#list[kind], lost) ?? systemDefault(this.#list[kind]);
      if (!to) {
        device.lose("lost");
        return;
      }
      await device.change(to.deviceId);
      const { open } = device.state;
      if (open && next) this.#say({ type: "unplugged", kind, lost: lostName, using: this.#nameOf(kind, open) });
    });
  }

  /** The person chooses. `null` is the system's choice. */
  choose(kind: ChoosableKind, deviceId: string | null): Promise<void> {
    return this.#enqueue(async () => {
      const previous = this.#choices[kind];
      const chosen = this.#list[kind].find((device) => device.deviceId === deviceId);
      this.#setChoice(kind, chosen ? { deviceId: chosen.deviceId, label: chosen.label } : null);
      if (kind === "speaker") return;
      const device = this.#devices[kind];
      const to = chosen ?? systemDefault(this.#list[kind]);
      if (device.track && to) await device.change(to.deviceId);
      else if (device.state.problem) await device.turn(true);
      const { open } = device.state;
      if (!(to && open?.deviceId) || findChosen(this.#list[kind], open) === to) return;
      this.#setChoice(kind, previous);
      this.#say({ type: "unavailable", kind, chosen: to.label, using: open.label });
    });
  }

  /** Shows what is so now. */
  publish(): void {
    if (this.#disposal.signal.aborted) return;
    this.#listener.onMenus({
      microphone: this.#menuOf("microphone"),
      camera: this.#menuOf("camera"),
      speaker: this.#menuOf("speaker"),
    });
  }

  close(): void {
    this.#disposal.abort();
  }

  /** Something was plugged in or out, or the system's default is another. */
  #follow(): Promise<void> {
    return this.#enqueue(async () => {
      const before = this.#list;
      await this.#readList();
      this.#followSpeaker(before);
      for (const kind of ["microphone", "camera"] as const) await this.#followInput(kind, before);
    });
  }

  async #followInput(kind: DeviceKind, before: DeviceList): Promise<void> {
    const device = this.#devices[kind];
    const { problem, open } = device.state;
    if (problem === "missing" || problem === "lost") {
      if (this.#list[kind].length === 0) return;
      await device.turn(true);
      if (device.state.open) this.#say({ type: "back", kind, using: this.#nameOf(kind, device.state.open) });
      return;
    }
    if (!open) return;
    const move = deviceMoveOf({ kind, before, now: this.#list, choice: this.#choices[kind], open });
    if (!move) return;
    await device.change(move.to.deviceId);
    if (!device.state.open) return;
    const using = this.#nameOf(kind, device.state.open);
    if (move.reason === "unplugged") this.#say({ type: "unplugged", kind, lost: nameOf(before[kind], open), using });
    else this.#say({ type: move.reason, kind, using });
  }

  /** Nobody opens a speaker: it is enough that `publish` names it. */
  #followSpeaker(before: DeviceList): void {
    const choice = this.#choices.speaker;
    const [was, is] = [findChosen(before.speaker, choice), findChosen(this.#list.speaker, choice)];
    if (was && !is) {
      const using = behindDefault(this.#list.speaker)?.label ?? "";
      this.#say({ type: "unplugged", kind: "speaker", lost: was.label, using });
    }
    if (is && !was && before.speaker.length > 0) {
      this.#say({ type: "back", kind: "speaker", using: is.label });
    }
  }

  async #readList(): Promise<void> {
    this.#list = await readDevices();
    this.publish();
  }

  /** The list once it has changed, or did not for a while. */
  async #nextList(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, LIST_DELAY_MS);
      const options = { signal: this.#disposal.signal, once: true };
      const done = () => {
        clearTimeout(timer);
        resolve();
      };
      navigator.mediaDevices.addEventListener("devicechange", done, options);
    });
    await this.#readList();
  }

  #setChoice(kind: ChoosableKind, choice: DeviceChoice | null): void {
    this.#choices[kind] = choice;
    storeChoice(kind, choice);
    this.publish();
  }

  /** That the chosen one is not there; once is enough. */
  #sayAway(kind: DeviceKind, open: DeviceChoice): void {
    const { awayLabel } = this.#menuOf(kind);
    if (!awayLabel || this.#saidAway.has(kind)) return;
    this.#saidAway.add(kind);
    this.#say({ type: "away", kind, chosen: awayLabel, using: this.#nameOf(kind, open) });
  }

  #say(event: DeviceEvent): void {
    this.#listener.onEvent(event);
  }

  #nameOf(kind: ChoosableKind, device: DeviceChoice): string {
    return nameOf(this.#list[kind], device);
  }

  #menuOf(kind: ChoosableKind): DeviceMenu {
    const open = kind === "speaker" ? null : this.#devices[kind].state.open;
    return deviceMenuOf(this.#list[kind], kind, this.#choices[kind], open);
  }

  #enqueue(task: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(async () => {
      if (this.#disposal.signal.aborted) return;
      try {
        await task();
      } catch (error) {
        logWarning("The devices could not be followed.", error);
      }
      this.publish();
    });
    return this.#queue;
  }
}

function isTold(devices: readonly Device[]): boolean {
  return devices.some(({ label }) => label !== "");
}

/** A stand-in goes by the name of what it stands for. */
function nameOf(devices: readonly Device[], device: DeviceChoice): string {
  return (device.deviceId === SYSTEM_DEFAULT_ID && behindDefault(devices)?.label) || device.label;
}
