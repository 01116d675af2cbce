import { beforeEach, expect, test, vi } from "vitest";
import { AppError } from "@/lib/app-error";
import { Entrance } from "./entrance";

const LOCKED = new AppError("room_locked", "locked");

const newConnection = () => ({
  join: vi.fn<() => Promise<string>>().mockResolvedValue("a seat"),
  knock: vi.fn<(name: string, signal: AbortSignal) => Promise<void>>().mockResolvedValue(),
});
const onKnocking = vi.fn();
let connection: ReturnType<typeof newConnection>;
let entrance: Entrance;
let opened: Promise<void>;

beforeEach(() => {
  opened = Promise.resolve();
  onKnocking.mockReset();
  connection = newConnection();
  entrance = new Entrance({
    connection: () => connection,
    opened: () => opened,
    onKnocking,
  });
});

/** Tries the connection that there is at the time. */
const comeIn = () => entrance.comeIn("Bela", () => connection.join());

test("an open door is gone through, and no one knocks", async () => {
  expect(await comeIn()).toBe("a seat");
  expect(connection.join).toHaveBeenCalledOnce();
  expect(connection.knock).not.toHaveBeenCalled();
});

test("at a locked one one knocks, and comes in when it is opened", async () => {
  connection.join.mockRejectedValueOnce(LOCKED);
  expect(await comeIn()).toBe("a seat");
  expect(connection.knock).toHaveBeenCalledExactlyOnceWith("Bela", expect.any(AbortSignal));
  expect(connection.join).toHaveBeenCalledTimes(2);
  expect(onKnocking.mock.calls).toEqual([[true], [false]]);
});

test("who was let in by a server that has forgotten it knocks again", async () => {
  connection.join.mockRejectedValueOnce(LOCKED).mockRejectedValueOnce(LOCKED);
  await comeIn();
  expect(connection.knock).toHaveBeenCalledTimes(2);
});

test("what is not the lock's is told: a full room, a refusal", async () => {
  connection.join.mockRejectedValueOnce(new AppError("room_full", "full"));
  await expect(comeIn()).rejects.toThrow("full");
  connection.join.mockRejectedValueOnce(LOCKED);
  connection.knock.mockRejectedValueOnce(new AppError("room_locked", "not let in"));
  await expect(comeIn()).rejects.toThrow("not let in");
});

/** The connection's token is over while one waits: another connection takes its place, and is opened when `open` is called. */
function loseConnection() {
  const next = newConnection();
  let open: () => void = () => undefined;
  connection.join.mockRejectedValueOnce(LOCKED);
  connection.knock.mockImplementationOnce(() => {
    connection = next;
    opened = new Promise((resolve) => {
      open = resolve;
    });
    return Promise.reject(new AppError("aborted", "Cancelled."));
  });
  return { next, open: () => open() };
}

test("a connection whose token is over while one waits is followed by the next, which knocks once it is open", async () => {
  const { next, open } = loseConnection();
  const { knock } = connection;
  const coming = comeIn();
  await vi.waitFor(() => expect(knock).toHaveBeenCalled());
  await Promise.resolve();
  expect(next.knock).not.toHaveBeenCalled();
  open();
  await coming;
  expect(next.knock).toHaveBeenCalledOnce();
  expect(next.join).toHaveBeenCalledOnce();
});

test("who gives up at the moment when the connection is exchanged does not knock at the next", async () => {
  const { next, open } = loseConnection();
  onKnocking.mockImplementation((isKnocking) => {
    if (isKnocking) entrance.giveUp();
  });
  const coming = comeIn();
  const outcome = expect(coming).rejects.toMatchObject({ code: "aborted" });
  await vi.waitFor(() => expect(connection).toBe(next));
  open();
  await outcome;
  expect(next.knock).not.toHaveBeenCalled();
});

test("giving up ends it", async () => {
  connection.join.mockRejectedValueOnce(LOCKED);
  connection.knock.mockImplementationOnce(
    (_name, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(new AppError("aborted", "Cancelled.")));
      }),
  );
  const coming = comeIn();
  await vi.waitFor(() => expect(onKnocking).toHaveBeenCalledWith(true));
  entrance.giveUp();
  await expect(coming).rejects.toMatchObject({ code: "aborted" });
  expect(connection.join).toHaveBeenCalledOnce();
});
